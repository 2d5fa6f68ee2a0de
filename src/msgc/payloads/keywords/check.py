"""Find unknown, unsupported and idle keywords: no keyword of a schema is ignored silently."""

from __future__ import annotations

from functools import lru_cache

from msgc.diagnostics import Edit, listing, nearest
from msgc.payloads.codes import (
    IDLE_KEYWORD,
    MISSPELT_KEYWORD,
    UNKNOWN_DIALECT,
    UNKNOWN_KEYWORD,
    UNSUPPORTED_KEYWORD,
)
from msgc.payloads.context import Context
from msgc.payloads.dialects import NEWEST, Translated, is_openapi
from msgc.payloads.documents import Subschema
from msgc.payloads.vocabulary import FORMS, NOTES, SUPPORTED, UNSUPPORTED
from msgc.tree import Mapping, Node, Scalar, Sequence


def check_keywords(context: Context, here: Subschema, node: Mapping) -> None:
    """Report the keywords of a schema that msgc doesn't know or support, or that have no effect."""
    for word in node.entries:
        if word not in SUPPORTED and not word.startswith("x-"):
            _say_unknown(context, here, node, word)
    _say_idle(context, here, node)
    dialect = node.get("$schema")
    if isinstance(dialect, Scalar) and not _is_known(dialect.text):
        context.say(
            UNKNOWN_DIALECT,
            dialect.span,
            f"`{dialect.text}` is no dialect that msgc knows: the schema is read as draft 2020-12",
            help="write the `$schema` of the draft that it keeps to",
        )


def _is_known(dialect: str) -> bool:
    if NEWEST in dialect:
        return True
    from msgc.payloads.dialects.dialect import dialect_of  # noqa: PLC0415  # for few schemas

    return dialect_of(dialect) is not None


def note_idle(context: Context, here: Subschema, node: Translated) -> None:
    """Remember which words of a schema say nothing in its dialect."""
    for key, why in node.idle:
        if key.text in _EFFECTIVE:
            places = context.idle.setdefault((key.span.source.path, key.text, why), [])
            places.append((key.span, here.pointer))


def _say_unknown(context: Context, here: Subschema, node: Mapping, word: str) -> None:
    key, value = node.entries[word]
    if word in UNSUPPORTED:
        message = f"`{word}` isn't supported (at `{here.pointer}`)"
        context.say(UNSUPPORTED_KEYWORD, key.span, message, help=UNSUPPORTED[word])
        return
    if word in context.catalog.annotations:
        return
    meant = _meant(word, _form(value))
    if meant is None:
        context.unknown.setdefault(key.span.source.path, {}).setdefault(word, key.span)
        return
    written = key.span.source.text[key.span.start : key.span.end]
    context.say(
        MISSPELT_KEYWORD,
        key.span,
        f"`{word}` is no keyword of JSON Schema, so nothing is checked (at `{here.pointer}`)",
        help=f"did you mean `{meant}`? Words that shall mean nothing are listed in"
        " `schemas: {annotations: [...]}`",
        fix=(Edit(span=key.span, text=written.replace(word, meant)),),
    )


def _form(value: Node) -> str:
    match value:
        case Mapping():
            return "names"
        case Sequence():
            return "list"
        case _ if isinstance(value.value, bool):
            return "flag"
        case _:
            return "number" if isinstance(value.value, int | float) else "text"


@lru_cache(maxsize=1000)
def _meant(word: str, form: str) -> str | None:
    """Return the keyword that a slip made `word` of, if the value has its form."""
    meant = nearest(word, [each for each, its in FORMS.items() if its == form])
    return meant if meant is not None and _is_slip(word.casefold(), meant.casefold()) else None


def _is_slip(word: str, meant: str) -> bool:
    """Whether a slip of the keyboard lies between two words, or two if they are long."""
    if word.replace("-", "").replace("_", "") == meant or f"${word}" == meant:
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415  # 4 ms, needed only after a mistake

    return SequenceMatcher(None, word, meant).ratio() > _ALIKE


_ALIKE = 0.84


def say_ignored_words(context: Context) -> None:
    """Tell of each file, once, which words in the schemas that were read change nothing."""
    for (_, word, why), places in context.idle.items():
        span, pointer = min(places, key=lambda place: place[0].start)
        others = len({each.start for each, _ in places}) - 1
        more = f", and at {others} other place{'s' if others > 1 else ''}" if others else ""
        context.say(IDLE_KEYWORD, span, f"`{word}` says nothing {why} (at `{pointer}`{more})")
    for words in context.unknown.values():
        first = min(words.values(), key=lambda span: span.start)
        several = len(words) > 1
        said = listing((f"`{word}`" for word in words), "and")
        message = f"{said} {'are no keywords' if several else 'is no keyword'} of JSON Schema"
        context.say(
            UNKNOWN_KEYWORD,
            first,
            f"{message} and change{'' if several else 's'} nothing",
            help=f"list {'them' if several else 'it'} in `schemas: {{annotations: [...]}}`, or"
            " begin a word of your own with `x-`",
        )


_NEEDS = {
    "then": ("if",), "else": ("if",), "if": ("then", "else"),
    "minContains": ("contains",), "maxContains": ("contains",),
    "discriminator": ("oneOf", "anyOf"),
}  # fmt: skip
"""Keywords that have no effect unless one of these stands beside them."""
_EFFECTIVE = (SUPPORTED - NOTES) | {
    "$id", "id", "nullable", "additionalItems", "dependencies", "$recursiveRef",
}  # fmt: skip
"""Keywords that people expect something of: that others say nothing is not worth a word."""


def _say_idle(context: Context, here: Subschema, node: Mapping) -> None:
    if isinstance(node, Translated):
        note_idle(context, here, node)
    for word in node.entries.keys() & _NEEDS.keys():
        needs = _NEEDS[word]
        if word == "discriminator" and is_openapi(here.document.root):  # where parents may have one
            continue
        if not node.entries.keys() & set(needs):
            partners = " or ".join(f"`{need}`" for need in needs)
            message = f"`{word}` says nothing without {partners} (at `{here.pointer}`)"
            context.say(IDLE_KEYWORD, node.key(word).span, message)
