"""Which JSON types a schema is about: what `type` says, or what is known from around it."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.codes import BAD_KEYWORD_VALUE, IDLE_KEYWORD, NO_TYPE
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.effective import effective_keywords
from msgc.payloads.vocabulary import ALONE, TYPE_OF, TYPES
from msgc.tree import Mapping, Scalar, Sequence


def sole_type(node: Mapping) -> str | None:
    """Return the type of a schema that says nothing but what belongs to this type."""
    value = node.get("type")
    word = value.text if isinstance(value, Scalar) else ""
    if word not in ALONE or not node.entries.keys() <= ALONE[word]:
        return None
    return None if isinstance(node.get("items"), Sequence) else word


def json_types(context: Context, here: Subschema, node: Mapping) -> list[str]:
    """Return what `type` says, or what is known from around; none if any type may be."""
    value = node.get("type")
    if value is None and here.kind is None:
        return []
    if value is None:
        known = [str(here.kind)]
        _check_belonging(context, here, node, known)
        return known
    items = (value,) if isinstance(value, Scalar) else context.some(node, "type")
    found: list[str] = []
    for item in items:
        word = item.text if isinstance(item, Scalar) else ""
        if word in TYPES:
            found.append(word)
        else:
            context.say(
                BAD_KEYWORD_VALUE,
                item.span,
                f"`{word}` is no JSON type" if word else "`type` takes names of JSON types",
                help=did_you_mean(word, TYPES),
            )
    if "number" in found and "integer" in found:
        found.remove("integer")
    if found:
        _check_belonging(context, here, node, found)
    return list(dict.fromkeys(found))


def _check_belonging(context: Context, here: Subschema, node: Mapping, types: list[str]) -> None:
    """Say which keywords are about none of the types."""
    kinds = {"number" if word == "integer" else word for word in types}
    for word in node.entries:
        kind = TYPE_OF.get(word)
        if kind is not None and kind not in kinds and word != "format":
            if word not in effective_keywords(node):
                continue
            context.say(
                IDLE_KEYWORD,
                node.key(word).span,
                f"`{word}` says nothing about {_article(types[0])} (at `{here.pointer}`)",
                help=f"it belongs to `type: {kind}`",
            )


def kinds_implied(node: Mapping) -> dict[str, str]:
    """Return the types that keywords belong to, each with the first of its keywords."""
    out: dict[str, str] = {}
    for word in node.entries:
        if word in TYPE_OF:
            out.setdefault(TYPE_OF[word], word)
    return out


def say_untyped(context: Context, here: Subschema, node: Mapping) -> None:
    """Warn about keywords that check nothing but values of their own type, with no `type`."""
    (kind, word), *_ = kinds_implied(node).items()
    context.say(
        NO_TYPE,
        node.key(word).span,
        f"without a `type`, `{word}` lets through what isn't {_article(kind)}"
        f" (at `{here.pointer}`)",
        help=f"write `type: {kind}` beside it",
    )


def _article(word: str) -> str:
    if word == "null":
        return word
    return f"an {word}" if word[0] in "aio" else f"a {word}"
