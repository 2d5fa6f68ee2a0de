"""Texts with placeholders, such as `${region}`: what is known only when the stack is deployed.

`Text` is the type of every address and name that may have some. A plain `str` has none; a
`Deferred` has, and is never a text by mistake: whoever needs its characters asks `known` and gets
None, or shows its `spelling` to people.
"""

from __future__ import annotations

from typing import Final, Self

from msgc.record import Record

ACCOUNT: Final = "account"
REGION: Final = "region"
BUILT_IN = (ACCOUNT, REGION)
"""Placeholders that every file has: the stack's own account and Region."""
ENVIRONMENT: Final = "env"
"""The name of the environment, which is known wherever there are some."""


class Placeholder(Record):
    """A part of a text that deployment fills in: `account`, `region`, or the name of an input."""

    name: str

    @property
    def is_input(self) -> bool:
        """Whether the app that deploys the stack gives the value, as an argument."""
        return self.name not in BUILT_IN


class Deferred(Record):
    """A text with at least one placeholder in it; two with the same parts are equal."""

    parts: tuple[str | Placeholder, ...]
    written: str | None = None
    """What is declared for it, where that is filled in by an environment."""

    @property
    def spelling(self) -> str:
        """Return it as the file has it: `arn:aws:sns:${region}:${account}:orders`."""
        return "".join(
            part if isinstance(part, str) else f"${{{part.name}}}" for part in self.parts
        )

    @property
    def alone(self) -> Placeholder | None:
        """Return the placeholder if there is nothing else in the text."""
        first = self.parts[0]
        return None if len(self.parts) > 1 or isinstance(first, str) else first

    def _identity(self) -> tuple[str | tuple[str], ...]:
        return tuple(part if isinstance(part, str) else (part.name,) for part in self.parts)

    def __eq__(self, other: object) -> bool:
        """Compare texts and names of placeholders."""
        return isinstance(other, Deferred) and other._identity() == self._identity()

    def __hash__(self) -> int:
        """Hash what is compared."""
        return hash(self._identity())


class Known(str):
    """A text that an environment has filled in, or replaced; it is the text that it is there."""

    __slots__ = ("written",)
    written: str
    """What is declared for it: the same in all environments."""

    def __new__(cls, text: str, written: str) -> Self:
        """Return a text, and what is declared for it."""
        made = super().__new__(cls, text)
        made.written = written
        return made


Text = str | Deferred
"""A text of the file, known now or when the stack is deployed."""


def known(text: Text | None) -> str | None:
    """Return a text that has no placeholder; None for one that has, and for None."""
    return text if isinstance(text, str) else None


def spelling(text: Text) -> str:
    """Return a text to show to people, or to tell two apart, with its placeholders as written."""
    return text if isinstance(text, str) else text.spelling


def declared(text: Text) -> str:
    """Return a text as it is declared for all environments: what ids are made from."""
    if isinstance(text, Known):
        return text.written
    return text if isinstance(text, str) else text.written or text.spelling


def deferred(written: str) -> Text:
    """Return a text as the file spells it: `${name}` is a placeholder, `$${` stands for `${`."""
    if "${" not in written:
        return written
    parts: list[str | Placeholder] = []
    plain, rest = "", written
    while rest:
        before, dollar, rest = rest.partition("${")
        plain += before
        if before.endswith("$"):
            plain = f"{plain[:-1]}${{"
        elif dollar:
            name, closing, behind = rest.partition("}")
            if not closing:
                plain, rest = f"{plain}${{{name}", ""
                continue
            parts += [plain] if plain else []
            parts.append(Placeholder(name=name))
            plain, rest = "", behind
    parts += [plain] if plain else []
    return Deferred(parts=tuple(parts)) if any(not isinstance(p, str) for p in parts) else plain


def placeholders(text: Text) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text, in their order."""
    parts = () if isinstance(text, str) else text.parts
    return tuple(part for part in parts if not isinstance(part, str))
