"""How large a pattern is to the runtime's linear matcher: an upper bound, without making it."""

from __future__ import annotations

from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Concatenation,
    Group,
    Look,
    Part,
    Repeat,
)
from msgc.runtime.codec.patterns.positions import NEAR

POSITIONS = 100_000
"""Characters of a pattern, as often as they are counted."""
PARTS = 30_000
"""Parts of it, as often as they are counted."""
WORK = 4_000_000
"""Ways times positions, which one more character of a text may take: some 50 µs."""
LOOKS = 8
"""Lookarounds side by side: their number doubles the contexts to be told apart."""


def is_too_large(root: Part) -> bool:
    """Whether the matcher would take too much memory, or too long for a character."""
    waiting = [(root, False)]
    work = positions = parts = 0
    for each, backwards in waiting:  # which grows
        looks: list[Look] = []
        size = size_of(each, looks, backwards=backwards)
        waiting += [(look.body, not look.behind) for look in looks]
        positions += size.positions
        parts += size.parts
        work += size.far * (size.positions + 3000)
        if positions > POSITIONS or parts > PARTS or len(looks) > LOOKS or work > WORK:
            return True
    return False


class End:
    """One end of a part: how far inside it the pattern may begin there, or end."""

    __slots__ = ("cases", "plain", "reach")

    def __init__(self, reach: int = 0, cases: int = 0, *, plain: bool = True) -> None:
        self.reach = reach
        self.cases = cases
        """On how many conditions, at most."""
        self.plain = plain
        """Whether the only condition is none."""

    def further(self, behind: End, size: Size) -> End:
        """Return this end of a part with another behind it; `size` is of the part."""
        if not size.nullable or not behind.cases:
            return self
        plain = self.plain and behind.plain and size.plain
        cases = max(self.cases, behind.cases) if plain else self.cases + behind.cases
        return End(size.positions + behind.reach, cases, plain=plain)


class Size:
    """How much there is to a part."""

    __slots__ = ("far", "first", "last", "nullable", "parts", "plain", "positions")

    def __init__(self, positions: int = 0, *, nullable: bool = True, plain: bool = True) -> None:
        self.positions = positions
        self.parts = 1
        self.far = 0
        """Ways to what isn't near."""
        cases = 1 if positions else 0
        self.first = End(0, cases)
        self.last = End(0, cases)
        self.nullable = nullable
        self.plain = plain
        """Whether it may be passed without a character on no condition."""


def size_of(part: Part, looks: list[Look], *, backwards: bool = False) -> Size:  # noqa: PLR0911  # one a kind
    """Measure a part, and add its lookarounds to the list: they are automata of their own.

    `backwards`: as it is read from its end, which is how lookaheads are.
    """
    match part:
        case Characters():
            return Size(1, nullable=False)
        case Concatenation():
            whole = Size()
            for each in reversed(part.parts) if backwards else part.parts:
                whole = _joined(whole, size_of(each, looks, backwards=backwards))
            return whole
        case Alternation():
            return _either([size_of(each, looks, backwards=backwards) for each in part.options])
        case Group():
            return size_of(part.body, looks, backwards=backwards)
        case Repeat():
            return _repeated(part, size_of(part.body, looks, backwards=backwards))
        case Look():
            looks.append(part)
            return Size(plain=False)
        case Assertion() | Backreference():
            return Size(plain=False)


def _joined(before: Size, after: Size) -> Size:
    out = Size(before.positions + after.positions)
    out.parts = before.parts + after.parts
    out.nullable = before.nullable and after.nullable
    out.plain = before.plain and after.plain
    out.far = before.far + after.far + _links(before, after)
    out.first = before.first.further(after.first, before)
    out.last = after.last.further(before.last, after)
    return out


def _links(before: Size, after: Size) -> int:
    """Count the ways from one to the other that aren't near."""
    last, first = before.last, after.first
    is_near = last.plain and first.plain and last.reach + first.reach + 1 <= NEAR
    return 0 if is_near else last.cases * first.cases


def _either(options: list[Size]) -> Size:
    out = Size(sum([each.positions for each in options]), nullable=False)
    out.parts = 1 + sum([each.parts for each in options])
    out.far = sum([each.far for each in options])
    out.nullable = any(each.nullable for each in options)
    out.plain = any(each.plain and each.nullable for each in options)
    out.first = _any([each.first for each in options], out.positions)
    out.last = _any([each.last for each in options], out.positions)
    return out


def _any(ends: list[End], reach: int) -> End:
    plain = all(each.plain for each in ends)
    cases = [each.cases for each in ends]
    return End(reach, max(cases) if plain else sum(cases), plain=plain)


def _repeated(part: Repeat, body: Size) -> Size:
    inner = part.body
    while isinstance(inner, Group):
        inner = inner.body
    copies = max(part.least, 1) if part.most is None else part.most
    optional = copies - min(max(part.least, 1), copies)
    out = Size(copies * body.positions, nullable=part.least == 0 or body.nullable)
    out.plain = part.least == 0 or body.plain
    if isinstance(inner, Characters):
        out.last.reach = 0 if part.most is None else optional
        return out
    out.parts = 1 + copies * body.parts
    between = body.last.cases * body.first.cases if body.nullable else _links(body, body)
    out.far = copies * (body.far + between)
    if part.most is None:
        out.far += body.last.cases * body.first.cases
    reach = out.positions if body.nullable else 0
    out.first, out.last = (
        End(
            max(reach, further * body.positions + end.reach),
            end.cases if end.plain and body.plain else end.cases * copies,
            plain=end.plain and (body.plain or not body.nullable),
        )
        for end, further in ((body.first, 0), (body.last, optional))
    )
    return out
