"""A function that is handed over must not run for longer than its queue hides a message."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.assembly import cdk_environment
from tests.cdk.synthesis import built, write_stack

TOPOLOGY = """\
version: 1
service: shop
messages: {A: {schema: {type: object}}}
queues: {jobs: {messages: [A], visibility: 100s}}
consumers: {worker: {from: {queue: jobs}, function: provided}}
producers: {web: {publishes: [{queue: jobs}]}}
"""

APP = """\
import json
from aws_cdk import App, CfnParameter, Duration, Stack
from aws_cdk import aws_lambda as lambda_
from infra.shop_messaging_stack import ShopMessaging

ARN = "arn:aws:lambda:eu-west-1:111122223333:function:worker"


def function(stack, timeout):
    return lambda_.Function(
        stack,
        "Worker",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("handler = print"),
        timeout=timeout,
    )


def seconds(number):
    return lambda stack: function(stack, Duration.seconds(number))


def alias(stack):
    version = function(stack, Duration.seconds(101)).current_version
    return lambda_.Alias(stack, "Live", alias_name="live", version=version)


CASES = {
    "as long": seconds(100),
    "longer": seconds(101),
    "default": lambda stack: function(stack, None),
    "alias": alias,
    "version": lambda stack: function(stack, Duration.minutes(2)).current_version,
    "imported": lambda stack: lambda_.Function.from_function_arn(stack, "Imported", ARN),
    "token": lambda stack: function(
        stack, Duration.seconds(CfnParameter(stack, "Timeout", type="Number").value_as_number)
    ),
}
found = {}
for name, make in CASES.items():
    stack = Stack(App(), "Shop")
    try:
        ShopMessaging(stack, "Messaging", worker_function=make(stack))
    except ValueError as error:
        found[name] = str(error)
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("handed-over")
    (folder / "messaging.yaml").write_text(TOPOLOGY)
    (folder / "app.py").write_text(APP)
    write_stack(folder, *built(folder / "messaging.yaml"))
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=folder,
        env=cdk_environment(folder / "cdk.out", validated=False),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_only_those_that_are_known_to_run_longer_are_refused(refused: dict[str, str]) -> None:
    assert set(refused) == {"longer", "alias", "version"}


def test_the_error_speaks_of_the_file(refused: dict[str, str]) -> None:
    assert refused["longer"] == (
        "messaging.yaml: the function of consumer `worker` has a timeout of 101 seconds, but queue"
        " `jobs` hides a message for 100 only: write `visibility: 101s` or more on the queue, or"
        " leave that out and write `function: {provided: true, timeout: 101s}` on the consumer"
    )
    assert "timeout of 120 seconds" in refused["version"]
