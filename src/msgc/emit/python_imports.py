"""Import statements of generated Python, sorted as `ruff` and isort sort them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

WIDTH = 88
"""Columns of a line: the formatter's default."""


def import_lines(modules: Iterable[str], names: dict[str, set[str]], indent: str) -> list[str]:
    """Return sorted import statements, an empty line between sections.

    `modules` are `x` or `x as y`; `names` maps a module to `name` or `name as alias`. As isort
    does by default, an aliased name gets a statement of its own.
    """
    given = frozenset([(module, frozenset(some)) for module, some in names.items()])
    return list(_import_lines(frozenset(modules), given, indent))


@lru_cache(maxsize=100)
def _import_lines(
    modules: frozenset[str], names: frozenset[tuple[str, frozenset[str]]], indent: str
) -> tuple[str, ...]:
    """Do it once for all modules that need the same: those of messages are much alike."""
    statements: list[tuple[tuple[Any, ...], list[str]]] = []
    for module in modules:
        real, _, alias = module.partition(" as ")
        section, key = module_key(real)
        statements.append(((section, 0, key, (), _natural(alias)), [f"{indent}import {module}"]))
    for module, imported in names:
        section, key = module_key(module)
        plain: list[str] = []
        for name in imported:
            real, _, alias = name.partition(" as ")
            if alias:
                place = (section, 1, key, _member_key(real), _natural(alias))
                statements.append((place, _from_import(module, [name], indent)))
            else:
                plain.append(name)
        if plain:
            plain.sort(key=_member_key)
            place = (section, 1, key, _member_key(plain[0]), "")
            statements.append((place, _from_import(module, plain, indent)))
    statements.sort()
    out: list[str] = []
    for _, together in groupby(statements, key=lambda statement: statement[0][0]):
        out += [""] if out else []
        for _, lines in together:
            out += lines
    return tuple(out)


@lru_cache(maxsize=2000)
def module_key(module: str) -> tuple[int, tuple[Any, ...]]:
    """The section (standard library, third party, relative), and the place in it."""
    name = module.lstrip(".")
    dots = len(module) - len(name)
    standard = name.partition(".")[0] in sys.stdlib_module_names
    section = 2 if dots else 0 if standard else 1
    return section, (-dots, _natural(name.lower()), _natural(name))


@lru_cache(maxsize=2000)
def _member_key(name: str) -> tuple[Any, ...]:
    """Constants, then classes, then the rest."""
    constant = len(name) > 1 and name.isupper()
    kind = 0 if constant else 1 if name[:1].isupper() else 2
    return (kind, _natural(name.lower()), _natural(name))


def _natural(text: str) -> str:
    """Numbers inside a name count as numbers: `a2` comes before `a10`."""
    return text if text.isalpha() else _digits()(_number, text)


@cache
def _digits() -> Callable[[Callable[[re.Match[str]], str], str], str]:
    return re.compile("[0-9]+").sub


def _number(digits: re.Match[str]) -> str:
    """A digit, so that it sorts among letters as before; then the longer number is larger."""
    number = digits[0].lstrip("0")
    return f"0{chr(len(number))}{number}"


def _from_import(module: str, names: list[str], indent: str) -> list[str]:
    flat = f"{indent}from {module} import {', '.join(names)}"
    if len(flat) <= WIDTH:
        return [flat]
    opening = f"{indent}from {module} import ("
    return [opening, *(f"{indent}    {name}," for name in names), f"{indent})"]
