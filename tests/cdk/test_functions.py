"""Functions, what they read, and the code that is uploaded for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cdk.synthesis import Template, plain

FUNCTION, MAPPING = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"


def test_settings(direct: Template) -> None:
    worker = plain(direct.one(FUNCTION, "WorkerFunction"))
    assert worker["Runtime"] == "python3.13"
    assert worker["Handler"] == "app.handler"
    assert worker["MemorySize"] == 512
    assert worker["ReservedConcurrentExecutions"] == 10
    assert worker["Layers"] == ["arn:aws:lambda:eu-west-1:111122223333:layer:tools:3"]
    assert worker["Environment"]["Variables"] == {
        "DIRECT_ORDERED_QUEUE_URL": "{OrderedQueue}",
        "LOG_LEVEL": "debug",
    }
    sorter = direct.one(FUNCTION, "SorterFunction")
    assert (sorter["Runtime"], sorter["Handler"]) == ("python3.12", "other.handler")


def test_only_made_functions_are_made(direct: Template) -> None:
    assert set(direct.of(FUNCTION)) == {"WorkerFunction", "SorterFunction"}


def test_code_has_the_stubs_beside_it(assembly: Path, direct: Template) -> None:
    bucket_key = direct.one(FUNCTION, "WorkerFunction")["Code"]["S3Key"]
    asset = assembly / f"asset.{bucket_key.removesuffix('.zip')}"
    files = {str(path.relative_to(asset)) for path in asset.rglob("*") if path.is_file()}
    assert files == {"app.py", "direct_messaging/__init__.py"}
    assert bucket_key == direct.one(FUNCTION, "SorterFunction")["Code"]["S3Key"]


def test_code_of_ones_own_has_the_stubs_beside_it(assembly: Path) -> None:
    """A function that is handed over, made with `code_for` before there is a construct."""
    for name in ("direct", "events"):
        given = Template(assembly / f"{name.capitalize()}MessagingGiven.template.json")
        (function,) = given.of(FUNCTION).values()
        asset = assembly / f"asset.{function['Code']['S3Key'].removesuffix('.zip')}"
        files = {str(path.relative_to(asset)) for path in asset.rglob("*") if path.is_file()}
        assert files == {"app.py", f"{name}_messaging/__init__.py"}


def mappings(template: Template) -> dict[str, dict[str, Any]]:
    found = (plain(each) for each in template.of(MAPPING).values())
    return {each["EventSourceArn"]: each for each in found}


def test_event_sources(direct: Template) -> None:
    jobs = mappings(direct)["{JobsQueue}"]
    assert jobs["FunctionName"] == "{WorkerFunction}"
    assert jobs["BatchSize"] == 50
    assert jobs["MaximumBatchingWindowInSeconds"] == 5
    assert jobs["ScalingConfig"] == {"MaximumConcurrency": 5}
    assert jobs["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "FunctionResponseTypes" not in mappings(direct)["{OrderedQueue}"]


def test_null_in_a_filter_survives(direct: Template) -> None:
    (only,) = mappings(direct)["{JobsQueue}"]["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "body": {"size": [{"numeric": [">", 1]}], "hint": [None, "x"]}
    }


def test_given_functions_are_polled_from_here(direct: Template) -> None:
    foreign = mappings(direct)["{ForeignQueue}"]
    assert foreign["FunctionName"] == "arn:aws:lambda:eu-west-1:111122223333:function:stranger:live"
    assert foreign["BatchSize"] == 20
    assert foreign["MaximumBatchingWindowInSeconds"] == 1
    assert foreign["ScalingConfig"] == {"MaximumConcurrency": 7}
    assert foreign["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert foreign["FilterCriteria"] == {"Filters": [{"Pattern": '{"body": {"hint": [null]}}'}]}
    lent = mappings(direct)["{LentQueue}"]
    assert lent["ProvisionedPollerConfig"] == {"MinimumPollers": 2, "MaximumPollers": 20}


def test_more_pollers_than_the_l2_takes(direct: Template) -> None:
    ordered = mappings(direct)["{OrderedQueue}"]
    assert ordered["FunctionName"] == "{SorterFunction}"
    assert ordered["ProvisionedPollerConfig"] == {"MinimumPollers": 2, "MaximumPollers": 3000}
    own = [s for policy, s in direct.statements() if policy.startswith("SorterFunction")]
    read = [plain(s["Resource"]) for s in own if "sqs:ReceiveMessage" in s["Action"]]
    assert read == ["{OrderedQueue}"]
