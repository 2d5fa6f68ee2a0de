"""Lay what messaging.yaml says of fields over their schemas."""

from __future__ import annotations

from msgc.diagnostics import did_you_mean
from msgc.payloads.class_names import python_name
from msgc.payloads.codes import NO_SUCH_FIELD
from msgc.payloads.context import Context
from msgc.payloads.documents import Key, Subschema
from msgc.payloads.documents.references import composed_of, reference
from msgc.payloads.keywords.effective import effective_keywords
from msgc.payloads.wishes import Wish, Wishes
from msgc.tree import Mapping, Node, Scalar, Sequence

Entries = dict[str, tuple[Scalar, Node]]
_WORDS = {"sensitive": "x-sensitive"}
"""The other words are those of `x-python`."""


def overlay(context: Context, root: Subschema, wishes: Wishes) -> None:
    """Let the schemas of fields have the words that are wished beside their own."""
    context.extra = wishes.extra
    for wish in wishes.fields:
        found = _field(context, root, wish)
        if found is not None:
            words = _entries(wish.words)
            context.overlays.setdefault(found, {}).update(words)
            name = python_name(Mapping(words, wish.words.span))
            if name is not None:
                context.names.wished[found] = name


def _entries(words: Mapping) -> Entries:
    out: Entries = {}
    python: Entries = {}
    for word, entry in words.entries.items():
        if word in _WORDS:
            out[_WORDS[word]] = entry
        else:
            python[word] = entry
    if python:
        key = next(iter(python.values()))[0]
        out["x-python"] = (Scalar("x-python", key.span), Mapping(python, words.span))
    return out


def _field(context: Context, root: Subschema, wish: Wish) -> Key | None:
    here = root
    for step in wish.path:
        below = _property(context, here, step)
        if below is None:
            names = [n for part in _parts(context, here) for n in _names(part)]
            message = f"there is no field `{'.'.join(wish.path)}`"
            context.say(NO_SUCH_FIELD, wish.span, message, help=did_you_mean(step, names))
            return None
        here = _meant(context, below)
    return here.key


def _parts(context: Context, here: Subschema) -> list[Subschema]:
    """Return what an object is composed of, or the objects in an array or a union."""
    found: list[Subschema] = []
    for part, node in composed_of(context.references, here):
        found.append(part)
        items = node.get("items")
        if isinstance(items, Mapping):
            found += _parts(context, part.child(items, "items"))
        for word in ("anyOf", "oneOf"):
            options = node.get(word)
            for i, option in enumerate(options.items if isinstance(options, Sequence) else ()):
                found += _parts(context, part.child(option, word, i))
    return found


def _names(part: Subschema) -> list[str]:
    properties = part.node.get("properties") if isinstance(part.node, Mapping) else None
    return list(properties.entries) if isinstance(properties, Mapping) else []


def _property(context: Context, here: Subschema, name: str) -> Subschema | None:
    for part in _parts(context, here):
        node = part.node
        properties = node.get("properties") if isinstance(node, Mapping) else None
        if isinstance(properties, Mapping) and name in properties.entries:
            return part.child(properties.entries[name][1], "properties", name)
    return None


def _meant(context: Context, here: Subschema) -> Subschema:
    """Return the schema that a mere reference leads to."""
    seen = {here.key}
    while isinstance(here.node, Mapping) and not effective_keywords(here.node):
        ref = reference(here.node)
        target = context.references.follow(here, ref) if isinstance(ref, Scalar) else None
        if target is None or target.key in seen:
            break
        seen.add(target.key)
        here = target
    return here
