"""Find unknown, unsupported and idle keywords: no keyword of a schema is ignored silently."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import IDLE_KEYWORD, UNKNOWN_KEYWORD, UNSUPPORTED_KEYWORD
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.vocabulary import SUPPORTED, UNSUPPORTED
from msgc.tree import Mapping, Scalar, Sequence


def check_keywords(context: Context, here: Subschema, node: Mapping) -> None:
    """Report the keywords of a schema that msgc doesn't know or support, or that have no effect."""
    for word in node.entries:
        if word in SUPPORTED or word.startswith("x-"):
            continue
        place = node.key(word).span
        if word in UNSUPPORTED:
            message = f"`{word}` isn't supported (at `{here.pointer}`)"
            context.say(UNSUPPORTED_KEYWORD, place, message, help=UNSUPPORTED[word])
        else:
            context.say(
                UNKNOWN_KEYWORD,
                place,
                f"`{word}` is no keyword of JSON Schema (at `{here.pointer}`)",
                help=did_you_mean(word, [*SUPPORTED, *UNSUPPORTED])
                or f"a note of your own begins with `x-`: `x-{word}`",
            )
    _say_idle(context, here, node)
    dialect = node.get("$schema")
    if isinstance(dialect, Scalar) and "json-schema.org/" not in dialect.text:
        context.say(
            UNSUPPORTED_KEYWORD,
            dialect.span,
            f"`{dialect.text}` is no dialect of JSON Schema that msgc knows",
            help="write `https://json-schema.org/draft/2020-12/schema`, or leave it out",
        )
    if "$ref" in node.entries and "$dynamicRef" in node.entries:
        message = f"`$dynamicRef` beside `$ref` isn't supported (at `{here.pointer}`)"
        place = node.key("$dynamicRef").span
        context.say(UNSUPPORTED_KEYWORD, place, message, help="put one of them into an `allOf`")
    items = node.get("items")  # a draft of 2019 and before had a list there
    if isinstance(items, Sequence):
        context.say(
            UNSUPPORTED_KEYWORD,
            items.span,
            f"a list of `items` isn't supported (at `{here.pointer}`)",
            help="write `prefixItems` for the list, and `items` for what comes after",
        )


_NEEDS = {
    "then": ("if",), "else": ("if",), "if": ("then", "else"),
    "minContains": ("contains",), "maxContains": ("contains",),
    "discriminator": ("oneOf", "anyOf"),
}  # fmt: skip
"""Keywords that have no effect unless one of these stands beside them."""


def _say_idle(context: Context, here: Subschema, node: Mapping) -> None:
    for word in node.entries.keys() & _NEEDS.keys():
        needs = _NEEDS[word]
        if not node.entries.keys() & set(needs):
            partners = " or ".join(f"`{need}`" for need in needs)
            message = f"`{word}` says nothing without {partners} (at `{here.pointer}`)"
            context.say(IDLE_KEYWORD, node.key(word).span, message)
