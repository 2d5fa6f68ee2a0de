"""Every example synthesises, and nobody who checks CloudFormation templates objects."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assembly import ROOT, SynthesisError, example, synthesised
from tests.emulator.kinds import kind_of

# CDK itself makes a function depend on its role twice.
IGNORED = "W3005"

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/app.py"))

BROKEN_APP = """
import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs

app = cdk.App()
sqs.CfnQueue(cdk.Stack(app, "Broken"), "Queue", visibility_timeout=99_999_999)
app.synth()
"""

WRONG = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": "x"}}}}


def _templates(assembly: Path) -> list[Path]:
    return sorted(assembly.rglob("*.template.json"))


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[str]]:
    """What cfn-lint, which starts slowly, says of each template; and of one that is wrong."""
    wrong = tmp_path_factory.mktemp("linted") / "wrong.template.json"
    wrong.write_text(json.dumps(WRONG))
    said: dict[Path, list[str]] = {
        path: []
        for path in (wrong, *(each for name in EXAMPLES for each in _templates(example(name))))
    }
    done = subprocess.run(
        [
            *(str(Path(sys.executable).parent / "cfn-lint"), "--regions", "eu-west-1"),
            *("--format", "json", "--ignore-checks", IGNORED, "--", *map(str, said)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    for found in json.loads(done.stdout):
        said[Path(found["Filename"])].append(f"{found['Rule']['Id']}: {found['Message']}")
    assert said.pop(wrong), done.stdout + done.stderr
    return said


@pytest.mark.parametrize("name", EXAMPLES)
def test_cdk_and_cfn_lint_have_nothing_to_say(name: str, linted: dict[Path, list[str]]) -> None:
    """CDK's own validation and cdk-nag run in `example`, with errors as errors."""
    templates = _templates(example(name))
    assert templates
    for template in templates:
        assert linted[template] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_emulator_knows_what_to_do_with_every_type(name: str) -> None:
    for template in _templates(example(name)):
        for logical_id, resource in json.loads(template.read_text())["Resources"].items():
            kind_of(logical_id, resource)


def test_validation_and_audit_are_really_on(tmp_path: Path) -> None:
    project = tmp_path / "broken"
    project.mkdir()
    (project / "app.py").write_text(BROKEN_APP)
    with pytest.raises(SynthesisError) as told:
        synthesised(project, audited=True)
    for said in ("99999999", "AwsSolutions-SQS4", "Serverless-SQSRedrivePolicy"):
        assert said in str(told.value)


def test_what_is_acknowledged_is_the_same_everywhere_and_listed() -> None:
    """Each example can be copied alone, so each has the table; the docs say what is in it."""
    (text,) = {path.read_text() for path in (ROOT / "examples").glob("*/acknowledged.py")}
    for name in EXAMPLES:
        app = (ROOT / "examples" / name / "app.py").read_text()
        assert "from acknowledged import acknowledge\n" in app, f"copy acknowledged.py to {name}"
    page = (ROOT / "docs" / "audit.md").read_text()
    for finding in re.findall(r'"((?:AwsSolutions|Serverless)-\w+)', text):
        assert f"`{finding}`" in page
