"""The stack as a whole: lint, stable ids, discovery, and code that needs no formatter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cdk.synthesis import STACKS, Template, built, emitted, plain
from tests.cdk.test_python_writer import ruff_leaves_alone

ALL = sorted(STACKS.glob("*.yaml"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_ruff_leaves_it_alone(path: Path, tmp_path: Path) -> None:
    ruff_leaves_alone(emitted(path), tmp_path)


def test_output_depends_on_nothing_but_the_input(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.cdk.synthesis import emitted;"
        "print(emitted(Path(sys.argv[1])))"
    )
    root = Path(__file__).parents[2]
    texts = {
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
        for path in ALL[-1:]
    }
    assert len(texts) == 1


def test_cfn_lint_has_nothing_to_say(assembly: Path) -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("cfn-lint")),
            # CDK's functions depend on their role twice, by reference and by name
            "--ignore-checks",
            "W3005",
            "--",
            *sorted(map(str, assembly.glob("*Messaging.template.json"))),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_parameters_have_the_arns(topics: Template) -> None:
    parameters = {
        each["Name"]: plain(each["Value"]) for each in topics.of("AWS::SSM::Parameter").values()
    }
    assert parameters["/fan/messaging/topics/orders"] == "{OrdersTopic}"
    assert parameters["/fan/messaging/queues/invoices"] == "{InvoicesQueue}"
    assert "/fan/messaging/topics/known" not in parameters
    assert "/fan/messaging/queues/undelivered" not in parameters


def test_tags(direct: Template, topics: Template) -> None:
    queue = direct.one("AWS::SQS::Queue", "JobsQueue")
    assert {"Key": "service", "Value": "direct"} in queue["Tags"]
    keys = {tag["Key"] for tag in topics.one("AWS::SNS::Topic", "OrdersTopic")["Tags"]}
    assert keys == {"service"}  # that owner is no legal value of a tag


def test_renaming_an_edge_renames_its_rule_only() -> None:
    text = (STACKS / "topics.yaml").read_text("utf-8")
    folder = STACKS.parent
    renamed = folder / "stacks" / ".." / "stacks" / "topics.yaml"
    assert renamed.read_text("utf-8") == text
    topology, delivery = built(STACKS / "topics.yaml")
    ids = [subscription.construct_id for subscription in delivery.sns_subscriptions]
    assert all(edge not in "".join(ids) for edge in ("placed", "by-body", "hook"))
    assert len(set(ids)) == len(ids)
    assert topology.service == "fan"


def test_everything_handed_out_is_declared(assembly: Path) -> None:
    assert assembly.is_dir()
    text = emitted(STACKS / "buses.yaml")
    for line in (
        "    own_bus: events.EventBus",
        "    known_bus: events.IEventBus",
        "    own_archive: events.CfnArchive",
        "    to_work_rule: events.CfnRule",
        "        to_given_log_group: kit.LogGroup,",
        "        lent_function: kit.Function,",
        "        web_role: kit.Role,",
        'Publisher = Literal["handler", "lent", "web", "elsewhere"]',
        "    def environment_for(self, publisher: Publisher) -> dict[str, str]:",
    ):
        assert line in text.splitlines(), line
