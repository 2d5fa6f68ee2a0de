"""Find the environment's name in texts: `"orders-dev"` and `"orders-prod"` are one f-string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from msgc.record import Record

_MOST = 4
"""Places of a name in one text that are looked at; their combinations are tried."""
_NAME = "{self.environment}"
_ALONE = (('"', _NAME, '"'), ("'", _NAME, "'"))
_SEPARATED = {"-": "{self.suffix}", "/": "{self.root}"}
"""By what stands before the name, where names have another one in some environments."""
_OWN = "own"


class Naming(Record):
    """The environments of a service, and what stands for each in names."""

    in_names: dict[str, str]
    """By their names; empty where names are as without environments."""

    @property
    def is_usual(self) -> bool:
        """Whether it is the environment's own name everywhere."""
        return all(name == own for name, own in self.in_names.items())

    def text(self, literals: dict[str, str]) -> str | None:
        """Return the f-string that is each of these literals; None if there is none."""
        if any(not text.startswith(('"', "'")) for text in literals.values()):
            return None
        written = {name: re.sub("[{}]", r"\g<0>\g<0>", text) for name, text in literals.items()}
        named = [name for name in written if self.in_names[name] == name]
        if not named:
            return None
        first = min(named, key=lambda name: written[name].count(name))
        for template in self._templates(written[first], first):
            if all(self._in(name, template) == text for name, text in written.items()):
                if template in _ALONE:
                    return "self.environment"
                return f"f{''.join(template)}"
        return None

    def _templates(self, text: str, name: str) -> Iterator[tuple[str, ...]]:
        """Yield what a text may be made of, the environment's name in it or not."""
        pieces = re.split(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text)
        if 1 < len(pieces) <= _MOST + 1:
            kinds = (_NAME, name) if self.is_usual else (_NAME, _OWN, name)
            for chosen in product(kinds, repeat=len(pieces) - 1):
                yield self._joined(pieces, chosen)

    def _joined(self, pieces: list[str], chosen: tuple[str, ...]) -> tuple[str, ...]:
        parts = []
        for piece, kind in zip(pieces, (*chosen, ""), strict=True):
            if kind == _OWN and piece[-1:] in _SEPARATED:
                parts += [piece[:-1], _SEPARATED[piece[-1]]]
            else:
                parts += [piece, _NAME if kind == _OWN else kind]
        return tuple(parts)

    def _in(self, environment: str, template: tuple[str, ...]) -> str:
        """Return what a template is in an environment."""
        own = self.in_names[environment]
        values = {
            _NAME: environment,
            "{self.suffix}": own and f"-{own}",
            "{self.root}": own and f"/{own}",
        }
        return "".join(values.get(part, part) for part in template)
