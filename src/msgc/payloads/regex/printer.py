"""Prints a regular expression as Python's `re` takes it, as near to what was written as it can."""

from __future__ import annotations

from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.characters import LAST, Range, Ranges, complement, merged
from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Concatenation,
    Group,
    Look,
    NotForPython,
    Part,
    Repeat,
    width,
)

_ASSERTIONS = {
    "start": "^",
    "end": r"\Z",
    "boundary": r"(?a:\b)",
    "no boundary": r"(?!(?a:\b))",  # `\B` itself isn't found in the empty text
}
_CONTROLS = {9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r"}
_SPECIAL = frozenset(r"\^$.|?*+()[]{}")
_NOTHING = r"[^\s\S]"
_EVERYTHING = r"[\s\S]"


def as_python(root: Part, references: Backreferences) -> str:
    """Return the text; raises `NotForPython` where there is none."""
    return _Printer(references).text(root)


class _Printer:
    """Knows what references mean."""

    def __init__(self, references: Backreferences) -> None:
        self._references = references

    def text(self, part: Part) -> str:  # noqa: PLR0911  # one a kind
        match part:
            case Characters():
                return _characters(part)
            case Concatenation():
                return "".join([self.text(each) for each in part.parts])
            case Alternation():
                return "|".join([self.text(each) for each in part.options])
            case Group():
                return f"({_kind(part)}{self.text(part.body)})"
            case Repeat():
                lazy = "?" if part.lazy else ""
                return f"{self._one(part.body)}{_count(part.least, part.most)}{lazy}"
            case Assertion():
                return _ASSERTIONS[part.kind]
            case Look():
                return self._look(part)
            case Backreference():
                return self._reference(part)

    def _one(self, part: Part) -> str:
        """Print what is repeated as one thing."""
        return self.text(part) or "(?:)"

    def _look(self, look: Look) -> str:
        sign = "!" if look.negative else "="
        if not look.behind:
            return f"(?{sign}{self.text(look.body)})"
        body = look.body
        while isinstance(body, Group) and body.number is None:
            body = body.body
        options = body.options if isinstance(body, Alternation) else (body,)
        for option in options:
            low, high = width(option)
            if low != high:
                message = "a lookbehind, `(?<=` or `(?<!`, takes what has one length"
                raise NotForPython(message)
        if len({width(option) for option in options}) == 1:
            return f"(?<{sign}{self.text(body)})"
        each = [f"(?<{sign}{self.text(option)})" for option in options]
        return "".join(each) if look.negative else f"(?:{'|'.join(each)})"

    def _reference(self, reference: Backreference) -> str:
        meaning = self._references.meaning(reference)
        if meaning == "nothing":
            return "(?:)"
        number = self._references.group(reference).number
        if meaning == "the group":
            return f"(?:\\{number})"
        return f"(?({number})\\{number})"


def _kind(group: Group) -> str:
    if group.number is None:
        return "?:"
    named = group.name is not None and group.name.isidentifier()
    return f"?P<{group.name}>" if named else ""


def _count(least: int, most: int | None) -> str:
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((least, most))
    if short is not None:
        return short
    if most == least:
        return f"{{{least}}}"
    return f"{{{least},{'' if most is None else most}}}"


def _characters(characters: Characters) -> str:
    ranges, categories = characters.ranges, characters.categories
    alone = len(ranges) == 1 and not categories and not characters.negated
    if alone and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], _SPECIAL)
    if not categories:
        covered = characters.covered()
        if not covered:
            return _NOTHING
        if covered == ((0, LAST),):
            return _EVERYTHING
        if len(covered) == 1 and covered[0][0] == covered[0][1]:
            return _character(covered[0][0], _SPECIAL)
        if any(high == LAST for _, high in ranges):  # all but something, as `\W` has it
            return min(_set(covered, "", ()), _set(complement(covered), "^", ()), key=len)
    return _set(ranges, "^" if characters.negated else "", categories)


def _set(ranges: Ranges, sign: str, categories: tuple[str, ...]) -> str:
    names = [f"\\P{{{name[1:]}}}" if name[0] == "^" else f"\\p{{{name}}}" for name in categories]
    texts = [_range(each) for each in (ranges if len(ranges) < 1000 else merged(ranges))]
    if texts and texts[-1] == r"\-" and not names:  # as people write it
        texts[-1] = "-"
    text = "".join([*texts, *names])
    for doubled in ("&&", "||", "~~"):  # which may mean something one day
        text = text.replace(doubled, f"{doubled[0]}\\{doubled[1]}")
    return f"[{sign}{text}]"


def _range(bounds: Range) -> str:
    low, high = bounds
    first = _character(low, _IN_BRACKETS)
    if low == high:
        return first
    return f"{first}{'-' if high > low + 1 else ''}{_character(high, _IN_BRACKETS)}"


_IN_BRACKETS = frozenset(r"\^-[]")


def _character(point: int, special: frozenset[str]) -> str:
    if point in _CONTROLS:
        return _CONTROLS[point]
    character = chr(point)
    if character in special:
        return f"\\{character}"
    if character.isprintable():
        return character
    return next(
        f"\\{letter}{point:0{digits}x}"
        for letter, digits in (("x", 2), ("u", 4), ("U", 8))
        if point < 16**digits
    )
