"""The dataclasses of messages beside those that `dataclasses` makes of the same text."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from msgc.runtime.codec import records
from tests.assembly import ROOT

BODIES = {
    "none": "",
    "needed": "a: int\n    b: tuple[str, ...]",
    "with defaults": "a: int\n    b: str | None = None\n    c: int",
    "names that mean something": "self: int\n    b: int\n    put: int = 1\n    default2: int = 2",
    "with a factory": "a: int\n    b: dict[str, int] = dataclasses.field(default_factory=dict)",
    "with a secret": "a: int\n    b: str = dataclasses.field(default='x', repr=False)",
}
MODULE = """\
from __future__ import annotations
import dataclasses
from typing import Literal

class Base:
    __slots__ = ()

@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Base):
    '''Some text.'''

    {body}

class Mine(Made):
    pass

@dataclass(frozen=True, slots=True, kw_only=True)
class More(Made):
    '''More text.'''

    more: Literal["x"] = "x"
"""

ACTS: dict[str, Callable[[Any, dict[str, Any]], object]] = {
    "repr": lambda cls, given: repr(cls(**given)),
    "equal": lambda cls, given: cls(**given) == cls(**given),
    "of another class": lambda cls, given: cls(**given) == cls.__mro__[1],
    "unequal": lambda cls, given: cls(**given) == cls(**dict.fromkeys(given, 7)),
    "hash": lambda cls, given: hash(cls(**given)),
    "missing": lambda cls, given: repr(cls(**dict([*given.items()][1:]))),
    "unknown": lambda cls, given: cls(**given, unknown=1),
    "positional": lambda cls, _: cls(1),
    "set": lambda cls, given: setattr(cls(**given), "b", 2),
    "delete": lambda cls, given: delattr(cls(**given), "b"),
    "pickle": lambda cls, given: repr(pickle.loads(pickle.dumps(cls(**given)))),  # noqa: S301  # ours
    "copy": lambda cls, given: repr(copy.copy(cls(**given))),
    "deepcopy": lambda cls, given: repr(copy.deepcopy(cls(**given))),
    "replace": lambda cls, given: repr(dataclasses.replace(cls(**given), **given)),
    "asdict": lambda cls, given: dataclasses.asdict(cls(**given)),
    "signature": lambda cls, _: str(inspect.signature(cls)),
    "hints": lambda cls, _: get_type_hints(cls),
    "hints of the constructor": lambda cls, _: get_type_hints(cls.__init__),
    "fields": lambda cls, _: [repr(field) for field in dataclasses.fields(cls)],
    "parameters": lambda cls, _: repr(cls.__dataclass_params__),
    "slots": lambda cls, _: cls.__slots__,
    "match": lambda cls, _: cls.__match_args__,
    "text": lambda cls, _: (cls.__doc__, cls.__name__, cls.__qualname__, cls.__module__),
    "name of the constructor": lambda cls, _: cls.__init__.__qualname__,
    "is one": lambda cls, _: dataclasses.is_dataclass(cls),
    "a dictionary": lambda cls, given: hasattr(cls(**given), "__dict__"),
    "pydantic": lambda cls, given: repr(TypeAdapter(cls).validate_python(given)),
}  # fmt: skip


def made(decorator: object, body: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of both sides by turns, which is of one name, as both are compared by text."""
    module = ModuleType("of_records")
    vars(module)["dataclass"] = decorator
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(MODULE.format(body=body or "pass"), vars(module))  # noqa: S102  # the text above
    return module


def outcome(act: Callable[[Any, dict[str, Any]], object], cls: Any) -> object:
    parameters = inspect.signature(cls).parameters.values()
    needed = [each.name for each in parameters if each.default is each.empty]
    try:
        return act(cls, dict.fromkeys(needed, 1))
    except Exception as error:  # noqa: BLE001  # which is compared
        return type(error), str(error)


@pytest.mark.parametrize("name", ["Made", "Mine", "More"])
@pytest.mark.parametrize(
    ("body", "act"),
    [
        (body, act)
        for body in BODIES
        for act in ACTS
        if body != "none" or act not in {"set", "delete"}  # see below
    ],
)
def test_it_is_the_dataclass_that_it_looks_like(
    body: str, name: str, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = [
        outcome(ACTS[act], getattr(made(decorator, BODIES[body], monkeypatch), name))
        for decorator in (vars(records)["dataclass"], dataclasses.dataclass)
    ]
    assert ours == theirs


def test_what_is_no_field_is_as_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """`dataclasses` stumbles over its own slots here: a TypeError about `super`."""
    module = made(vars(records)["dataclass"], "a: int", monkeypatch)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'other'"):
        module.Made(a=1).other = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'other'"):
        del module.Made(a=1).other
    mine = module.Mine(a=1)
    mine.other = 2
    del mine.other
    assert not vars(mine)


def test_a_module_that_was_unloaded_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = made(vars(records)["dataclass"], "a: int", monkeypatch)
    monkeypatch.delitem(sys.modules, module.__name__)
    assert dataclasses.is_dataclass(module.Made)


PROGRAM = """
import sys
from checkout_messaging import OrderPlaced, OrderPlacedCustomer
read = OrderPlaced.from_json(
    '{"order_id": "o", "event_id": "e", "total": 1, "customer": {"tier": "gold"},'
    ' "items": [{"sku": "a", "quantity": 1}]}'
)
repr(read), hash(read), read == read, read.customer.tier
assert "dataclasses" not in sys.modules and "inspect" not in sys.modules
import dataclasses
assert dataclasses.is_dataclass(OrderPlacedCustomer)
assert dataclasses.replace(read, order_id="p").order_id == "p"
"""


def test_dataclasses_is_imported_when_somebody_asks() -> None:
    subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM],
        check=True,
        env={"PYTHONPATH": str(ROOT / "examples/checkout/src")},
    )
