"""The parts of an `allOf`, merged into one object draft."""

from __future__ import annotations

from msgc.payloads.codes import CONTRADICTION, NOTHING_FITS, TOO_MANY_PARTS
from msgc.payloads.constraints import both, constrained
from msgc.payloads.context import Context, described
from msgc.payloads.documents import Subschema
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.merge import Conflict, Contradiction, merged
from msgc.payloads.model import AnyShape, Shape
from msgc.payloads.objects.draft import Draft, Property
from msgc.payloads.vocabulary import MOST_TYPED_PARTS
from msgc.source import Span


def combine(context: Context, drafts: list[Draft], span: Span) -> Draft:
    """Merge the parts of an `allOf` into one object."""
    out = Draft(span)
    for part in drafts:
        out.description = part.description or out.description
        for name, prop in part.properties.items():
            out.properties[name] = _both(context, name, out.properties.get(name), prop)
        out.required.update(part.required)
        out.forbidden |= part.forbidden
        out.closed = out.closed or part.closed
        if part.rest is not None:
            places = _places(out.rest_at, part.rest_at)
            out.rest = _merged(context, span, out.rest or AnyShape(), part.rest, places)
            out.rest_at = places
        out.open = out.open or part.open
        out.keeps = out.keeps or part.keeps
        out.deferred += part.deferred
        out.constraints = both(out.constraints, part.constraints)
        out.least = max((n for n in (out.least, part.least) if n is not None), default=None)
        out.most = min((n for n in (out.most, part.most) if n is not None), default=None)
    if sum(part.rest is not None for part in drafts) > MOST_TYPED_PARTS:
        message = f"more than {MOST_TYPED_PARTS} schemas of an `allOf` type what others declare"
        help_ = "leave `additionalProperties` to one of them"
        context.say(TOO_MANY_PARTS, span, message, help=help_)
        return out
    for part in drafts:
        _apply_to_others(context, part, out)
    return out


def _apply_to_others(context: Context, part: Draft, whole: Draft) -> None:
    """Apply the `additionalProperties` of a part to the properties that only others declare."""
    others = [pair for pair in whole.properties.items() if pair[0] not in part.properties]
    if part.closed is not None and others:
        _forbid(context, part.closed, whole, [name for name, _ in others])
    elif part.rest is not None:
        for name, prop in others:
            prop.places = _places(prop.places, part.rest_at)
            prop.shape = _merged(context, prop.span, prop.shape, part.rest, prop.places, name)


def _forbid(context: Context, place: Span, whole: Draft, names: list[str]) -> None:
    """Take away what a part forbids: a contradiction, if the object must have it."""
    needed = [name for name in names if name in whole.required]
    few = ", ".join(f"`{name}`" for name in (needed or names)[:3])
    message = f"this forbids {few}, which another part of the `allOf` "
    help_ = "leave it out here"
    if needed:
        context.say(CONTRADICTION, place, f"{message}requires", help=help_)
        return
    context.say(NOTHING_FITS, place, f"{message}declares", help=help_)
    for name in names:
        del whole.properties[name]
        whole.forbidden[name] = None


def _places(first: tuple[Subschema, ...], second: tuple[Subschema, ...]) -> tuple[Subschema, ...]:
    """Return the schemas of both, each once: a part may be merged several times."""
    return tuple({here.key: here for here in (*first, *second)}.values())


def _both(context: Context, name: str, first: Property | None, second: Property) -> Property:
    if first is None:
        return Property(
            second.shape, second.node, second.span, second.places, sensitive=second.sensitive
        )
    places = _places(first.places, second.places)
    shape = _merged(context, second.span, first.shape, second.shape, places, name)
    node = first.node if described(first.node) and not described(second.node) else second.node
    hidden = first.sensitive or second.sensitive
    return Property(shape, node, first.span, places, sensitive=hidden)


def _merged(  # noqa: PLR0913, PLR0917  # two shapes, and where they are from
    context: Context,
    span: Span,
    first: Shape,
    second: Shape,
    places: tuple[Subschema, ...],
    name: str = "",
) -> Shape:
    """Merge two shapes; what no one shape expresses becomes constraints, one a part."""
    try:
        return merged(first, second)
    except Contradiction as error:
        where = f" of `{name}`" if name else ""
        context.say(
            CONTRADICTION,
            span,
            f"the declarations{where} in the parts of the `allOf` don't go together: {error}",
            help="write it once, as it should be",
        )
        return first
    except Conflict:
        shape: Shape = AnyShape()
        for place in places:
            shape = constrained(shape, constraints_of(context, place))
        return shape
