"""The base of every value type: a frozen, keyword-only record that costs next to nothing to define.

`dataclasses` generates and compiles code for each class, 0.7 ms apiece at import; msgc has enough
record types for that to outweigh everything else a validation does. Type checkers see a frozen,
keyword-only dataclass.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self, dataclass_transform

_MISSING = object()
_set = object.__setattr__


class _RecordType(type):
    """Turns annotations into fields; defaults are attributes of the class.

    So a record holds what it was given and no more, which is half of its memory where most fields
    have their defaults.
    """

    _fields: dict[str, Any]
    """All of them in order, with their defaults or `_MISSING`."""
    _required: frozenset[str]
    _accepted: set[tuple[str, ...]]
    """The names of fields, in order, that a record has been made of before."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> _RecordType:
        fields: dict[str, Any] = {}
        for base in bases:
            fields |= getattr(base, "_fields", {})
        for field, annotation in namespace.get("__annotations__", {}).items():
            if not annotation.startswith("ClassVar"):
                fields[field] = default = namespace.get(field, _MISSING)
                if hasattr(default, "__get__"):  # a function, which would become a method
                    namespace[field] = staticmethod(default)
        namespace["_fields"] = fields
        namespace["_required"] = frozenset([f for f, value in fields.items() if value is _MISSING])
        namespace["_accepted"] = set()
        return super().__new__(cls, name, bases, namespace, **options)


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Record(metaclass=_RecordType):
    """A frozen value with named fields; two records are equal only if they are the same one.

    Identity is what a compiler wants: two queues with equal settings are two queues, and a record
    can be a key of a dictionary at no cost.
    """

    _fields: ClassVar[dict[str, Any]]
    _required: ClassVar[frozenset[str]]
    _accepted: ClassVar[set[tuple[str, ...]]]

    def __init__(self, **given: Any) -> None:
        """Set every field; `TypeError` for a missing or an unknown one."""
        names = tuple(given)
        if names not in self._accepted:
            _check_names(self.__class__, given)
            self._accepted.add(names)
        _set(self, "__dict__", given)

    def __setattr__(self, name: str, value: Any) -> None:
        raise _frozen(self)

    def __delattr__(self, name: str) -> None:
        raise _frozen(self)

    def __repr__(self) -> str:
        fields = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({fields})"

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        fields = self._fields  # beside which may stand what a `cached_property` has worked out
        given = {name: value for name, value in self.__dict__.items() if name in fields}
        return type(self)(**given | changes)


class _Open:
    """The type of `OPEN`."""

    def __repr__(self) -> str:
        return "OPEN"


OPEN: Final[Any] = _Open()
"""The value of a field that isn't known when its record is made: `settle` sets it, once."""


def settle(record: Record, **values: Any) -> None:
    """Set fields that are `OPEN`; `ValueError` for one that has a value."""
    for field, value in values.items():
        if getattr(record, field) is not OPEN:
            message = f"{type(record).__name__}: {field} is settled"
            raise ValueError(message)
        record.__dict__[field] = value


def values_of(record: Record) -> dict[str, Any]:
    """Return all fields of a record with their values."""
    return {field: getattr(record, field) for field in record._fields}  # its own


def _check_names(cls: type[Record], given: dict[str, Any]) -> None:
    """Raise `TypeError` for a missing or an unknown field."""
    for field in cls._fields:
        if field in cls._required and field not in given:
            message = f"{cls.__name__}: missing field {field!r}"
            raise TypeError(message)
    for field in given:
        if field not in cls._fields:
            message = f"{cls.__name__}: unknown field {field!r}"
            raise TypeError(message)


def _frozen(record: Record) -> AttributeError:
    return AttributeError(f"{type(record).__name__} is frozen")
