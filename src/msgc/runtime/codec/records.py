"""Frozen dataclasses with slots, of which `dataclasses` hears when somebody asks.

Importing `dataclasses`, and what that imports, takes as long as importing everything else that a
handler needs; and for every class it writes six methods as text and compiles them. So methods that
can be the same for all classes are below, and fields are described once they are looked at: by
`fields`, `replace`, `asdict`, `is_dataclass`, or by a library that does something with dataclasses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_DESCRIBED = ("__dataclass_fields__", "__dataclass_params__")


def _decorator(*, frozen: bool, slots: bool, kw_only: bool) -> Callable[[Any], Any]:
    """Do to a class what `dataclasses.dataclass` does, of which this has the arguments."""

    def decorate(cls: Any) -> Any:
        names: tuple[str, ...] = tuple(cls.__annotations__)
        own: dict[str, Any] = dict(cls.__dict__)
        defaults = {name: own.pop(name) for name in names if name in own}
        inherits = hasattr(cls, "__dataclass_fields__")
        if inherits or any(map(_is_field, defaults.values())):
            import dataclasses

            made = dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only)
            return made(cls)
        own.pop("__dict__", None)
        own.pop("__weakref__", None)
        described = [_Described(name, defaults) for name in _DESCRIBED]
        own |= _METHODS
        own |= zip(_DESCRIBED, described, strict=True)
        own["__slots__"] = own["__names__"] = names
        own["__match_args__"] = ()
        own["__init__"] = _constructor(cls, names, defaults)
        made = type(cls)(cls.__name__, cls.__bases__, own)
        made.__qualname__ = cls.__qualname__
        for each in described:
            each.cls = made
        return made

    return decorate


def _is_field(default: object) -> bool:
    """Whether a default was made by `field`, which `dataclasses` understands."""
    return "dataclasses" in sys.modules and type(default).__name__ == "Field"


class _Described:
    """What `dataclasses` says of a class, which is had the first time that it is looked at."""

    def __init__(self, name: str, defaults: dict[str, Any]) -> None:
        self.cls: Any = None
        self._name = name
        self._defaults = defaults

    def __get__(self, instance: object, owner: type) -> Any:
        import dataclasses  # 9 ms

        cls = self.cls
        # Of its own module it needs nothing; that may have been unloaded.
        alike = {"__annotations__": cls.__annotations__, "__module__": "builtins"}
        twin: Any = type(cls.__name__, (), {"__doc__": "."} | alike | self._defaults)
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(twin)
        said = twin.__dataclass_params__
        for parameter in ("init", "repr", "eq", "frozen", "slots"):
            if hasattr(said, parameter):  # some came with later versions of Python
                setattr(said, parameter, True)
        for name in _DESCRIBED:
            setattr(cls, name, getattr(twin, name))
        return getattr(cls, self._name)


def _constructor(cls: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """Return the constructor that `dataclasses` writes."""
    myself, put = (_unlike(names, name) for name in ("self", "put"))
    given: dict[str, Any] = {put: object.__setattr__}
    parameters = [myself, "*"] if names else [myself]
    for number, name in enumerate(names):
        if name in defaults:
            default = _unlike(names, f"default{number}")
            given[default] = defaults[name]
            parameters.append(f"{name}={default}")
        else:
            parameters.append(name)
    source = [
        f"def make({', '.join(given)}):",
        f" def __init__({', '.join(parameters)}):",
        *([f"  {put}({myself}, {name!r}, {name})" for name in names] or ["  pass"]),
        " return __init__",
    ]
    made: dict[str, Any] = {}
    # The names of fields are identifiers; nothing else of a schema is in it.
    exec("\n".join(source), vars(sys.modules[cls.__module__]), made)  # noqa: S102
    constructor = made["make"](**given)
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    constructor.__annotations__ = cls.__annotations__ | {"return": None}
    return constructor


def _unlike(names: tuple[str, ...], name: str) -> str:
    """Return a name that no field has."""
    while name in names:
        name += "_"
    return name


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__names__])


def _hash(self: Any) -> int:
    return hash(_values(self))


def _equals(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _values(self) == _values(other)


@recursive_repr()
def _shown(self: Any) -> str:
    shown = [f"{name}={getattr(self, name)!r}" for name in self.__names__]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _set(self: Any, name: str, value: object) -> None:
    _refuse_field(self, name, "assign to")
    object.__setattr__(self, name, value)


def _delete(self: Any, name: str) -> None:
    _refuse_field(self, name, "delete")
    object.__delattr__(self, name)


def _refuse_field(self: Any, name: str, what: str) -> None:
    """Refuse to change a field; a class that inherits may have attributes of its own."""
    if name in self.__names__ or "__names__" in self.__class__.__dict__:
        from dataclasses import FrozenInstanceError

        message = f"cannot {what} field {name!r}"
        raise FrozenInstanceError(message)


def _restore(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__names__, state, strict=True):
        object.__setattr__(self, name, value)


def _replace(self: Any, /, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(self, **changes)


_METHODS: dict[str, Any] = {
    "__eq__": _equals,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _values,
    "__setstate__": _restore,
    "__replace__": _replace,
}

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _decorator
