"""Builds topologies from YAML and synthesises all of them in one process of CDK."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgc.emit.cdk import emit_stack
from msgc.emit.outputs import STUBS
from msgc.links import link
from msgc.links.model import Links
from msgc.pipeline.check import check
from msgc.pipeline.understand import topology_of as resolve
from msgc.source import Disk
from msgc.stack import plan
from msgc.syntax import load
from msgc.synth.provided import provided
from msgc.topology import names
from msgc.topology.model import Topology
from tests.cdk.given import write_given

STACKS = Path(__file__).with_name("stacks")
_SERVICES = ("Direct", "Events", "Fan", "Many", "Signals")

GIVE = """\
import given
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as stepfunctions


def give(scope, name, kind, code, package=""):
    if kind == "function":
        runtime = lambda_.Runtime.PYTHON_3_13
        return lambda_.Function(scope, name, runtime=runtime, handler="index.handler", code=code)
    if kind == "role":
        return iam.Role(scope, name, assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
    if kind == "table":
        key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
        stream = dynamodb.StreamViewType.NEW_IMAGE
        return dynamodb.Table(scope, name, partition_key=key, stream=stream)
    if kind == "stream":
        return kinesis.Stream(scope, name)
    if kind == "log_group":
        return logs.LogGroup(scope, name)
    if kind == "state_machine":
        steps = stepfunctions.Pass(scope, f"{name}-steps")
        body = stepfunctions.DefinitionBody.from_chainable(steps)
        return stepfunctions.StateMachine(scope, name, definition_body=body)
    return given.give(scope, name, kind, package)
"""
"""What an app of tests hands over to constructs, by kind."""

APP = """\
import json
import re
from pathlib import Path

from aws_cdk import App, Environment, Stack
from give import give

app = App()
for service, construct, given in json.loads(Path("stacks.json").read_text()):
    module = __import__(f"{service}_stack")
    other = Stack(app, f"{construct}Given") if given else None
    messaging = getattr(module, construct)
    code = messaging.code_for("lambdas/lent")
    package = f"{service}_stack"
    arguments = {name: give(other, name, kind, code, package) for name, kind in given.items()}
    getattr(module, construct + "Stack")(app, construct, **arguments)
    if service == "signals":
        elsewhere = Environment(region="ap-east-1")
        module.SignalsMessagingStack(app, "SignalsInOptInRegion", env=elsewhere)
app.synth()
"""


class InEnvironment(NamedTuple):
    """A YAML file with environments, in one of them."""

    path: Path
    environment: str


def in_each(path: Path) -> tuple[Links, ...]:
    """The links of a YAML file in each of its environments; it must be free of errors."""
    outcome = check(str(path), Disk())
    assert outcome.ok, [(str(d.span), d.message) for d in outcome.diagnostics]
    assert outcome.value is not None
    return outcome.value.variants


def built(file: Path | InEnvironment) -> tuple[Topology, Links]:
    """The topology of a YAML file, which must be free of errors."""
    path = file.path if isinstance(file, InEnvironment) else file
    return _built(file, path.read_bytes())


@cache
def _built(file: Path | InEnvironment, content: bytes) -> tuple[Topology, Links]:
    """The same; a file may have something else in it later."""
    assert content
    if isinstance(file, InEnvironment):
        found = {links.topology.environment_name: links for links in in_each(file.path)}
        links = found[file.environment]
        return links.topology, links
    if b"\ninclude:" in content:
        (links,) = in_each(file)
        return links.topology, links
    return _without_environments(file)


def _without_environments(path: Path) -> tuple[Topology, Links]:
    document = load(str(path), Disk()).value
    assert document is not None
    resolved = resolve(document, Disk())
    assert resolved.ok, [(str(d.span), d.message) for d in resolved.diagnostics]
    assert resolved.value is not None
    delivered = link(resolved.value)
    assert delivered.ok, [(str(d.span), d.message) for d in delivered.diagnostics]
    assert delivered.value is not None
    return resolved.value, delivered.value


def emitted(file: Path | InEnvironment) -> str:
    """The text of the stack of a YAML file."""
    return modules(file)[0]


def modules(file: Path | InEnvironment) -> list[str]:
    """The texts of its package: of several stacks there are several, after the package's own."""
    variants = in_each(file.path) if isinstance(file, InEnvironment) else built(file)[1:]
    return [each.text for each in emit_stack(variants) if "/_kit" not in each.path]


def write_project(folder: Path) -> None:
    """Write an app with the stacks of all YAML files, each with a handler and stubs beside it."""
    listed = []
    for path in sorted(STACKS.glob("*.yaml")):
        topology, links = built(path)
        build = topology.build.replace(written={"stack": f"{topology.service}_stack"})
        write_stack(folder, topology.replace(build=build), links)
        write_handlers(folder, build.path(STUBS))
        construct = f"{names.pascal(topology.service)}Messaging"
        listed.append((topology.service, construct, provided(plan(topology, links))))
    (folder / "stacks.json").write_text(json.dumps(listed))
    (folder / "give.py").write_text(GIVE)
    write_given(folder)
    (folder / "app.py").write_text(APP)


def write_stack(folder: Path, topology: Topology, *variants: Links) -> None:
    """Write a stack where its `build` says."""
    if len(variants) == 1:
        variants = (variants[0].replace(topology=topology),)
    for artifact in emit_stack(variants):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(artifact.text, "utf-8")


def write_handlers(folder: Path, stubs: str) -> None:
    """Write what functions are made of: the handler, and stubs with something to leave out."""
    (folder / stubs / "__pycache__").mkdir(parents=True)
    (folder / stubs / "__init__.py").write_text("")
    (folder / stubs / "__pycache__" / "x.pyc").write_text("")
    for name in ("worker", "lent", "scale", "greeter", "spoilt"):
        (folder / "lambdas" / name).mkdir(parents=True, exist_ok=True)
        handler = folder / "lambdas" / name / "app.py"
        before = handler.read_text() if handler.exists() else ""  # several services have it
        handler.write_text(f"{before}import {Path(stubs).name}\n\nhandler = print\n")


class Template:
    """A CloudFormation template, with what tests ask of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.resources: dict[str, dict[str, Any]] = json.loads(path.read_text())["Resources"]

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a type, by logical id without the service."""
        return {
            _short(name): each.get("Properties", {})
            for name, each in self.resources.items()
            if each["Type"] == kind
        }

    def one(self, kind: str, name: str) -> dict[str, Any]:
        return self.of(kind)[name]

    def statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The statements of all identity policies, by policy."""
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
            for name, properties in self.of(kind).items():
                for statement in properties["PolicyDocument"]["Statement"]:
                    yield name, statement


def plain(value: Any) -> Any:
    """A value with references as text: `{Queue}`, and pseudo parameters left out."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            kind, _, pseudo = name.partition("::")
            return pseudo.lower() if kind == "AWS" else f"{{{_short(name)}}}"
        case {"Fn::Join": [separator, parts]}:
            return separator.join(str(plain(part)) for part in parts)
        case _:
            return {key: plain(item) for key, item in value.items()}


def _short(logical_id: str) -> str:
    """A logical id without the service, or without CDK's hash if it isn't ours."""
    for service in _SERVICES:
        if logical_id.startswith(service) and not re.search(r"[0-9A-F]{8}$", logical_id):
            return logical_id.removeprefix(service)
    return re.sub(r"[0-9A-F]{8}$", "", logical_id)
