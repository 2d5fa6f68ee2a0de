"""Every code of every room: for `msgc explain`, the reference docs and the tests."""

from __future__ import annotations

from msgc.claims import codes as claims
from msgc.code import codes as code
from msgc.diagnostics import Code, nearest
from msgc.evolution import codes as evolution
from msgc.filtering import codes as filtering
from msgc.links import codes as links
from msgc.lint import codes as lint
from msgc.lint import ignores
from msgc.output import codes as output
from msgc.patterns import codes as patterns
from msgc.payloads import codes as payloads
from msgc.resolve import codes as resolve
from msgc.routing import codes as routing
from msgc.schema import codes as schema
from msgc.sending import codes as sending
from msgc.syntax import codes as syntax
from msgc.synth import codes as synth
from msgc.workspace import codes as workspace

_ROOMS = (
    syntax, schema, resolve, payloads, patterns, filtering, sending, links, lint, ignores,
    evolution, routing, code, claims, output, synth, workspace,
)  # fmt: skip

CODES: tuple[Code, ...] = tuple(
    sorted((code for room in _ROOMS for code in room.CODES), key=lambda code: code.id)
)
"""All of them, by id."""

RULES: tuple[Code, ...] = lint.CODES
"""Those that a comment `# msgc: ignore[name]` can silence."""


def find(word: str) -> Code | None:
    """Return the code of an id (`MSG430`, in any case) or a name (`queue-without-dlq`)."""
    folded = word.casefold()
    return next((c for c in CODES if folded in {c.id.casefold(), c.name}), None)


def near(word: str) -> Code | None:
    """Return the code that was probably meant."""
    match = nearest(word, [name for code in CODES for name in (code.id, code.name)])
    return find(match) if match is not None else None
