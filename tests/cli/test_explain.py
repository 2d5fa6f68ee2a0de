"""`msgc explain NAME` of a thing of the file, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from tests.cli.conftest import ROOT, Msgc

FILE = """\
version: 1
service: shop
messages: {OrderPlaced: {schema: {type: object}}}
queues: {orders: {messages: [OrderPlaced]}}
consumers: {orders: {from: {queue: orders}, function: provided}}
producers: {web: {publishes: [{queue: orders}]}}
"""


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas/explain.schema.json").read_text())
    return found


def write(folder: Path, text: str = FILE) -> None:
    (folder / "messaging.yaml").write_text(text)


def test_a_thing_of_the_file(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path)
    done = msgc("explain", "queue/orders")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("queue/orders: standard SQS queue, messaging.yaml:4:10\n")
    assert "a poison message reaches `orders-dlq` after 15 min\n" in done.stdout


def test_json(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path)
    done = msgc("explain", "producer/web", "--format", "json")
    report = json.loads(done.stdout)
    Draft7Validator(schema()).validate(report)
    (thing,) = report["things"]
    assert (thing["name"], thing["line"]) == ("producer/web", 6)
    assert thing["access"][0]["actions"][-1] == "sqs:SendMessage"


def test_a_name_of_several_things(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path)
    done = msgc("explain", "orders")
    assert done.returncode == 2
    assert "`orders` is several things: queue/orders, consumer/orders; say which" in done.stderr


def test_a_slip_of_the_keyboard(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path)
    for wrong, meant in (("queue/ordres", "queue/orders"), ("wbe", "producer/web")):
        done = msgc("explain", wrong)
        assert done.returncode == 2
        assert f"nothing in the file is called so; did you mean {meant}?" in done.stderr


def test_a_finding_needs_no_file_and_no_format(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path, "nonsense")
    assert msgc("explain", "MSG501").returncode == 0
    done = msgc("explain", "MSG501", "--format", "json")
    assert done.returncode == 2
    assert "this is a finding" in done.stderr


def test_errors_of_the_file_are_told(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path, FILE.replace("{queue: orders}, function", "{queue: order}, function"))
    done = msgc("explain", "queue/orders")
    assert done.returncode == 1
    assert "did you mean `orders`?" in done.stderr


BROKEN = FILE.replace("queues: {", "queues: {typo: {retentoin: 3d}, ")


def test_sound_parts_of_a_file_with_errors(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path, BROKEN)
    done = msgc("explain", "queue/orders")
    assert done.returncode == 1
    assert "did you mean `retention`?" in done.stderr
    assert done.stdout.startswith("queue/orders: ")
    assert done.stdout.endswith("\nLeft out, for the errors in the file: queue/typo.\n")
    whole = json.loads(msgc("explain", "queue/orders", "--format", "json").stdout)
    assert whole["left_out"] == ["queue/typo"]
    assert list(Draft7Validator(schema()).iter_errors(whole)) == []


def test_what_has_an_error_is_not_explained(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path, BROKEN)
    for name in ("typo", "queue/typo"):
        done = msgc("explain", name)
        assert (done.returncode, done.stdout) == (1, "")
        assert "queue/typo can't be explained: it has an error in it" in done.stderr
    assert msgc("explain", "queue/nothing").returncode == 2


def test_what_is_left_out_of_a_thing_is_told(msgc: Msgc, tmp_path: Path) -> None:
    more = (
        "topics: {t: {messages: [OrderPlaced], external: true}}\n"
        "subscriptions:\n"
        "  s: {from: {topic: t}, to: {queue: orders}, filter: {id: [{pref: x}]}}\n"
    )
    write(tmp_path, FILE + more)
    done = msgc("explain", "subscription/s")
    assert (done.returncode, done.stdout[:15]) == (1, "subscription/s:")
    assert "did you mean `prefix`?" in done.stderr
    write(tmp_path, BROKEN + more)
    done = msgc("explain", "subscription/s")
    assert "for the errors in the file: queue/typo, part of subscription/s." in done.stdout


def test_warnings_are_in_nobodys_way(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path, FILE.replace("queues: {orders: {", "queues: {orders: {dead_letter: false, "))
    done = msgc("explain", "queue/orders")
    assert (done.returncode, done.stderr) == (0, "")


def test_names_that_are_none(msgc: Msgc, tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("", "queue/", "x\n\x1b[31m"):
        done = msgc("explain", name)
        assert done.returncode == 2
        assert "nothing in the file is called so" in done.stderr
        assert "\x1b" not in done.stderr


def test_no_file_at_all(msgc: Msgc) -> None:
    done = msgc("explain", "orders")
    assert done.returncode == 2
    assert "there is no code 'orders'" in done.stderr


def test_several_services_are_all_told(msgc: Msgc, tmp_path: Path) -> None:
    for service in ("shop", "depot"):
        (tmp_path / service).mkdir()
        write(tmp_path / service, FILE.replace("service: shop", f"service: {service}"))
    done = msgc("explain", "queue/orders")
    assert "queue/orders of depot:" in done.stdout
    assert "queue/orders of shop:" in done.stdout
    alone = msgc("explain", "queue/orders", "depot")
    assert "of shop" not in alone.stdout


def test_other_environments_are_told_where_they_differ(msgc: Msgc, tmp_path: Path) -> None:
    more = "environments: {dev: {}, prod: {queues: {orders: {retention: 14d}}}}\n"
    write(tmp_path, FILE + more)
    dev, _, prod = msgc("explain", "queue/orders").stdout.partition("\n\nqueue/orders in prod")
    assert dev.startswith("queue/orders in dev: standard SQS queue, messaging.yaml:4:10\n")
    assert "    name               shop-orders-dev " in dev
    assert prod.startswith(", where it differs:\n")
    assert "shop-orders-prod" in prod
    assert "    retention  14d " in prod
    assert "visibility" not in prod
    alone = msgc("explain", "queue/orders", "--env", "prod", "--format", "json")
    (thing,) = json.loads(alone.stdout)["things"]
    assert thing["environment"] == "prod"
    assert msgc("explain", "queue/orders", "--env", "pord").returncode == 2
