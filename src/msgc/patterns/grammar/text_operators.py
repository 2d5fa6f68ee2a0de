"""The grammar of the operators on texts: `prefix`, `suffix`, `wildcard`, `cidr`, ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgc.patterns import codes
from msgc.patterns.dialect import Dialect
from msgc.patterns.grammar.problem import Path, Problem, one_each, wrong_operand
from msgc.patterns.grammar.wildcard_complexity import TOO_COMPLEX
from msgc.runtime.matching.addresses import block_of

Found = Iterator[Problem]


def check_text(key: str, operand: Any, path: Path, _: Dialect) -> Found:
    """Check what `equals-ignore-case` takes."""
    if not isinstance(operand, str):
        # Two of the reasons are slips of AWS's own.
        named = {"cidr": "prefix", "exactly": "exact"}.get(key, key)
        reason = f"{named} match pattern must be a string"
        wrong = wrong_operand(key, operand, path, "takes a text", reason)
        texts = isinstance(operand, list) and all(isinstance(one, str) for one in operand)
        yield wrong.replace(help=one_each(key, operand)) if texts and operand else wrong


def check_affix(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    """Check what `prefix` and `suffix` take."""
    if not isinstance(operand, dict):
        yield from check_text(key, operand, path, dialect)
        return
    if len(operand) != 1 or not isinstance(operand.get("equals-ignore-case"), str):
        takes = "takes a text, or `{equals-ignore-case: text}`"
        yield wrong_operand(key, operand, path, takes, _affix_reason(key, operand))
    elif not dialect.folded_affixes:
        yield Problem(
            code=codes.OPERATOR_NOT_HERE,
            path=path,
            message=f"{dialect.name} has no `equals-ignore-case` in `{key}`",
            reason=f"{key} match pattern must be a string",
            help=f"list the spellings: `[{{{key}: a}}, {{{key}: A}}]`",
        )


def _affix_reason(key: str, operand: dict[str, Any]) -> str:
    first = next(iter(operand), None)
    if first is None:
        return f"{key.capitalize()} expression name not found"
    if first != "equals-ignore-case":
        return f"Unsupported {key} pattern: {first}"
    if not isinstance(operand[first], str):
        return "equals-ignore-case match pattern must be a string"
    return "Only one key allowed in match expression"


def check_wildcard(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    """Check what `wildcard` takes."""
    if not isinstance(operand, str):
        yield from check_text(key, operand, path, dialect)
        return
    pieces = re.findall(r"\\[*\\]|.", operand, re.DOTALL)
    stars = pieces.count("*")
    if (found := _misspelt(pieces)) is not None:
        message, reason, help_ = found
    elif dialect.stars is not None and stars > dialect.stars:
        message = f"{stars} `*` are too complex: {dialect.name} takes {dialect.stars}"
        reason, help_ = TOO_COMPLEX, "use fewer, or `prefix` and `suffix`"
    else:
        return
    yield Problem(code=codes.BAD_WILDCARD, path=path, message=message, reason=reason, help=help_)


def _misspelt(pieces: list[str]) -> tuple[str, str, str] | None:
    position = 1  # AWS counts bytes, from the quote
    for piece, following in zip(pieces, (*pieces, "")[1:], strict=True):
        if piece == "\\":
            message = "a backslash can only escape `*` or a backslash"
            reason = f"Invalid escape character at pos {position}"
            return message, reason, "write two backslashes for one"
        if piece == following == "*":
            reason = f"Consecutive wildcard characters at pos {position}"
            return "two `*` in a row are refused", reason, "write one"
        position += len(piece.encode(errors="surrogatepass"))
    return None


def _no_network(text: str, dialect: Dialect) -> str | None:
    if "/" not in text and not dialect.bare_addresses:
        return "Malformed CIDR, one '/' required"
    try:
        block_of(text)
    except ValueError as error:
        return str(error)
    return None


def check_network(key: str, operand: Any, path: Path, dialect: Dialect) -> Found:
    """Check what `cidr` takes."""
    if not isinstance(operand, str):
        yield from check_text(key, operand, path, dialect)
        return
    reason = _no_network(operand, dialect)
    if reason is None:
        return
    single = operand.endswith(("/32", "/128"))
    yield Problem(
        code=codes.BAD_NETWORK,
        path=path,
        message=f"`{operand}` is {'one address, and ' if single else ''}no network",
        reason=reason,
        help="write the address itself into the list, as a value"
        if single
        else "write address, slash and bits: `10.0.0.0/24`",
    )


CHECKS: dict[str, Callable[[str, Any, Path, Dialect], Found]] = {
    "prefix": check_affix,
    "suffix": check_affix,
    "equals-ignore-case": check_text,
    "wildcard": check_wildcard,
    "cidr": check_network,
    "exactly": check_text,
}
"""What checks the operand of each operator."""
