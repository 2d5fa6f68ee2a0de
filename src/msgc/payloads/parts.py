"""Schemas made of others: `$ref` and `allOf`, with what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.codes import BAD_KEYWORD_VALUE, CONTRADICTION, REF_LOOP, TOO_MANY_PARTS
from msgc.payloads.enumerations import named
from msgc.payloads.fields import is_within, kinds_of
from msgc.payloads.keywords import MOST_PARTS, REFERENCES, TYPES, UNEVALUATED
from msgc.payloads.merge import Conflict, Contradiction, merged
from msgc.payloads.model import AnyShape, ObjectShape, Rules, Shape, UnionShape
from msgc.payloads.objects import Draft, combine
from msgc.payloads.others import speaks_of_others
from msgc.payloads.outline import loose, with_rules
from msgc.payloads.own import read_own
from msgc.payloads.places import Here, Key
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import reference
from msgc.payloads.rules import both, looking, ruled
from msgc.payloads.scalars import read_format
from msgc.payloads.telling import is_anything, telling
from msgc.payloads.translate import rules_of
from msgc.payloads.words import check_words
from msgc.tree import Mapping, Scalar, Sequence


def gather(reading: Reading, here: Here, node: Mapping, *, part: bool = False) -> Shape | Draft:
    """Read one schema; an object stays a draft, so that `allOf` can merge it.

    As a `part` of one it stays a draft also where it is nothing but a reference to a class.
    """
    words = telling(node)
    made = _evaluated(reading, here, node, words, part=part)
    late = UNEVALUATED & words
    if not late:
        opening = _OPENING & node.entries.keys() - words
        if opening and isinstance(made, Draft) and not made.open:
            made = combine(reading, [made], made.span)  # others share it
            made.open = made.closed is None
        return made
    closing = node.get("unevaluatedProperties")
    if (
        isinstance(made, Draft)
        and isinstance(closing, Scalar)
        and closing.value is False
        and late == {"unevaluatedProperties"}
        and _lists_all(made, node)
    ):  # where nothing but `properties` says what may be there, this is a closed object
        made.closed = closing.span
        return made
    return with_rules(made, looking(rules_of(reading, here)))


_OPENING = frozenset({"additionalProperties", "unevaluatedProperties"})
"""What lets all properties through, where it says nothing else."""


def _lists_all(made: Draft, node: Mapping) -> bool:
    """Whether nothing in the parts of an object lets through what isn't declared."""
    if made.open or made.closed or made.rest is not None or "additionalProperties" in node.entries:
        return False
    return not speaks_of_others(made.rules, made.properties.keys())


def _evaluated(
    reading: Reading, here: Here, node: Mapping, words: frozenset[str], *, part: bool
) -> Shape | Draft:
    """Read all but the keywords that look at what the others looked at."""
    parts = _parts(reading, here, node, words)
    if parts is None:
        return AnyShape()
    if not parts:
        return read_own(reading, here, node)
    own = words - {"allOf"}
    is_message = reading.names.is_message(here)
    if is_message:  # which has a class of its own, that keeps others where it says so
        own |= _OPENING & node.entries.keys()
    if len(parts) == 1 and not is_message:
        if not own:
            _say_format(reading, node)
            below = parts[0].within(here.kind)
            return _part(reading, below) if part else _alone(reading, node, below)
        if own == {"type"} and not part:
            shape = _typed_again(reading, node, parts[0])
            if shape is not None:
                return shape
    return _together(reading, here, node, parts, own=bool(own - UNEVALUATED))


def _parts(reading: Reading, here: Here, node: Mapping, words: frozenset[str]) -> list[Here] | None:
    """Return what a schema is made of, by `$ref` and `allOf`; None: the reference leads nowhere."""
    parts: list[Here] = []
    ref = reference(node)
    if isinstance(ref, Scalar):
        target = reading.references.follow(here, ref)
        if target is None:
            return None
        parts.append(target)
    elif ref is not None:
        reading.say(BAD_KEYWORD_VALUE, ref.span, "`$ref` takes text")
    schemas = reading.some(node, "allOf") if "allOf" in words else ()
    if len(schemas) > MOST_PARTS:
        message = f"`allOf` has {len(schemas)} schemas, and {MOST_PARTS} may be merged"
        reading.say(TOO_MANY_PARTS, node.key("allOf").span, message)
        schemas = schemas[:MOST_PARTS]
    for i, schema in enumerate(schemas):
        if not is_anything(schema):
            parts.append(here.child(schema, "allOf", i))
    return parts


def _say_format(reading: Reading, node: Mapping) -> None:
    """Warn about a format that nobody knows; it says nothing else."""
    if "format" in node.entries:
        read_format(reading, node)


def _typed_again(reading: Reading, node: Mapping, part: Here) -> Shape | None:
    """Return what a reference leads to, if the `type` beside it says no more than that does."""
    value = node.get("type")
    items = value.items if isinstance(value, Sequence) else (value,)
    kinds = [item.text for item in items if isinstance(item, Scalar)]
    if len(kinds) < len(items) or not set(kinds) <= set(TYPES):
        return None
    shape = _alone(reading, node, part.within(kinds[0]) if len(kinds) == 1 else part)
    options = shape.options if isinstance(shape, UnionShape) else (shape,)
    fits = all(any(is_within(option, kind) for kind in kinds) for option in options)
    return shape if fits else None


def _alone(reading: Reading, node: Mapping, part: Here) -> Shape:
    """Return what a `$ref` with nothing but notes beside it is: the same type."""
    shape = named(reading, part, reading.shape(part))
    text = described(node)
    if text and not isinstance(shape, ObjectShape):
        return shape.replace(description=text)
    return shape


def _together(
    reading: Reading, here: Here, node: Mapping, parts: list[Here], *, own: bool
) -> Shape | Draft:
    kinds = list(dict.fromkeys(_known(reading, here, set())))
    here = here.within(kinds[0] if len(kinds) == 1 else None)
    made = [(_part(reading, part.within(here.kind)), part) for part in parts]
    if own:
        made.append((read_own(reading, here, node), _without_parts(here, node)))
    drafts = [part for part, _ in made if isinstance(part, Draft)]
    rules: Rules | None = None
    shapes: list[tuple[Shape, Here]] = []
    for part, place in made:
        if isinstance(part, AnyShape):
            rules = both(rules, part.rules)
        elif not isinstance(part, Draft):
            shapes.append((part, place))
    if drafts:
        return _object(reading, here, node, drafts, shapes, rules)
    try:
        shape: Shape = AnyShape()
        for other, _ in shapes:
            shape = merged(shape, other)
    except Contradiction as error:
        _contradiction(reading, here, node, str(error))
        return AnyShape()
    except Conflict:
        return loose(reading, here, (kind for other, _ in shapes for kind in kinds_of(other)))
    return ruled(shape.replace(description=described(node) or shape.description), rules)


def _without_parts(here: Here, node: Mapping) -> Here:
    """Return a schema as if it had no `$ref` and no `allOf`."""
    entries = {
        word: entry
        for word, entry in node.entries.items()
        if word not in {"allOf", *REFERENCES, *UNEVALUATED}
    }
    return Here(Mapping(entries, node.span), here.document, here.path, here.depth, here.kind)


def _object(  # noqa: PLR0913, PLR0917  # all that an object is made of
    reading: Reading,
    here: Here,
    node: Mapping,
    drafts: list[Draft],
    shapes: list[tuple[Shape, Here]],
    rules: Rules | None,
) -> Draft | Shape:
    """Merge parts into an object; what is no draft, as a union, stays a rule of it."""
    for shape, place in shapes:
        if "object" not in kinds_of(shape):
            reason = "one is an object with properties, another isn't"
            _contradiction(reading, here, node, reason)
            return AnyShape()
        rules = both(rules, rules_of(reading, place))
    out = combine(reading, drafts, node.span)
    out.description = described(node) or out.description
    out.rules = both(out.rules, rules)
    return out


def _contradiction(reading: Reading, here: Here, node: Mapping, reason: str) -> None:
    reading.say(
        CONTRADICTION,
        node.span,
        f"the parts of this schema don't go together: {reason} (at `{here.pointer}`)",
        help="write it as one schema",
    )


def _known(reading: Reading, here: Here, seen: set[Key]) -> Iterator[str]:
    """Yield the single types that the parts of a schema ask for."""
    node = here.node
    if here.kind is not None:
        yield here.kind
    if not isinstance(node, Mapping) or here.key in seen:
        return
    seen.add(here.key)
    kind = node.get("type")
    if isinstance(kind, Scalar):
        yield kind.text
    ref = reference(node)
    target = reading.references.follow(here, ref) if isinstance(ref, Scalar) else None
    if target is not None:
        yield from _known(reading, target, seen)
    parts = node.get("allOf")
    if isinstance(parts, Sequence):
        for i, part in enumerate(parts.items):
            yield from _known(reading, here.child(part, "allOf", i), seen)


def _part(reading: Reading, here: Here) -> Shape | Draft:
    """Read a part of an `allOf`, once: not a class of its own, if it is an object."""
    if not isinstance(here.node, Mapping):
        return reading.shape(here)
    key = (here.key, here.kind)
    if key in reading.parts:
        part = reading.parts[key]
        if part is None:
            message = f"`{here.pointer}` is a part of itself"
            reading.say(REF_LOOP, here.node.span, message)
        return part or AnyShape()
    reading.parts[key] = None
    check_words(reading, here, here.node)
    reading.parts[key] = made = gather(reading, here, here.node, part=True)
    return made
