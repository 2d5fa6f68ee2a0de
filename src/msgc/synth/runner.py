"""The CDK app of `msgc synth`, run in a process of its own: `python runner.py REQUEST`.

It imports what a user's app would import and nothing of msgc, so that it costs what theirs costs.
REQUEST is JSON: `stack` (the `__init__.py` of the generated package), `outdir`, `stacks` (of each
its name, the class of its construct, the environment, which is empty without any, by argument the
stacks `after` which it is deployed, and the other arguments of the construct: name to kind), and
`kinds` (of each kind but functions and roles a module of CDK, the class method that takes an ARN,
and two parts of an ARN).
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any
from zlib import crc32

_ACCOUNT = "000000000000"
_REGION = "us-east-1"
_STACK = "msgc_generated_stack"
CONTEXT = {
    # as errors: otherwise CDK prints what CloudFormation would refuse, and goes on
    "@aws-cdk/core:validateAgainstDefaultRules": True,
}


def main(request: dict[str, Any]) -> None:
    """Load the generated package and synthesise its stack."""
    from aws_cdk import App  # noqa: PLC0415  # in the child only

    module = _load(request["stack"])
    app = App(outdir=request["outdir"], context=CONTEXT, analytics_reporting=False)
    made: dict[str, Any] = {}
    for each in request["stacks"]:
        name, environment, provided = each["name"], each["environment"], each["provided"]
        own = {"environment": environment} if environment else {}
        own |= {argument: made.get(other) for argument, other in each["after"].items()}
        if provided:
            construct = getattr(module, each["construct"])
            made[name] = _with_placeholders(app, construct, name, own, provided, request["kinds"])
        else:
            made[name] = getattr(module, f"{each['construct']}Stack")(app, name, **own).messaging
    app.synth()


def _load(path: str) -> Any:
    spec = spec_from_file_location(_STACK, path)
    assert spec is not None  # noqa: S101  # it ends in .py
    assert spec.loader is not None  # noqa: S101  # as every spec of a file
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _with_placeholders(  # noqa: PLR0913, PLR0917  # what the stack is made of
    app: Any, construct: Any, name: str, own: Any, provided: Any, kinds: Any
) -> Any:
    """Make the stack by hand, as the generated one does, for its placeholders to live in."""
    from aws_cdk import Stack  # noqa: PLC0415  # in the child only

    environment = own.get("environment")
    stack = Stack(app, name, env=construct.home(environment) if environment else None)
    given = {
        argument: _placeholder(stack, argument, kind, kinds.get(kind))
        for argument, kind in provided.items()
    }
    return construct(stack, "Messaging", **own, **given)


def _placeholder(  # noqa: PLR0911  # one for each kind
    stack: Any, argument: str, kind: str, found: list[str] | None
) -> Any:
    from aws_cdk import CfnParameter  # noqa: PLC0415  # in the child only
    from aws_cdk import aws_iam as iam  # noqa: PLC0415  # in the child only
    from aws_cdk import aws_lambda as lambda_  # noqa: PLC0415  # in the child only
    from aws_cdk import aws_sqs as sqs  # noqa: PLC0415  # in the child only

    name = argument.replace("_", "-")
    if kind == "input":
        about = "Stands for an input, which is an argument of the construct."
        return CfnParameter(stack, name, description=about).value_as_string
    if kind == "role":
        return iam.Role.from_role_arn(stack, name, f"arn:aws:iam::{_account(stack)}:role/{name}")
    if kind == "vpc":
        from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415  # in the child only

        digits = f"{crc32(name.encode()):017x}"
        return ec2.Vpc.from_vpc_attributes(
            stack,
            name,
            vpc_id=f"vpc-{digits}",
            availability_zones=[f"{_region(stack)}a"],
            private_subnet_ids=[f"subnet-{digits}"],
        )
    if kind == "table":
        from aws_cdk import aws_dynamodb as dynamodb  # noqa: PLC0415  # in the child only

        arn = f"arn:aws:dynamodb:{_region(stack)}:{_account(stack)}:table/{name}"
        return dynamodb.Table.from_table_attributes(
            stack, name, table_arn=arn, table_stream_arn=f"{arn}/stream/2026-01-01T00:00:00.000"
        )
    if found is not None:
        module, importer, service, before = found
        cls, _, method = importer.partition(".")
        find = getattr(getattr(import_module(f"aws_cdk.aws_{module}"), cls), method)
        return find(
            stack, name, f"arn:aws:{service}:{_region(stack)}:{_account(stack)}:{before}{name}"
        )
    if kind in ("target", "schedule_target", "pipe_target"):
        arn = f"arn:aws:sqs:{_region(stack)}:{_account(stack)}:{name}"
        return _target(kind, sqs.Queue.from_queue_arn(stack, name, arn))
    role = f"arn:aws:iam::{_account(stack)}:role/{name}"
    return lambda_.Function.from_function_attributes(
        stack,
        name,
        function_arn=f"arn:aws:lambda:{_region(stack)}:{_account(stack)}:function:{name}",
        role=iam.Role.from_role_arn(stack, f"{name}-role", role),
    )


def _account(stack: Any) -> str:
    """Return the account in which placeholders are: the stack's, if that is known."""
    from aws_cdk import Token  # noqa: PLC0415  # in the child only

    return _ACCOUNT if Token.is_unresolved(stack.account) else str(stack.account)


def _region(stack: Any) -> str:
    from aws_cdk import Token  # noqa: PLC0415  # in the child only

    return _REGION if Token.is_unresolved(stack.region) else str(stack.region)


def _target(kind: str, queue: Any) -> Any:
    """Return a queue as what is handed over: a target of a rule, of a schedule or of a pipe."""
    from aws_cdk import aws_events_targets as events  # noqa: PLC0415  # in the child only
    from aws_cdk import aws_scheduler_targets as scheduler  # noqa: PLC0415  # in the child only

    if kind == "pipe_target":
        kit = sys.modules[f"{_STACK}._kit"]
        return kit.PipeTarget(arn=queue.queue_arn, grant=queue.grant_send_messages)
    return events.SqsQueue(queue) if kind == "target" else scheduler.SqsSendMessage(queue)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
