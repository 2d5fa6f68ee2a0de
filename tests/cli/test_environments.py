"""`--env` of commands: one environment of a file, where they look at all of them else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Msgc

SHOP = """\
version: 1
service: shop
messages:
  OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}, examples: [{id: a}]}
topics: {orders: {messages: [OrderPlaced]}}
subscriptions:
  mail: {from: {topic: orders}, to: {email: dev@example.com}}
producers: {web: {publishes: [{topic: orders}]}}
environments:
  dev:
  prod: {subscriptions: {mail: {to: {email: ops@example.com}}}}
tests:
  - name: told
    publish: {topic: orders, message: OrderPlaced, payload: {}}
    reaches: [subscription/mail]
"""


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(SHOP)


def test_tests_of_one(msgc: Msgc) -> None:
    assert msgc("test", "--env", "prod").stdout == ("ok      told (in prod)\n1 passed, 0 failed\n")
    assert msgc("test").stdout.splitlines()[-1] == "2 passed, 0 failed"


@pytest.mark.parametrize(
    "command", [("test",), ("route", "--message", "OrderPlaced"), ("graph",), ("synth",)]
)
def test_a_name_that_the_file_lacks_is_wrong_usage(msgc: Msgc, command: tuple[str, ...]) -> None:
    done = msgc(*command, "--env", "pord")
    assert done.returncode == 2
    assert "messaging.yaml has no environment `pord`; did you mean `prod`?" in done.stderr


def test_routes_are_told_where_they_differ(msgc: Msgc) -> None:
    whole = msgc("route", "--message", "OrderPlaced").stdout
    assert whole.startswith("In dev:\n")
    assert "\nIn prod:\n" in whole
    one = msgc("route", "--message", "OrderPlaced", "--env", "prod").stdout
    assert "mailto:ops@example.com" in one
    assert "dev@example.com" not in one


def test_routes_as_json_name_the_environment(msgc: Msgc) -> None:
    said = json.dumps(
        json.loads(msgc("route", "--message", "OrderPlaced", "--format", "json").stdout)
    )
    assert '"environment": "dev"' in said
    assert '"environment": "prod"' in said


def test_a_graph_of_one(msgc: Msgc) -> None:
    assert "ops@example.com" in msgc("graph", "--env", "prod").stdout
    assert "ops@example.com" not in msgc("graph", "--env", "dev").stdout
