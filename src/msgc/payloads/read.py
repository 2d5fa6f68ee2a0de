"""A message's JSON Schema → its shape: the way through one schema, keyword by keyword.

What has a Python type becomes it; the rest stays a schema, and is kept beside the shape as its
rules. A schema that has no one type is any value with rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.codes import BAD_KEYWORD_VALUE, CONTRADICTION, NOT_AN_OBJECT, REF_LOOP, TOO_DEEP
from msgc.payloads.fields import kinds_of
from msgc.payloads.json_types import json_types, kinds_implied, say_untyped
from msgc.payloads.keywords import DEEPEST, NOTES, REFERENCES, UNEVALUATED, VALIDATED
from msgc.payloads.merge import Conflict, Contradiction, merged
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    NullShape,
    NumberShape,
    ObjectShape,
    RefShape,
    Rules,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.names import ClassNames
from msgc.payloads.objects import Draft, combine, draft, finish
from msgc.payloads.reading import Reading, described
from msgc.payloads.references import Document, Here, Key, Load, References, reference
from msgc.payloads.rules import both, ruled
from msgc.payloads.scalars import is_plain, ordered, read_choice, read_number, read_string
from msgc.payloads.translate import rules_of
from msgc.payloads.unions import Untypable, read_union, union
from msgc.payloads.words import check_words
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence


def read(node: Node, *, name: str, path: str, load: Load) -> Outcome[ObjectShape]:
    """Read the schema of the message `name`; `path` is the file that `node` stands in.

    `load` reads a file that a `$ref` names; it may be asked for the same file again.
    """
    untyped: set[Key] = set()
    while True:
        before = len(untyped)
        outcome = _attempt(Document(path=path, root=node), name, load, untyped)
        if len(untyped) == before:
            return outcome
        # A class was promised to a reference and turned out to be none: read again, knowing that.


def _attempt(document: Document, name: str, load: Load, untyped: set[Key]) -> Outcome[ObjectShape]:
    found: list[Diagnostic] = []
    references = References(document, load, found)
    here = _file_of(references, Here(node=document.root, document=document, path=()))
    if here is None:
        return Outcome(None, tuple(found))
    reading = Reading(references, ClassNames(name, here), found, _shape, untyped)
    said = isinstance(here.node, Mapping) and bool(here.node.entries.keys() - NOTES)
    shape = reading.shape(here.within("object" if said else None))
    if isinstance(shape, ObjectShape) and shape.name == name:
        return Outcome(shape, tuple(found))
    if not any(diagnostic.is_error for diagnostic in found):
        reading.say(
            NOT_AN_OBJECT,
            document.root.span,
            f"`{name}` isn't one JSON object",
            help="a message is `type: object`; put anything else into a property of it",
        )
    return Outcome(None, tuple(found))


def _file_of(references: References, here: Here) -> Here | None:
    """Follow `schema: {$ref: file.json}`, so that the file's root is the message itself."""
    seen = {here.key}
    while isinstance(here.node, Mapping):
        ref = reference(here.node)
        if not isinstance(ref, Scalar) or set(here.node.entries) - NOTES - REFERENCES:
            break
        target = references.follow(here, ref)
        if target is None:
            return None
        if target.key in seen:
            break
        seen.add(target.key)
        here = target
    return here


def _shape(reading: Reading, here: Here) -> Shape:
    """Read the schema at a place once; a way back to one that is underway is a recursion."""
    done = reading.finished.get((here.key, here.kind))
    if done is not None:
        return done
    if here.key in reading.untyped:
        made = _loose(reading, here, ())
        return finish(reading, here, made) if isinstance(made, Draft) else made
    if here.key in reading.underway:
        reading.underway[here.key] = name = reading.names.give(here)
        return RefShape(name=name, classes=reading.classes)
    if here.depth > DEEPEST:
        reading.say(TOO_DEEP, here.node.span, f"more than {DEEPEST} levels deep")
        return AnyShape()
    reading.underway[here.key] = None
    shape = _read(reading, here)
    promised = reading.underway.pop(here.key)
    if promised is not None and not (isinstance(shape, ObjectShape) and shape.name == promised):
        reading.untyped.add(here.key)
    reading.finished[here.key, here.kind] = shape
    return shape


def _read(reading: Reading, here: Here) -> Shape:
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return ruled(AnyShape(), rules_of(reading, here))
    if not isinstance(node, Mapping):
        reading.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return AnyShape()
    check_words(reading, here, node)
    made = _gather(reading, here, node)
    return finish(reading, here, made) if isinstance(made, Draft) else made


def _gather(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read one schema; an object stays a draft, so that `allOf` can merge it."""
    made = _evaluated(reading, here, node)
    late = UNEVALUATED & node.entries.keys()
    if not late:
        return made
    closing = node.get("unevaluatedProperties")
    false = isinstance(closing, Scalar) and closing.value is False
    if isinstance(made, Draft) and late == {"unevaluatedProperties"} and false:
        # Where nothing but `properties` says what may be there, this is a closed object.
        evaluated_elsewhere = made.rest is not None or made.rules is not None or made.closed
        if not evaluated_elsewhere and closing is not None and _lists_all(made, node):
            made.closed = closing.span
            return made
    return _and(made, rules_of(reading, here))


def _lists_all(made: Draft, node: Mapping) -> bool:
    """Whether nothing in the parts of an object lets through what isn't declared."""
    own = node.get("additionalProperties")
    return own is None and not made.open


def _and(made: Shape | Draft, rules: Rules | None) -> Shape | Draft:
    if not isinstance(made, Draft):
        return ruled(made, rules)
    made.rules = both(made.rules, rules)
    return made


def _evaluated(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read all but the keywords that look at what the others looked at."""
    parts: list[Here] = []
    ref = reference(node)
    if isinstance(ref, Scalar):
        target = reading.references.follow(here, ref)
        if target is None:
            return AnyShape()
        parts.append(target)
    elif ref is not None:
        reading.say(BAD_KEYWORD_VALUE, ref.span, "`$ref` takes text")
    if "allOf" in node.entries:
        schemas = reading.some(node, "allOf")
        parts += [here.child(part, "allOf", i) for i, part in enumerate(schemas)]
    own = {
        word for word in node.entries.keys() - NOTES - REFERENCES - {"allOf"} if word[:2] != "x-"
    }
    if not parts:
        return _own(reading, here, node)
    if own == {"type"} and len(parts) == 1 and reading.text(node, "type") == "object":
        own, here = set(), here.within("object")  # `type: object` beside a `$ref`: said twice
    if not own and len(parts) == 1:
        return _alone(reading, node, parts[0].within(here.kind))
    return _together(reading, here, node, parts, own=bool(own - UNEVALUATED))


def _alone(reading: Reading, node: Mapping, part: Here) -> Shape:
    """Return what a `$ref` with nothing but notes beside it is: the same type."""
    shape = reading.shape(part)
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
        made.append((_own(reading, here, node), _without_parts(here, node)))
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
        return _loose(reading, here, (kind for other, _ in shapes for kind in kinds_of(other)))
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
        return _shape(reading, here)
    key = (here.key, here.kind)
    if key in reading.parts:
        part = reading.parts[key]
        if part is None:
            message = f"`{here.pointer}` is a part of itself"
            reading.say(REF_LOOP, here.node.span, message)
        return part or AnyShape()
    reading.parts[key] = None
    check_words(reading, here, here.node)
    reading.parts[key] = made = _gather_part(reading, here, here.node)
    return made


def _gather_part(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    ref = reference(node)
    if isinstance(ref, Scalar) and not set(node.entries) - NOTES - REFERENCES:
        target = reading.references.follow(here, ref)
        return AnyShape() if target is None else _part(reading, target.within(here.kind))
    return _gather(reading, here, node)


def _loose(reading: Reading, here: Here, kinds: Iterable[str]) -> Shape | Draft:
    """Return what is known of a value that has rules and no class: at most its JSON type."""
    known = {here.kind} if here.kind else set(kinds)
    kind = known.pop() if len(known) == 1 else None
    made = _outline(here.node, kind)
    return _and(made, rules_of(reading, here))


def _outline(node: Node, kind: str | None) -> Shape | Draft:
    match kind:
        case "object":
            made = Draft(node.span)
            made.description = described(node)
            return made
        case "string":
            return StringShape(description=described(node))
        case "integer":
            return NumberShape(description=described(node), integer=True)
        case "boolean":
            return BooleanShape(description=described(node))
        case "array":
            return ArrayShape(description=described(node), items=AnyShape())
        case _:
            return AnyShape(description=described(node))


def _own(reading: Reading, here: Here, node: Mapping) -> Shape | Draft:
    """Read the keywords of a schema without those that lead elsewhere."""
    types = json_types(reading, here, node)
    checked = VALIDATED & node.entries.keys()
    choice = bool(node.entries.keys() & {"enum", "const"})
    unions = node.entries.keys() & {"oneOf", "anyOf"}
    implied = kinds_implied(node)
    if len(unions) == 1 and not choice and not implied:
        return _either(reading, here, node, min(unions), types, checked)
    checked |= unions
    if choice and (types == ["object"] or not is_plain(node)):
        checked |= node.entries.keys() & {"enum", "const"}
        choice = False
    if "patternProperties" in node.entries and "additionalProperties" in node.entries:
        checked |= node.entries.keys() & {"properties", "additionalProperties"}
    if "prefixItems" in node.entries:
        checked |= node.entries.keys() & {"items"}
    made: Shape | Draft
    if types == ["object"]:
        made = draft(reading, here, node)
    elif not types and implied:
        checked |= node.entries.keys() & {"enum", "const"}
        made = _untyped(reading, here, node, implied)
    else:
        shapes = [_typed(reading, here, node, word) for word in types]
        made = union(shapes, described(node)) if shapes else AnyShape(description=described(node))
        if choice:
            made = read_choice(reading, node, made if shapes else None)
    if "object" in (types or implied):
        made = _and(made, _forbidden(reading, node))
    return _and(made, rules_of(reading, here, checked) if checked else None)


def _untyped(reading: Reading, here: Here, node: Mapping, kinds: Iterable[str]) -> Shape:
    """Read keywords that have no `type` beside them: each is about values of its own type."""
    say_untyped(reading, here, node)
    shapes = [_typed(reading, here, node, kind) for kind in kinds]
    # Only where text is all there can be, a format says more than a note does.
    shapes = [s.replace(format=None) if isinstance(s, StringShape) else s for s in shapes]
    return UnionShape(description=described(node), options=(*shapes, AnyShape()))


def _either(  # noqa: PLR0913, PLR0917  # what is known of the schema so far
    reading: Reading,
    here: Here,
    node: Mapping,
    word: str,
    types: list[str],
    checked: AbstractSet[str],
) -> Shape | Draft:
    """Read a schema that is a union and nothing else."""
    kinds: frozenset[str] = frozenset(types)
    if len(types) < 2:
        try:
            made: Shape | Draft = read_union(reading, here, node, word, types[0] if types else None)
            return _and(made, rules_of(reading, here, checked) if checked else None)
        except Untypable as error:
            kinds = kinds or error.kinds
    made = _outline(node, min(kinds) if len(kinds) == 1 else None)
    stated = node.entries.keys() & {"type"}
    return _and(made, rules_of(reading, here, checked | {word} | stated))


def _forbidden(reading: Reading, node: Mapping) -> Rules | None:
    """Return the rule of properties that are `false`: they must not be there."""
    names = [
        key.text
        for key, value in reading.entries(node, "properties")
        if isinstance(value, Scalar) and value.value is False
    ]
    if not names:
        return None
    schema: JsonValue = {"properties": dict.fromkeys(names, False)}
    return Rules(schema=schema, definitions=reading.definitions)


def _typed(reading: Reading, here: Here, node: Mapping, word: str) -> Shape:
    match word:
        case "string":
            return read_string(reading, node)
        case "number" | "integer":
            return read_number(reading, node, integer=word == "integer")
        case "boolean":
            return BooleanShape(description=described(node))
        case "null":
            return NullShape(description=described(node))
        case "array":
            return _array(reading, here, node)
        case _:
            return finish(reading, here, draft(reading, here, node))


def _array(reading: Reading, here: Here, node: Mapping) -> ArrayShape:
    least, most = reading.integer(node, "minItems"), reading.integer(node, "maxItems")
    ordered(reading, node, ("minItems", least), ("maxItems", most))
    items = node.get("items")
    # what `check_words` refuses, and what is a rule
    typed = not isinstance(items, Sequence) and "prefixItems" not in node.entries
    return ArrayShape(
        description=described(node),
        items=reading.shape(here.child(items, "items")) if items and typed else AnyShape(),
        min_items=least or None,
        max_items=most,
        unique=reading.flag(node, "uniqueItems"),
    )
