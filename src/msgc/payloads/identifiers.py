"""Python names for what JSON names: fields and classes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache
from keyword import iskeyword

METHODS = frozenset({"from_json", "from_dict", "to_json", "to_dict", "example"})
"""What a message can do: none of its fields is called so."""


def field_names(wires: Iterable[str], *, methods: bool = False) -> dict[str, str]:
    """Return the Python name of every property of an object: snake_case, unique, no keyword.

    Those of a class with `methods` aren't called like one of these.

    Where two come out the same (`orderId`, `order_id`), the one that is spelled so already keeps
    it, whatever the order; the others are numbered.
    """
    wanted = {wire: _snake(wire) for wire in wires}
    if methods and not METHODS.isdisjoint(wanted.values()):
        wanted = {w: f"{name}_" if name in METHODS else name for w, name in wanted.items()}
    if len(set(wanted.values())) == len(wanted):
        return wanted
    out = {wire: name for wire, name in wanted.items() if wire == name}  # as it is spelled
    taken = Taken(out.values())
    for wire, name in wanted.items():
        if wire not in out:
            out[wire] = taken.unique(name, "_")
    return {wire: out[wire] for wire in wanted}


class Taken:
    """Names that are taken, and how far each has been numbered: many may want one name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = set(names)
        self._numbers: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def add(self, name: str) -> None:
        """Take a name."""
        self._names.add(name)

    def unique(self, name: str, separator: str = "") -> str:
        """Take the name, or the name with the first number that is free, and return it."""
        candidate, number = name, self._numbers.get(name, 2)
        while candidate in self._names:
            candidate, number = f"{name.rstrip('_')}{separator}{number}", number + 1
        self._numbers[name] = number
        self._names.add(candidate)
        return candidate


def unique(name: str, taken: Container[str], separator: str = "") -> str:
    """Return the name, or the name with the first number that is free."""
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name.rstrip('_')}{separator}{number}", number + 1
    return candidate


def humps(text: str, joint: str) -> str:
    """`orderLine` → `order_Line`, `HTTPStatus` → `HTTP_Status`, where `joint` is `_`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", joint, text)


@cache
def pascal(text: str) -> str:
    """`order-line` and `orderLine` → `OrderLine`; empty if there is no letter in it."""
    words = [word for word in re.split(r"[\W_]+", _as_python_reads(text)) if word]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name.lstrip("0123456789")


def from_title(title: str) -> str | None:
    """Return the class that a title names, if it is a name and not a sentence."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*([ _-][A-Za-z0-9]+){0,3}", title) is None:
        return None
    return pascal(title)


def singular(name: str) -> str:
    """`Items` → `Item`, `Addresses` → `Address`; `Data` → `DataItem`."""
    if name.endswith("ies") and len(name) > 4:
        return f"{name[:-3]}y"
    if name.endswith(("sses", "shes", "ches", "xes", "zes")):
        return name[:-2]
    if name.endswith("s") and not name.endswith(("ss", "us", "is")):
        return name[:-1]
    return f"{name}Item"


@cache
def _snake(wire: str) -> str:
    # A leading underscore would make it private, two would mangle it.
    name = re.sub(r"[\W_]+", "_", humps(_as_python_reads(wire), "_")).strip("_").lower()
    if not name.isidentifier():
        name = f"field_{name}" if name else "field"
    return f"{name}_" if iskeyword(name) else name


def _as_python_reads(text: str) -> str:
    """Return what Python makes of an identifier: an `é` of two characters is one character."""
    if text.isascii():
        return text
    from unicodedata import normalize  # noqa: PLC0415  # for few

    return normalize("NFKC", text)
