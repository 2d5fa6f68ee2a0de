"""The base of every value type: a frozen, keyword-only record that costs next to nothing to define.

`dataclasses` generates and compiles code for each class, 0.7 ms apiece at import; msgc has enough
record types for that to outweigh everything else a validation does. Type checkers see a frozen,
keyword-only dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Self, dataclass_transform

_MISSING = object()


_MANY = 100
"""Records of one class from which a constructor of its own, made in 50 µs, pays: it saves half."""


class _RecordType(type):
    """Turns annotations into slots and keeps the defaults aside."""

    _fields: dict[str, Any]
    _setters: tuple[tuple[str, Callable[[Any, Any], None], Any], ...]
    """Of each field its name, what sets its slot, and the default: all that `_fill` needs."""
    _count: int
    """Records so far, up to `_MANY`."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> _RecordType:
        own = [
            field
            for field, annotation in namespace.get("__annotations__", {}).items()
            if not str(annotation).startswith("ClassVar")
        ]
        defaults = {field: namespace.pop(field, _MISSING) for field in own}
        fields: dict[str, Any] = {}
        for base in bases:
            fields.update(getattr(base, "_fields", {}))
        namespace["__slots__"] = tuple(own)
        namespace["_fields"] = fields | defaults
        namespace["_count"] = 0
        namespace["__init__"] = _fill  # not inherited, as a base may have got its own
        made = super().__new__(cls, name, bases, namespace, **options)
        made._setters = tuple(
            (field, getattr(made, field).__set__, default)
            for field, default in made._fields.items()
        )
        return made


def _fill(record: Record, **values: Any) -> None:
    """Set every field; `TypeError` for a missing or an unknown one."""
    cls = type(record)
    for field, set_slot, default in cls._setters:
        value = values.pop(field, default)
        if value is _MISSING:
            message = f"{cls.__name__}: missing field {field!r}"
            raise TypeError(message)
        set_slot(record, value)
    if values:
        message = f"{cls.__name__}: unknown field {next(iter(values))!r}"
        raise TypeError(message)
    cls._count += 1
    if cls._count == _MANY and cls._setters:
        cls.__init__ = _constructor(cls)  # type: ignore[method-assign]  # does the same, faster


def _constructor(cls: type[Record]) -> Callable[..., None]:
    """Compile what sets the fields of one class, as `dataclasses` does for all."""
    known: dict[str, Any] = {}
    parameters, body = ["self", "*"], []
    for field, set_slot, default in cls._setters:
        known[f"set_{field}"], known[f"default_{field}"] = set_slot, default
        parameters.append(field if default is _MISSING else f"{field}=default_{field}")
        body.append(f"    set_{field}(self, {field})\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(body)}", known)  # noqa: S102  # of names of fields alone
    made: Callable[..., None] = known["__init__"]
    return made


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Record(metaclass=_RecordType):
    """A frozen value with named fields; two records are equal only if they are the same one.

    Identity is what a compiler wants: two queues with equal settings are two queues, and a record
    can be a key of a dictionary at no cost.
    """

    _fields: ClassVar[dict[str, Any]]
    _setters: ClassVar[tuple[tuple[str, Callable[[Any, Any], None], Any], ...]]
    _count: ClassVar[int]

    def __setattr__(self, name: str, value: Any) -> None:
        raise _frozen(self)

    def __delattr__(self, name: str) -> None:
        raise _frozen(self)

    def __repr__(self) -> str:
        fields = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({fields})"

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return type(self)(**{f: getattr(self, f) for f in self._fields} | changes)


def _frozen(record: Record) -> AttributeError:
    return AttributeError(f"{type(record).__name__} is frozen")
