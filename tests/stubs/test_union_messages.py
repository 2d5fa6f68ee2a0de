"""Messages that are one of several classes, in a package as users have it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from msgc.source import Disk
from tests.stubs.package import imported, stubs_of, written

CASE = Path(__file__).parents[1] / "cases" / "ok" / "union-messages" / "messaging.yaml"
PLANTED = Path(__file__).with_name("planted_unions.py.txt")
CARD = {"kind": "card", "id": "p-1", "number": "4111", "billing": {"city": "Delft"}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("till")
    written(stubs_of(str(CASE), Disk()), root)
    (root / "src" / "planted.py").write_text(PLANTED.read_text("utf-8"), "utf-8")
    return root / "src"


@pytest.fixture
def till(project: Path) -> Iterator[Any]:
    with imported(project, "till_messaging") as package:
        for name in ("contacted", "counted", "payment_taken"):
            import_module(f"till_messaging.messages.{name}")
        for name in ("consumers.office", "testing"):
            import_module(f"till_messaging.{name}")
        yield package


def marked() -> set[int]:
    lines = PLANTED.read_text("utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if "# error" in line}


def run(project: Path, *command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True,
        check=False, encoding="utf-8",
    ).stdout  # fmt: skip


def test_mypy(project: Path) -> None:
    said = run(
        project, "mypy", "--strict", "--python-version=3.11", "--no-error-summary",
        "--config-file=", "--cache-dir=.mypy", "-p", "till_messaging", "-m", "planted",
    )  # fmt: skip
    found = [line for line in said.splitlines() if ": error:" in line]
    assert [line for line in found if not line.startswith("planted.py")] == []
    assert {int(line.split(":")[1]) for line in found} == marked(), said


def test_pyright(project: Path) -> None:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    said = run(project, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found = json.loads(said)["generalDiagnostics"]
    assert [d["message"] for d in found if "planted" not in d["file"]] == []
    assert {d["range"]["start"]["line"] + 1 for d in found} == marked(), said


def test_ruff(project: Path) -> None:
    for command in (["check"], ["check", "--select=I"], ["format", "--diff"]):
        done = [*command, "--isolated", "--no-cache", "till_messaging"]
        assert "till_messaging/messages" not in run(project, "ruff", *done)


def test_reading_makes_the_class_that_fits(till: Any) -> None:
    module = till.messages.payment_taken
    card = module.from_json(json.dumps(CARD))
    assert type(card) is till.PaymentTakenCard
    assert isinstance(card, till.PaymentTaken)
    assert card.to_dict() == CARD
    assert json.loads(card.to_json()) == CARD
    assert type(module.from_dict({"kind": "transfer", "id": "t", "iban": "x"})) is till.Transfer
    with pytest.raises(till.InvalidPayload, match=r'kind: expected "card" or "transfer"'):
        module.from_dict({"kind": "cash"})
    with pytest.raises(till.InvalidPayload, match="kind"):
        till.Transfer.from_dict(CARD)


def test_examples_are_of_the_union_and_of_each_class(till: Any) -> None:
    module = till.messages.payment_taken
    assert module.example() == till.PaymentTakenCard.example()
    assert module.example(1) == till.Transfer.example()
    with pytest.raises(LookupError, match="one example of `Transfer`"):
        till.Transfer.example(1)
    with pytest.raises(LookupError, match="no example of `Contacted`"):
        till.messages.contacted.example()


def test_a_message_of_messages(till: Any) -> None:
    inner = {"kind": "box", "pieces": 2, "remark": None}
    value = {"kind": "shelf", "holds": [inner, {"kind": "shelf", "holds": []}]}
    read = till.messages.counted.from_dict(value)
    assert type(read.holds[0]) is till.Box
    for _ in range(120):  # until its conversion is compiled
        assert till.messages.counted.from_dict(value) == read
        assert json.loads(read.to_json()) == value


def test_published_handled_and_judged(till: Any) -> None:
    testing, office = till.testing, till.consumers.office
    sales, books = testing.FakeSalesTopic(), testing.FakeBooksQueue()
    app = till.App(sales_topic=sales, books_queue=books)
    card, transfer = (till.messages.payment_taken.example(number) for number in (0, 1))
    for message in (card, transfer, till.Box(pieces=1)):
        app.sales_topic.publish(message)
    seen: list[Any] = []
    handled = sales.deliver_to(office.handler(lambda message, _: seen.append(message)))
    assert handled.handled == 3
    assert seen == [card, transfer, till.Box(pieces=1)]
    assert sales.of(till.PaymentTaken) == [card, transfer]
    assert sales.of(till.Transfer) == [transfer]
    with pytest.raises(till.NotCarriedError, match="doesn't carry Box, but PaymentTaken, Closed"):
        app.books_queue.publish(till.Box(pieces=1))
    app.sales_topic.publish(till.ContactedEmail(email="a@b.nl"))
    contract = testing.contract(sales, others=[till.PaymentTaken, till.Transfer])
    assert contract.receivers["PaymentTaken"] == ["office", "till_messaging.PaymentTaken"]


def test_what_differs_by_its_properties_is_refused_where_it_fits_none(till: Any) -> None:
    module = till.messages.contacted
    assert module.from_dict({"phone": "1"}) == till.ContactedPhone(phone="1")
    with pytest.raises(till.InvalidPayload):
        module.from_dict({"phone": "1", "email": "a"})


def test_any_json_value_is_written(till: Any) -> None:
    remark = MappingProxyType({"a": (1, deque(["b", None])), "c": {}})
    assert till.Box(pieces=1, remark=remark).to_dict()["remark"] == {"a": [1, ["b", None]], "c": {}}
    for wrong in (b"bytes", bytearray(b"more"), object(), {"a": {1, 2}}, float("nan")):
        with pytest.raises(till.InvalidPayload, match="expected a JSON value"):
            till.Box(pieces=1, remark=wrong).to_dict()


def test_secrets_copies_and_pickles(till: Any) -> None:
    card = till.messages.payment_taken.example()
    assert "4111" not in repr(card)
    assert pickle.loads(pickle.dumps(card)) == card  # noqa: S301  # our own
    assert hash(card) == hash(till.messages.payment_taken.example())
