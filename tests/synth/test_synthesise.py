"""From a project on the disk to a cloud assembly, and every way it can go wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from msgc.diagnostics import Outcome
from msgc.emit.outputs import STACK, STUBS
from msgc.links.model import Links
from msgc.source import Source, Span
from msgc.stack import plan
from msgc.synth import Assembly, synthesise
from msgc.synth.validation_report import findings
from msgc.topology.model import Topology
from tests.cdk.synthesis import built, write_stack

YAML = """\
version: 1
service: small
messages:
  Job: {schema: {type: object, properties: {id: {type: string}}}}
queues:
  jobs: {messages: [Job], external: true}
consumers:
  worker: {from: {queue: jobs}, function: {code: lambdas/worker}}
producers:
  web: {publishes: [{queue: jobs}], ROLE}
"""
ROLE = "role: {arn: 'arn:aws:iam::111122223333:role/web'}"


def project(folder: Path, role: str = ROLE, yaml: str = YAML) -> tuple[Topology, Links]:
    """Write a project in a folder with a space in its name, all but the handler's code."""
    file = folder / "messaging.yaml"
    file.write_text(yaml.replace("ROLE", role))
    topology, links = built(file)
    write_stack(folder, topology, links)
    (folder / topology.build.path(STUBS)).mkdir(parents=True)
    return topology, links


def module(folder: Path, topology: Topology) -> Path:
    """The file that the stack is in."""
    return folder / topology.build.path(STACK) / "__init__.py"


def write_handler(folder: Path) -> None:
    (folder / "lambdas" / "worker").mkdir(parents=True)
    (folder / "lambdas" / "worker" / "app.py").write_text("handler = print\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a project"
    made.mkdir()
    return made


def names(outcome: Outcome[Assembly]) -> list[str]:
    return [diagnostic.code.name for diagnostic in outcome.diagnostics]


def test_assembly(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, links = project(folder)
    write_handler(folder)
    monkeypatch.chdir(tmp_path)
    outcome = synthesise((links,), Path("a project"))
    assert names(outcome) == []
    assert outcome.value is not None
    assert outcome.value.folder == folder / "cdk.out"
    resources = json.loads(outcome.value.template.read_text())["Resources"]
    kinds = [resource["Type"] for resource in resources.values()]
    assert kinds.count("AWS::SQS::Queue") == 2
    assert "AWS::Lambda::EventSourceMapping" in kinds


def test_provided_things_have_placeholders(folder: Path) -> None:
    _, links = project(folder, role="role: provided")
    write_handler(folder)
    outcome = synthesise((links,), folder, outdir=folder / "elsewhere")
    assert names(outcome) == ["placeholders"]
    assert "`web_role`" in outcome.diagnostics[0].message
    assert outcome.value is not None
    assert "role/web-role" not in outcome.value.template.read_text()  # roles go by their names
    assert "web-role" in outcome.value.template.read_text()


def test_stack_that_is_not_there(folder: Path) -> None:
    topology, links = project(folder)
    module(folder, topology).unlink()
    assert names(synthesise((links,), folder)) == ["stack-not-built"]


def test_stack_that_raises(folder: Path) -> None:
    _, links = project(folder)  # without the folder of the handler
    outcome = synthesise((links,), folder)
    assert names(outcome) == ["stack-failed"]
    assert "lambdas/worker" in outcome.diagnostics[0].message
    assert "Traceback" in (folder / "cdk.out" / "synth.log").read_text()


def test_override_that_there_is_not(folder: Path) -> None:
    text = YAML.replace("external: true}", "external: true, overrides: {policy: {Queue: x}}}")
    _, links = project(folder, yaml=text)
    write_handler(folder)
    found = synthesise((links,), folder).diagnostics
    (one,) = [d for d in found if d.is_error]
    assert one.code.id == "MSG854"
    assert one.span.source.text[one.span.start : one.span.end] == "Queue"
    assert "has no `Queue` there; did you mean `Queues`?" in one.message


def test_stack_that_is_out_of_date_and_invalid(folder: Path) -> None:
    topology, links = project(folder)
    write_handler(folder)
    stack = module(folder, topology)
    last = "        self._add_places()\n"
    override = 'node.default_child.add_property_override("VisibilityTimeout", 999999)'
    assert last in stack.read_text()
    text = stack.read_text().replace(last, f"{last}        self.jobs_queue.{override}\n")
    stack.write_text(text)
    outcome = synthesise((links,), folder)
    assert names(outcome) == ["stack-out-of-date", "template-invalid"]
    assert "43200" in outcome.diagnostics[1].message


def test_kit_that_is_out_of_date(folder: Path) -> None:
    topology, links = project(folder)  # without the folder of the handler: it ends early
    kit = module(folder, topology).parent / "_kit/permissions.py"
    kit.write_text(kit.read_text() + "\n")
    outcome = synthesise((links,), folder)
    assert names(outcome) == ["stack-out-of-date", "stack-failed"]
    assert "_kit/permissions.py" in outcome.diagnostics[0].message


def test_timeout(folder: Path) -> None:
    topology, links = project(folder)
    stack = module(folder, topology)
    stack.write_text("import time\ntime.sleep(60)\n")
    outcome = synthesise((links,), folder, timeout=1)
    assert names(outcome) == ["stack-out-of-date", "synth-timeout"]


def test_findings_of_cdk(tmp_path: Path, folder: Path) -> None:
    violation = {
        "ruleName": "F3034",
        "description": "VisibilityTimeout: 999999 is greater\nthan the maximum of 43200.",
        "severity": "error",
        "violatingConstructs": [{"constructPath": "S/Messaging/JobsQueue/Resource"}],
    }
    report = {"pluginReports": [{"violations": [violation, violation | {"severity": "warning"}]}]}
    (tmp_path / "validation-report.json").write_text(json.dumps(report))
    stacks = [plan(*project(folder))]
    error, warning = findings(tmp_path, Span(Source("messaging.yaml", "x"), 0, 1), stacks)
    assert error.span.source.text[error.span.start : error.span.end] == "jobs"
    assert error.code.name == "template-invalid"
    assert warning.code.name == "template-warning"
    assert error.message == (
        "VisibilityTimeout: 999999 is greater than the maximum of 43200 (`S/Messaging/JobsQueue`)"
    )
    assert findings(tmp_path / "none", error.span, stacks) == ()
