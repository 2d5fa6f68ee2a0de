"""Compile schemas composed by `$ref` and `allOf`, with the keywords beside these."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.payloads.codes import BAD_KEYWORD_VALUE, CONTRADICTION, REF_LOOP, TOO_MANY_PARTS
from msgc.payloads.compiler.enumerations import named
from msgc.payloads.compiler.fallback import fallback, with_constraints
from msgc.payloads.compiler.single import read_single
from msgc.payloads.constraints import both, constrained, for_unevaluated
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.documents.references import composed_of, reference
from msgc.payloads.fields import is_within, kinds_of
from msgc.payloads.keywords.check import check_keywords
from msgc.payloads.keywords.effective import effective_keywords, says_nothing
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.keywords.scalars import read_format
from msgc.payloads.model import AnyShape, Constraints, ObjectShape, Shape, UnionShape
from msgc.payloads.objects.all_of import combine
from msgc.payloads.objects.draft import Draft
from msgc.payloads.objects.undeclared_properties import mentions_undeclared
from msgc.payloads.vocabulary import MOST_PARTS, REFERENCES, TYPES, UNEVALUATED
from msgc.tree import Mapping, Scalar, Sequence


def read_composed(
    context: Context, here: Subschema, node: Mapping, *, part: bool = False
) -> Shape | Draft:
    """Compile one schema; an object stays a draft, so that `allOf` can merge it.

    A `part` of an `allOf` stays a draft also where it is nothing but a reference to a class.
    """
    words = effective_keywords(node)
    made = _read_evaluated(context, here, node, words, part=part)
    late = UNEVALUATED & words
    if late and context.learned.library:
        return made
    if not late:
        opening = _OPENING & node.entries.keys() - words
        if opening and isinstance(made, Draft) and not made.open:
            made = combine(context, [made], made.span)  # others share it
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
    return with_constraints(made, for_unevaluated(constraints_of(context, here)))


_OPENING = frozenset({"additionalProperties", "unevaluatedProperties"})
"""Keywords that allow undeclared properties where they say nothing else."""


def _lists_all(made: Draft, node: Mapping) -> bool:
    """Whether no part of an object allows undeclared properties."""
    if made.open or made.closed or made.rest is not None or "additionalProperties" in node.entries:
        return False
    return not mentions_undeclared(made.constraints, made.properties.keys())


def _read_evaluated(
    context: Context, here: Subschema, node: Mapping, words: frozenset[str], *, part: bool
) -> Shape | Draft:
    """Compile all keywords but `unevaluated...`, which depends on the others."""
    parts = _parts(context, here, node, words)
    if parts is None:
        return AnyShape()
    if not parts:
        return read_single(context, here, node)
    own = words - {"allOf"}
    is_message = context.names.is_message(here)
    if is_message:  # which has a class of its own, that keeps others where it says so
        own |= _OPENING & node.entries.keys()
    if len(parts) == 1 and not is_message:
        if not own:
            _say_format(context, node)
            below = parts[0].within(here.kind)
            return _read_part(context, below) if part else _read_reference(context, node, below)
        if own == {"type"} and not part:
            shape = _retyped(context, node, parts[0])
            if shape is not None:
                return shape
    return _merge(context, here, node, parts, own=bool(own - UNEVALUATED))


def _parts(
    context: Context, here: Subschema, node: Mapping, words: frozenset[str]
) -> list[Subschema] | None:
    """Return the schemas that `$ref` and `allOf` add; None: the reference leads nowhere."""
    parts: list[Subschema] = []
    ref = reference(node)
    if isinstance(ref, Scalar):
        target = context.references.follow(here, ref)
        if target is not None:
            parts.append(target)
        elif not context.learned.library:
            return None
    elif ref is not None:
        context.say(BAD_KEYWORD_VALUE, ref.span, "`$ref` takes text")
    schemas = context.some(node, "allOf") if "allOf" in words else ()
    if len(schemas) > MOST_PARTS:
        message = f"`allOf` has {len(schemas)} schemas, and {MOST_PARTS} may be merged"
        context.say(TOO_MANY_PARTS, node.key("allOf").span, message)
        schemas = schemas[:MOST_PARTS]
    for i, schema in enumerate(schemas):
        if not says_nothing(schema):
            parts.append(here.child(schema, "allOf", i))
    return parts


def _say_format(context: Context, node: Mapping) -> None:
    """Warn about a format that nobody knows; it says nothing else."""
    if "format" in node.entries:
        read_format(context, node)


def _retyped(context: Context, node: Mapping, part: Subschema) -> Shape | None:
    """Return what a reference leads to, if the `type` beside it adds nothing."""
    value = node.get("type")
    items = value.items if isinstance(value, Sequence) else (value,)
    kinds = [item.text for item in items if isinstance(item, Scalar)]
    if len(kinds) < len(items) or not set(kinds) <= set(TYPES):
        return None
    shape = _read_reference(context, node, part.within(kinds[0]) if len(kinds) == 1 else part)
    options = shape.options if isinstance(shape, UnionShape) else (shape,)
    fits = all(any(is_within(option, kind) for kind in kinds) for option in options)
    return shape if fits else None


def _read_reference(context: Context, node: Mapping, part: Subschema) -> Shape:
    """Return the shape of a `$ref` with nothing but annotations beside it: the same type."""
    shape = named(context, part, context.shape(part))
    text = described(node)
    if text and not isinstance(shape, ObjectShape):
        return shape.replace(description=text)
    return shape


def _merge(
    context: Context, here: Subschema, node: Mapping, parts: list[Subschema], *, own: bool
) -> Shape | Draft:
    kinds = list(dict.fromkeys(_single_types(context, here)))
    here = here.within(kinds[0] if len(kinds) == 1 else None)
    made = [(_read_part(context, part.within(here.kind)), part) for part in parts]
    if own:
        made.append((read_single(context, here, node), _without_parts(here, node)))
    drafts = [part for part, _ in made if isinstance(part, Draft)]
    constraints: Constraints | None = None
    shapes: list[tuple[Shape, Subschema]] = []
    for part, place in made:
        if isinstance(part, AnyShape):
            constraints = both(constraints, part.constraints)
        elif not isinstance(part, Draft):
            shapes.append((part, place))
    if drafts:
        return _merge_objects(context, here, node, drafts, shapes, constraints)

    from msgc.payloads.merge import (  # noqa: PLC0415  # few schemas have an `allOf` without objects
        Conflict,
        Contradiction,
        merged,
    )

    try:
        shape: Shape = AnyShape()
        for other, _ in shapes:
            shape = merged(shape, other)
    except Contradiction as error:
        _contradiction(context, here, node, str(error))
        return AnyShape()
    except Conflict:
        return fallback(context, here, (kind for other, _ in shapes for kind in kinds_of(other)))
    return constrained(shape.replace(description=described(node) or shape.description), constraints)


def _without_parts(here: Subschema, node: Mapping) -> Subschema:
    """Return a schema without its `$ref`, `allOf` and `unevaluated...`."""
    entries = {
        word: entry
        for word, entry in node.entries.items()
        if word not in {"allOf", *REFERENCES, *UNEVALUATED}
    }
    return Subschema(Mapping(entries, node.span), here.document, here.path, here.depth, here.kind)


def _merge_objects(  # noqa: PLR0913, PLR0917  # all that an object is made of
    context: Context,
    here: Subschema,
    node: Mapping,
    drafts: list[Draft],
    shapes: list[tuple[Shape, Subschema]],
    constraints: Constraints | None,
) -> Draft | Shape:
    """Merge parts into an object; what is no draft, as a union, becomes a constraint of it."""
    for shape, place in shapes:
        if "object" not in kinds_of(shape):
            reason = "one is an object with properties, another isn't"
            _contradiction(context, here, node, reason)
            return AnyShape()
        constraints = both(constraints, constraints_of(context, place))

    out = combine(context, drafts, node.span)
    out.description = described(node) or out.description
    out.constraints = both(out.constraints, constraints)
    return out


def _contradiction(context: Context, here: Subschema, node: Mapping, reason: str) -> None:
    context.say(
        CONTRADICTION,
        node.span,
        f"the parts of this schema don't go together: {reason} (at `{here.pointer}`)",
        help="write it as one schema",
    )


def _single_types(context: Context, here: Subschema) -> Iterator[str]:
    """Yield the `type` of each part of a schema that has exactly one."""
    if here.kind is not None:
        yield here.kind
    for _, node in composed_of(context.references, here):
        kind = node.get("type")
        if isinstance(kind, Scalar):
            yield kind.text


def _read_part(context: Context, here: Subschema) -> Shape | Draft:
    """Compile a part of an `allOf`, once: an object stays a draft and is no class of its own."""
    if not isinstance(here.node, Mapping):
        return context.shape(here)
    key = (here.key, here.kind)
    if key in context.parts:
        part = context.parts[key]
        if part is None:
            message = f"`{here.pointer}` is a part of itself"
            context.say(REF_LOOP, here.node.span, message)
        return part or AnyShape()
    context.parts[key] = None
    check_keywords(context, here, here.node)
    context.parts[key] = made = read_composed(context, here, here.node, part=True)
    return made
