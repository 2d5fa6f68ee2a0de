"""The kit by itself: what is offered for use by hand, and what it refuses."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.assembly import ROOT, cdk_environment, synthesised

KIT = ROOT / "src" / "msgc" / "kit"
KINDS = (
    "queue", "dlq", "topic", "bus", "archive", "function", "subscription", "rule", "rule_role",
    "mapping", "policy", "role", "log_group", "alarm",
)  # fmt: skip
"""What the attributes of a generated construct end in, behind the name in messaging.yaml."""

APP = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "package"))
import kit
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_


class Ours(kit.Messaging):
    prefix, service = "Ours", "ours"

    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        self.lost = self.dlq("Lost", name="lost")
        failed = self.dlq("Failed", name="failed.fifo", fifo=True, only_from=["jobs.fifo"])
        self.jobs = self.queue(
            "Jobs", name="jobs.fifo", fifo="per-group", content_deduplication=True,
            visibility=Duration.minutes(1), delay=Duration.seconds(5), wait=Duration.seconds(0),
            max_size=1024, dead_letter=kit.after(3, failed),
        )
        self.news = self.topic("News", name="news", display_name="News", tracing=True)
        self.ours = self.bus("Ours", name="ours")
        code = lambda_.Code.from_inline("handler = print")
        runtime = lambda_.Runtime.PYTHON_3_13
        function = lambda_.Function(
            self, "Work", runtime=runtime, handler="index.handler", code=code
        )
        self.subscribe(
            "ByHand", self.news, to=kit.to_function(function), dead_letter=self.lost,
            filter_policy={"kind": [None, "a"]}, scope="MessageBody",
        )
        self.subscribe("Hook", self.news, to=kit.to_url("https://example.com"), retries=7)
        self.route(
            "RouteByHand", self.ours.event_bus_name, to=kit.to_queue(self.lost),
            pattern={"detail": {"a": [None]}}, retries=2, max_age=60, dead_letter=self.lost,
        )
        part = events.RuleTargetInput.from_object({"a": events.EventField.from_path("$.detail.a")})
        work = targets.LambdaFunction(function, event=part, retry_attempts=9)
        self.route(
            "Several", self.ours.event_bus_name, pattern={"source": ["ours"]}, retries=2,
            to={"Lost": kit.to_queue(self.lost), "Work": kit.to_target(work)},
        )
        self.poll("PollByHand", function, self.lost, window=5, pollers=(2, 10), partial=False)
        self.check_timeout(function, consumer="work", queue="lost", visibility=30)
        self.name_resources()


app = App()
Ours(Stack(app, "Kit"), "Ours")
app.synth()
"""


def methods() -> set[str]:
    """The public methods and attributes of the construct."""
    found: set[str] = set()
    for path in KIT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and not node.name.endswith("Settings"):
                found |= {
                    each.name
                    for each in node.body
                    if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
                }
    return found


def test_no_name_of_a_file_hides_a_method() -> None:
    found = methods()
    assert {"queue", "subscribe", "let_send", "may_put", "name_resources"} <= found
    assert [name for name in found if name.endswith(tuple(f"_{kind}" for kind in KINDS))] == []


def write(folder: Path, app: str) -> Path:
    folder.mkdir()
    (folder / "package").mkdir()
    (folder / "package" / "kit").mkdir()
    for path in KIT.glob("*.py"):
        (folder / "package" / "kit" / path.name).write_text(path.read_text())
    (folder / "app.py").write_text(app)
    return folder


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = write(tmp_path_factory.mktemp("kit") / "kit-by-hand", APP)
    text = (synthesised(folder) / "Kit.template.json").read_text()
    found: dict[str, Any] = json.loads(text)["Resources"]
    return found


def test_a_queue_has_all_that_was_said(resources: dict[str, Any]) -> None:
    jobs = resources["OursJobs"]["Properties"]
    assert jobs["FifoThroughputLimit"] == "perMessageGroupId"
    assert jobs["ContentBasedDeduplication"] is True
    assert (jobs["VisibilityTimeout"], jobs["DelaySeconds"]) == (60, 5)
    assert jobs["MaximumMessageSize"] == 1024
    assert "ReceiveMessageWaitTimeSeconds" not in jobs
    assert jobs["RedrivePolicy"]["maxReceiveCount"] == 3
    assert resources["OursLost"]["Properties"]["MessageRetentionPeriod"] == 14 * 86400
    assert resources["OursLost"]["Properties"]["ReceiveMessageWaitTimeSeconds"] == 20


def test_edges_by_hand_are_let_in(resources: dict[str, Any]) -> None:
    statements = resources["OursLostPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    let_in = [
        (each["Principal"]["Service"], *each["Condition"]["ArnLike"]["aws:SourceArn"])
        for each in statements
        if each["Effect"] == "Allow"
    ]
    rule = {"Fn::GetAtt": ["OursRouteByHand", "Arn"]}
    assert ("sns.amazonaws.com", {"Ref": "OursNews"}) in let_in
    assert let_in.count(("events.amazonaws.com", rule)) == 1  # target and dead letters in one
    permission = resources["OursByHandPermission"]["Properties"]
    assert permission["SourceArn"] == {"Ref": "OursNews"}
    (policy,) = [
        each["Properties"]["PolicyDocument"]["Statement"]
        for each in resources.values()
        if each["Type"] == "AWS::IAM::Policy"
    ]
    assert policy[0]["Resource"] == {"Fn::GetAtt": ["OursLost", "Arn"]}
    assert "sqs:ReceiveMessage" in policy[0]["Action"]


def test_a_target_of_cdk_says_itself_how_it_is_reached(resources: dict[str, Any]) -> None:
    lost, work = resources["OursSeveral"]["Properties"]["Targets"]
    assert (lost["Id"], work["Id"]) == ("Lost", "Work")
    assert work["Arn"] == {"Fn::GetAtt": ["OursWork", "Arn"]}
    assert work["InputTransformer"]["InputPathsMap"] == {"detail-a": "$.detail.a"}
    assert work["RetryPolicy"] == lost["RetryPolicy"] == {"MaximumRetryAttempts": 2}
    sources = [
        each["Properties"]["SourceArn"]
        for each in resources.values()
        if each["Type"] == "AWS::Lambda::Permission"
    ]
    assert {"Fn::GetAtt": ["OursSeveral", "Arn"]} in sources


def test_null_in_a_filter_survives(resources: dict[str, Any]) -> None:
    edge = resources["OursByHand"]["Properties"]
    assert json.loads(edge["FilterPolicy"]) == {"kind": [None, "a"]}
    rule = resources["OursRouteByHand"]["Properties"]
    assert json.loads(rule["EventPattern"]) == {"detail": {"a": [None]}}
    assert rule["Targets"][0]["RetryPolicy"] == {
        "MaximumRetryAttempts": 2,
        "MaximumEventAgeInSeconds": 60,
    }


_IN_JSON = """
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "package"))
import kit
from aws_cdk import Fn

print(kit.in_json('a "quoted" \\\\ <$.path>\\n'))
print(kit.in_json('say "' + Fn.import_value("x") + '"'))
"""


def test_what_is_put_into_json_stays_json(tmp_path: Path) -> None:
    """Quotes, line ends and the `<` of placeholders are escaped; a token stays a token."""
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=write(tmp_path / "json", _IN_JSON),
        env=cdk_environment(tmp_path, validated=False),
        capture_output=True,
        text=True,
        check=True,
    )
    literal, token = done.stdout.splitlines()
    assert "<" not in literal
    assert json.loads(f'"{literal}"') == 'a "quoted" \\ <$.path>\n'
    assert token.startswith('say \\"${Token[')


def test_a_mapping_has_all_that_was_said(resources: dict[str, Any]) -> None:
    mapping = resources["OursPollByHand"]["Properties"]
    assert mapping["ProvisionedPollerConfig"] == {"MinimumPollers": 2, "MaximumPollers": 10}
    assert mapping["MaximumBatchingWindowInSeconds"] == 5
    assert mapping["BatchSize"] == 10
    assert "FunctionResponseTypes" not in mapping


def test_an_older_cdk_is_refused(tmp_path: Path) -> None:
    app = """\
import importlib.metadata
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "package"))
importlib.metadata.version = lambda name: "2.199.0"
import kit
"""
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=write(tmp_path / "old", app),
        env=cdk_environment(tmp_path, validated=False),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "aws-cdk-lib 2.199.0 is too old: this stack needs 2.275 or later" in done.stderr


def test_overrides_of_what_is_not_there_are_refused(tmp_path: Path) -> None:
    app = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "package"))
import kit
from aws_cdk import App, Stack


class Ours(kit.Messaging):
    prefix, service = "Ours", "ours"


ours = Ours(Stack(App(), "Stack"), "Ours")
jobs = ours.queue("Jobs", name="jobs")
news = ours.topic("News", name="news")
rule = ours.rule("Rule", "default", pattern={}, to=kit.to_queue(jobs))
for on, path, *child in (
    (jobs, "KmsDataKeyReusePeriod"),
    (jobs, "PolicyDocument", "Policy"),
    (jobs, "Queue", "Policy"),
    (jobs, "RedriveAllowPolicy.anything"),
    (news, "DeliveryStatusLogging.0.Protocol"),
    (news, "DeliveryStatusLogging.0.Protokol"),
    (rule, "Targets.0.EcsParameters.TaskCount"),
    (rule, "Targets.0.EcsParameters.TaskCounts"),
):
    try:
        ours.override(on, {path: None}, *child)
    except ValueError as error:
        print(error)
"""
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=write(tmp_path / "refused", app),
        env=cdk_environment(tmp_path, validated=False),
        capture_output=True,
        text=True,
        check=True,
    )
    refused = [line.partition("has ")[2] for line in done.stdout.splitlines()]
    assert refused == [
        (
            "`KmsDataKeyReusePeriod`, but AWS::SQS::Queue has no `KmsDataKeyReusePeriod` there;"
            " did you mean `KmsDataKeyReusePeriodSeconds`?"
        ),
        "`Queue`, but AWS::SQS::QueuePolicy has no `Queue` there; did you mean `Queues`?",
        (
            "`DeliveryStatusLogging.0.Protokol`, but AWS::SNS::Topic has no `Protokol` there;"
            " did you mean `Protocol`?"
        ),
        (
            "`Targets.0.EcsParameters.TaskCounts`, but AWS::Events::Rule has no `TaskCounts` there;"
            " did you mean `TaskCount`?"
        ),
    ]
