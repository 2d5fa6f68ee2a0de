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


SWITCHED = """\
version: 1
service: shop
messages: {OrderPlaced: {schema: {type: object}, examples: [{}]}}
topics: {orders: {messages: [OrderPlaced]}}
buses: {facts: {messages: [OrderPlaced]}}
queues: {jobs: {external: true}}
subscriptions:
  mail: {from: {topic: orders}, to: {email: ops@example.com}}
  to-jobs: {from: {bus: facts}, to: {queue: jobs}}
producers: {web: {publishes: [{topic: orders}, {bus: facts}]}}
environments:
  dev: {subscriptions: {mail: {enabled: false}, to-jobs: {enabled: false}}}
  prod: {}
"""


def test_what_is_switched_off(msgc: Msgc, tmp_path: Path) -> None:
    """An SNS subscription isn't made then; a rule is, and does nothing."""
    (tmp_path / "messaging.yaml").write_text(SWITCHED)
    dev, prod = (msgc("graph", "--env", name).stdout for name in ("dev", "prod"))
    assert "ops@example.com" in prod
    assert "ops@example.com" not in dev
    assert "switched off" not in prod
    assert 'bus_facts -.->|"OrderPlaced<br/>switched off"| queue_jobs' in dev
    told = msgc("explain", "topic/orders", "--env", "dev").stdout
    assert "switched off, and so not made" in told
    assert "switched off, and so" not in msgc("explain", "bus/facts", "--env", "dev").stdout


THERE = """\
version: 1
service: shop
messages: {OrderPlaced: {schema: {type: object}, examples: [{}]}}
topics: {orders: {messages: [OrderPlaced]}}
queues: {jobs: {import: {arn: "arn:aws:sqs:eu-west-1:444455556666:jobs"}}}
subscriptions: {to-jobs: {from: {topic: orders}, to: {queue: jobs}, deploy: there}}
producers: {web: {publishes: [{topic: orders}]}}
"""


def test_what_another_account_makes(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(THERE)
    assert "made by 444455556666" in msgc("graph").stdout
    assert "made by account 444455556666" in msgc("explain", "topic/orders").stdout
    route = ("route", "--message", "OrderPlaced")
    assert "to-jobs (made by 444455556666)" in msgc(*route).stdout
    made = json.loads(msgc(*route, "--format", "json").stdout)
    assert '"made_by": {"to-jobs": "444455556666"}' in json.dumps(made)
