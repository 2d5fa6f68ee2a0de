"""Refuse a file that asks for another version of msgc: `build: {requires: "~=1.2"}`."""

from __future__ import annotations

import re

from msgc import __version__
from msgc.diagnostics import Diagnostic
from msgc.tree import Mapping, Scalar, whole
from msgc.workspace.codes import OTHER_VERSION

_CLAUSE = r"\s*(~=|==|!=|>=|<=|>|<)\s*(\d+(?:\.\d+)*)\s*"


def other_version(root: Mapping, version: str = __version__) -> Diagnostic | None:
    """Return a finding if a file asks for another version of msgc than this."""
    build = root.get("build")
    written = build.get("requires") if isinstance(build, Mapping) else None
    if not isinstance(written, Scalar) or allows(written.text, version):
        return None
    return OTHER_VERSION.at(
        written.span,
        f"this file asks for msgc {written.text}, and this is msgc {version}",
        help=f'install it: `pip install "msgc{written.text.replace(" ", "")}"`',
    )


def allows(requirement: str, version: str) -> bool:
    """Whether a version is in a range as Python packages have it; yes if the range can't be read.

    https://packaging.python.org/en/latest/specifications/version-specifiers/
    """
    clauses = [re.fullmatch(_CLAUSE, clause) for clause in requirement.split(",")]
    here = _numbers(version)
    return all(clause is None or _is_in(here, clause[1], clause[2]) for clause in clauses)


def _is_in(here: tuple[int, ...], operator: str, written: str) -> bool:
    there = _numbers(written)
    if operator == "~=":
        prefix = tuple(whole(part) for part in written.split("."))[:-1]
        padded = (*here, *(0 for _ in prefix))
        return here >= there and padded[: len(prefix)] == prefix
    return {
        "==": here == there,
        "!=": here != there,
        ">=": here >= there,
        "<=": here <= there,
        ">": here > there,
        "<": here < there,
    }[operator]


def _numbers(version: str) -> tuple[int, ...]:
    """Return the release of a version, without zeros at its end: 1.2.0rc1 is 1.2."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [whole(part) for part in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
