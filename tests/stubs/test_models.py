"""Generated messages, imported and used; and what users' own checkers say of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from msgc.emit.stubs.messages.models import exports
from msgc.payloads import violations
from msgc.pipeline.understand import topology_of as resolve
from msgc.source import Disk, Files
from msgc.syntax import load
from msgc.topology.model import Topology
from tests.files import messaging
from tests.payloads.schemas import outcome_of
from tests.payloads.test_verdicts import Dice
from tests.stubs.package import generated, imported

MODELS = Path(__file__).parent / "models.yaml"
ORDER: dict[str, Any] = {
    "order_id": "o-12345",
    "event_id": "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11",
    "placed_at": "2026-01-02T03:04:05.123456Z",
    "date": "2026-01-02",
    "str": "x",
    "codec": 4,
    "total": 120.55,
    "kind": "order",
    "mode": "fast",
    "customer": {"tier": "gold", "e-mail": "someone@example.com", "class": "a"},
    "items": [{"sku": "A-1", "quantity": 2, "colour": "red"}, {"sku": "A-2", "quantity": 1}],
    "tags": ["a", "b"],
    "prices": {"a": 1.5},
    "anything": [1, None],
    "tree": {"name": "r", "children": [{"name": "c"}], "left": {"name": "l"}},
    "payment": {"kind": "card", "n": "1234"},
    "ref": 2,
    "many": ["6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11", 1.5],
}


def topology_of(path: str, files: Files) -> Topology:
    document = load(path, files)
    assert document.value is not None, [d.message for d in document.diagnostics]
    topology = resolve(document.value, files)
    assert topology.value is not None, [d.message for d in topology.diagnostics]
    return topology.value


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(topology_of(str(MODELS), Disk()), tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def messages(source: Path) -> Iterator[Any]:
    with imported(source, "models_messaging"):
        yield import_module("models_messaging.messages")


@pytest.fixture(scope="module")
def codec(messages: Any) -> Any:
    assert messages is not None
    return import_module("models_messaging._runtime.codec.codec")


@pytest.fixture(scope="module")
def invalid(messages: Any) -> type[Exception]:
    assert messages is not None
    found: type[Exception] = import_module(
        "models_messaging._runtime.codec.violations"
    ).InvalidPayload
    return found


def test_decode(messages: Any, codec: Any) -> None:
    order = codec.decode(messages.OrderPlaced, ORDER)
    assert order.event_id == UUID(ORDER["event_id"])
    assert order.placed_at == datetime(2026, 1, 2, 3, 4, 5, 123456, UTC)
    assert order.date == date(2026, 1, 2)
    assert order.total == Decimal("120.55")
    assert order.customer == messages.OrderPlacedCustomer(
        tier="gold", e_mail="someone@example.com", class_="a"
    )
    assert order.items[0].additional_properties == {"colour": "red"}
    assert order.payment == messages.OrderPlacedPaymentCard(n="1234")
    assert order.tree.additional_properties["left"].name == "l"
    assert order.many == (UUID(ORDER["event_id"]), 1.5)
    assert order.long_mode is None
    assert codec.encode(order) == ORDER
    assert codec.decode_text(messages.OrderPlaced, codec.encode_text(order)) == order


def test_defaults(messages: Any, codec: Any, invalid: type[Exception]) -> None:
    made = messages.Decimal()
    assert made == codec.decode(messages.Decimal, {})
    assert codec.encode(made) == {
        "amount": "1.50",
        "date": "2026-01-01",
        "id": "6f1c2f1e-8f43-4d39-9d53-2b2e5c1e7a11",
        "share": 0.5,
        "flag": True,
        "text": 'say "hi"',
    }
    card = messages.OrderPlacedPaymentCard()
    assert codec.encode(card) == {"kind": "card"}
    with pytest.raises(invalid, match=r"\$\.kind: is required"):
        codec.decode(messages.OrderPlacedPaymentCard, {})


def test_messages_say_what_they_are(messages: Any) -> None:
    order = messages.OrderPlaced
    assert (order.__type__, order.__source__) == ("order.placed", "com.example.shop")
    assert (messages.Free.__type__, messages.Free.__source__) == ("Free", "models")
    assert order.__doc__ == (
        "A customer paid for an order.\n\n    Sent once an order, with everything in it.\n\n"
        '    With a path C:\\new and """quotes""".\n    '
    )


def test_messages_of_which_nothing_is_known(
    messages: Any, codec: Any, invalid: type[Exception]
) -> None:
    free = codec.decode(messages.Free, {"a": [1], "b": {"c": None}})
    assert free.additional_properties == {"a": [1], "b": {"c": None}}
    assert codec.encode(free) == {"a": [1], "b": {"c": None}}
    assert messages.Nothing() == codec.decode(messages.Nothing, {})
    with pytest.raises(invalid, match=r"\$\.a: isn't a property of this object"):
        codec.decode(messages.Nothing, {"a": 1})
    with pytest.raises(invalid, match=r"\$: expected at least 1 property"):
        codec.encode(messages.Counted())


def test_messages_are_values(messages: Any, codec: Any) -> None:
    first, second = (codec.decode(messages.Decimal, {"amount": "2"}) for _ in range(2))
    assert len({first, second}) == 1
    with pytest.raises(AttributeError):
        first.amount = Decimal(3)


def test_the_package_is_lazy(source: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from models_messaging import messages\n"
        "assert messages.Free.__name__ == 'Free'\n"
        "assert 'models_messaging.messages.order_placed' not in sys.modules\n"
        "assert not {'boto3', 'uuid', 'decimal'} & set(sys.modules)\n"
        "assert 'OrderPlaced' in dir(messages) and 'OrderPlaced' in messages.__all__\n"
    )
    subprocess.run([sys.executable, "-S", "-c", program, str(source)], check=True)


def test_exports() -> None:
    found = exports(topology_of(str(MODELS), Disk()))
    assert found["OrderPlaced"] == found["OrderPlacedCustomer"] == found["Line"] == ".order_placed"


@pytest.mark.parametrize("rules", [False, True])
def test_every_message_decodes_what_it_encodes(tmp_path: Path, *, rules: bool) -> None:
    made_up = {f"M{i}": _without_least(Dice(i, rules=rules).message()) for i in range(150)}
    # a few contradict themselves
    schemas = {
        name: schema
        for name, schema in made_up.items()
        if not any(d.is_error for d in outcome_of(json.dumps(schema)).diagnostics)
    }
    made = {
        "version": 1,
        "service": "dice",
        "messages": {
            name: {"schema": schema, "nulls": "refuse"} for name, schema in schemas.items()
        },
    }
    topology = topology_of("messaging.yaml", messaging(json.dumps(made)))
    count = 0
    with imported(generated(topology, tmp_path), "dice_messaging"):
        codec = import_module("dice_messaging._runtime.codec.codec")
        invalid = import_module("dice_messaging._runtime.codec.violations").InvalidPayload
        package = import_module("dice_messaging.messages")
        for name, schema in schemas.items():
            cls, shape = getattr(package, name), topology.messages[name].payload
            dice = Dice(1, rules=rules)
            for _ in range(15):
                value = dice.value(schema)
                if violations(shape, value):
                    with pytest.raises(invalid):
                        codec.decode(cls, value)
                    continue
                count += 1
                message = codec.decode(cls, value)
                assert codec.decode_text(cls, codec.encode_text(message)) == message
    assert count > 200


def _without_least(schema: Any) -> Any:
    """Without `minProperties`, which a `null` may fulfil that is left out where it is optional."""
    if isinstance(schema, list):
        return [_without_least(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _without_least(v) for key, v in schema.items() if key != "minProperties"}


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--isolated", "--no-cache"],
        ["ruff", "check", "--isolated", "--no-cache", "--select=I"],
        ["ruff", "format", "--isolated", "--no-cache", "--diff"],
        ["mypy", "--strict", "--python-version=3.11", "--config-file=", "--cache-dir=.mypy"],
        ["pyright", "--project=pyrightconfig.json"],
    ],
    ids=["ruff check", "import order", "ruff format", "mypy", "pyright"],
)
def test_checkers_have_nothing_to_say(source: Path, command: list[str]) -> None:
    (source / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": ["models_messaging"]}'
    )
    paths = [] if command[0] == "pyright" else ["models_messaging"]
    done = subprocess.run(  # our own command
        [sys.executable, "-m", *command, *paths],
        cwd=source, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
