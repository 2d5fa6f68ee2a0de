"""`msgc route` and `msgc test`, as a user calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.cli.conftest import ROOT, Msgc, environment

SCHEMAS = {path.name: json.loads(path.read_text()) for path in (ROOT / "schemas").glob("*.json")}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)

SHOP = """\
version: 1
service: shop
messages:
  OrderPlaced:
    schema:
      type: object
      required: [total]
      properties: {total: {type: number}}
    examples: [{total: 250}, {total: 5}]
topics: {orders: {messages: [OrderPlaced]}}
buses: {commerce: {messages: [OrderPlaced]}}
queues: {invoicing: {external: true}, audit: {external: true}}
subscriptions:
  big-orders:
    from: {topic: orders}
    filter: {total: [{numeric: [">=", 100]}]}
    to: {queue: invoicing}
  everything: {from: {bus: commerce}, to: {queue: audit}}
"""
TESTS = """\
tests:
  - name: big orders are invoiced
    publish: {topic: orders, message: OrderPlaced}
    reaches: [queue/invoicing]
  - name: small ones too
    publish: {topic: orders, message: OrderPlaced, example: 1}
    reaches: [queue/invoicing]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "the shop"  # a path with a space
    folder.mkdir()
    (folder / "messaging.yaml").write_text(SHOP)
    return folder


def fits(text: str, schema: str) -> Any:
    value = json.loads(text)
    Draft7Validator(SCHEMAS[schema], registry=REGISTRY).validate(value)
    return value


def test_a_route(msgc: Msgc, shop: Path) -> None:
    done = msgc("route", "--message", "OrderPlaced", "--example", "1", shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "`OrderPlaced` on topic/orders\n\n"
        "  reaches nobody\n\n"
        "  not taken by\n"
        f"    big-orders  {shop}/messaging.yaml:16:21: "
        '`total` is 5, none of [{"numeric": [">=", 100]}]\n\n'
        "  not on its way: everything\n\n"
        "`OrderPlaced` on bus/commerce\n\n"
        "  reaches\n"
        "    queue/audit  bus/commerce -> everything\n\n"
        "  not on its way: big-orders\n"
    )


def test_an_event_of_a_file_or_of_stdin(msgc: Msgc, shop: Path) -> None:
    (shop / "order.json").write_text('{"total": 120}')
    done = msgc("route", "order.json", "--to", "topic/orders", "--format", "json", cwd=shop)
    assert done.returncode == 0
    report = fits(done.stdout, "route.schema.json")
    (route,) = report["routes"]
    assert route["reaches"] == [
        {
            "receiver": "queue/invoicing",
            "path": ["topic/orders", "subscription/big-orders", "queue/invoicing"],
        }
    ]
    piped = subprocess.run(
        [sys.executable, "-m", "msgc", "route", "-", "--to", "topic/orders", "--format", "json"],
        cwd=shop,
        env=environment(),
        input='{"total": 120}',
        capture_output=True,
        text=True,
        check=True,
    )
    assert piped.stdout == done.stdout


def test_what_a_schedule_sends(msgc: Msgc, shop: Path) -> None:
    (shop / "messaging.yaml").write_text(
        f"{SHOP}  nightly:\n    from: {{schedule: rate(1 day)}}\n"
        "    send: {message: OrderPlaced, body: {total: 500}}\n    to: {topic: orders}\n"
    )
    done = msgc("route", "--schedule", "nightly", shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "`OrderPlaced` on schedule/nightly\n\n"
        "  reaches\n"
        "    topic/orders     schedule/nightly -> nightly -> as `OrderPlaced`\n"
        "    queue/invoicing  schedule/nightly -> nightly -> as `OrderPlaced` -> topic/orders"
        " -> big-orders\n\n"
        "  not on its way: everything\n"
    )
    done = msgc("route", "--schedule", "nightly", "--format", "json", cwd=shop)
    (route,) = fits(done.stdout, "route.schema.json")["routes"]
    assert route["place"] == "schedule/nightly"


def test_a_matrix(msgc: Msgc, shop: Path) -> None:
    done = msgc("route", "--all", cwd=shop)
    assert done.stdout == (
        f"{' ' * 29}1  2\n"
        "OrderPlaced on topic/orders  ?  .\n"
        "OrderPlaced on bus/commerce  .  x\n\n"
        "x always, ? as its filters decide, . never\n\n"
        "   1  queue/invoicing\n"
        "   2  queue/audit\n"
    )
    report = fits(msgc("route", "--all", "--format", "json", cwd=shop).stdout, "route.schema.json")
    verdicts = [row["receivers"] for row in report["matrices"][0]["messages"]]
    assert verdicts == [
        {"queue/invoicing": "possible", "queue/audit": "never"},
        {"queue/invoicing": "never", "queue/audit": "always"},
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "route what? give EVENT.json, --message NAME, --schedule NAME, or --all"),
        (["--all", "--message", "OrderPlaced"], 2, "--all takes no message"),
        (["--message", "OrderPlacd"], 2, "no message `OrderPlacd`; did you mean `OrderPlaced`?"),
        (["--message", "OrderPlaced", "--to", "queue/x"], 2, "there is no place `queue/x`"),
        (["--message", "OrderPlaced", "--example", "2"], 2, "no example 2: 2 examples, the first"),
        (["--example", "0"], 2, "route what?"),
        (["--schedule", "nightly"], 2, "there is no schedule `nightly`"),
        (["--schedule", "nightly", "--message", "OrderPlaced"], 2, "--schedule takes no message"),
        (["--schedule", "nightly", "--all"], 2, "--all takes no message"),
        (["x.json", "--example", "0"], 2, "--example is the number of an example of --message"),
        (["a.json", "b.json"], 2, "one message at a time: b.json is a second one"),
        (["missing.json"], 1, "missing.json:1:1: error[MSG101]"),
        (["empty.json"], 1, "the file is empty"),
        (["cut.json"], 1, "not-json"),
        (["nan.json"], 1, "not-json"),
        (["twice.json"], 1, "duplicate-key"),
        (["deep.json"], 1, "too-deep"),
        (["latin.json"], 1, "not-text"),
        (["strange.json"], 1, "it fits no message"),
    ],
)
def test_bad_input(msgc: Msgc, shop: Path, arguments: list[str], status: int, said: str) -> None:
    files = {
        "empty.json": b"",
        "cut.json": b'{"total": 1',
        "nan.json": b'{"total": NaN}',
        "twice.json": b'{"total": 1, "total": 2}',
        "deep.json": b'{"total":' * 100_000 + b"1" + b"}" * 100_000,
        "latin.json": '{"total": "é"}'.encode("latin-1"),
        "strange.json": b'{"y": 1}',
    }
    for name, content in files.items():
        (shop / name).write_bytes(content)
    done = msgc("route", *arguments, cwd=shop)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert done.stdout == ""


def test_tests_by_name(msgc: Msgc, shop: Path) -> None:
    (shop / "messaging.yaml").write_text(SHOP + TESTS)
    done = msgc("test", shop)
    assert done.returncode == 1
    assert done.stdout == (
        "ok      big orders are invoiced\nFAILED  small ones too\n1 passed, 1 failed\n"
    )
    assert "`OrderPlaced` doesn't reach `queue/invoicing`" in done.stderr
    assert "`big-orders` says no: `total` is 5" in done.stderr
    report = fits(msgc("test", "--format", "json", shop).stdout, "test.schema.json")
    assert [(test["name"], test["passed"]) for test in report["tests"]] == [
        ("big orders are invoiced", True),
        ("small ones too", False),
    ]
    assert report["summary"] == {"passed": 1, "failed": 1, "error": 1, "warning": 0, "info": 0}


def test_a_failing_test_stops_validate_and_build_but_not_route(msgc: Msgc, shop: Path) -> None:
    (shop / "messaging.yaml").write_text(SHOP + TESTS)
    assert "test-failed" in msgc("validate", shop).stderr
    build = msgc("build", shop)
    assert build.returncode == 1
    assert sorted(path.name for path in shop.iterdir()) == ["messaging.yaml"]
    assert msgc("route", "--message", "OrderPlaced", shop).returncode == 0


def test_no_tests_and_no_test_of_a_broken_file(msgc: Msgc, shop: Path) -> None:
    done = msgc("test", shop)
    assert (done.returncode, done.stdout) == (0, "nothing was tested: there are no `tests:`\n")
    (shop / "messaging.yaml").write_text(SHOP.replace("invoicing}", "invoicin}") + TESTS)
    done = msgc("test", shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert "unknown-name" in done.stderr
