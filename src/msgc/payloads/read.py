"""A message's JSON Schema → its shape: the way through one schema, keyword by keyword.

What has a Python type becomes it; the rest stays a schema, and is kept beside the shape as its
rules. A schema that has no one type is any value with rules.
"""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.codes import (
    BAD_KEYWORD_VALUE,
    NOT_AN_OBJECT,
    TOO_DEEP,
    TOO_MANY_SCHEMAS,
)
from msgc.payloads.files import Load, SchemaFiles
from msgc.payloads.fitting import say_if_endless, say_if_nothing_fits
from msgc.payloads.json_types import sole_type
from msgc.payloads.keywords import DEEPEST, MOST_SCHEMAS, NOTES
from msgc.payloads.leaves import Leaves, words_of
from msgc.payloads.model import AnyShape, ObjectShape, RefShape, Shape
from msgc.payloads.names import ClassNames
from msgc.payloads.objects import Draft, finish
from msgc.payloads.others import looked_into
from msgc.payloads.outline import loose
from msgc.payloads.own import typed
from msgc.payloads.parts import gather
from msgc.payloads.places import Document, Here
from msgc.payloads.reading import Learned, Reading
from msgc.payloads.references import References, reference
from msgc.payloads.rules import ruled
from msgc.payloads.telling import telling
from msgc.payloads.translate import rules_of
from msgc.payloads.words import check_words
from msgc.tree import Mapping, Node, Scalar

_LEAVES = Leaves()


class Effort:
    """How many more schemas may be read, by all messages of a file together."""

    def __init__(self, left: int = MOST_SCHEMAS) -> None:
        self.left = left


def read(
    node: Node, *, name: str, path: str, load: Load, effort: Effort | None = None
) -> Outcome[ObjectShape]:
    """Read the schema of the message `name`; `path` is the file that `node` stands in.

    `load` reads a file that a `$ref` names; it may be asked for the same file again. What is read
    is taken from `effort`; when that is used up, nothing more is read.
    """
    effort = effort or Effort()
    if effort.left < 0:
        message = f"the messages before `{name}` have more than {MOST_SCHEMAS:,} schemas already"
        help_ = "refer to the parts that a message has, not to one schema of everything"
        return Outcome(None, (TOO_MANY_SCHEMAS.at(node.span, message, help=help_),))
    learned = Learned()
    while True:
        before = len(learned)
        outcome = _attempt(Document(path=path, root=node), name, load, learned, effort)
        if len(learned) == before:
            return outcome


def _attempt(
    document: Document, name: str, load: Load, learned: Learned, effort: Effort
) -> Outcome[ObjectShape]:
    found: list[Diagnostic] = []
    before = len(learned)
    references = References(SchemaFiles(document, load, found))
    here = _file_of(references, Here(node=document.root, document=document, path=()))
    if here is None:
        return Outcome(None, tuple(found))
    reading = Reading(references, ClassNames(name, here), found, _shape, learned)
    said = isinstance(here.node, Mapping) and bool(here.node.entries.keys() - NOTES)
    shape = reading.shape(here.within("object" if said else None))
    effort.left -= reading.effort
    if isinstance(shape, ObjectShape) and shape.name == name:
        say_if_endless(reading)
        if reading.looking and len(learned) == before:
            keeping, spelled = looked_into(reading.classes.values())
            place = reading.names.place
            learned.keeping.update(map(place, keeping))
            learned.spelled.update((place(name), wire) for name, wire in spelled)
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
        if not isinstance(ref, Scalar) or telling(here.node):
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
    words = words_of(here.node, here.kind) if here.depth <= DEEPEST else None
    leaf = _LEAVES.get(words) if words else None
    if leaf is not None:
        return leaf
    done = reading.finished.get((here.key, here.kind))
    if done is not None:
        return done
    if here.key in reading.learned.untyped:
        made = loose(reading, here, ())
        return finish(reading, here, made) if isinstance(made, Draft) else made
    if here.key in reading.underway:
        reading.underway[here.key] = name = reading.names.give(here)
        reading.recursive = True
        return RefShape(name=name, classes=reading.classes)
    if here.depth > DEEPEST:
        reading.say(TOO_DEEP, here.node.span, f"more than {DEEPEST} levels deep")
        return AnyShape()
    reading.underway[here.key] = None
    findings = len(reading.found)
    shape = _read(reading, here)
    say_if_nothing_fits(reading, here, shape)
    if words and len(reading.found) == findings:
        _LEAVES.keep(words, shape)
    promised = reading.underway.pop(here.key)
    if promised is not None and not (isinstance(shape, ObjectShape) and shape.name == promised):
        reading.learned.untyped.add(here.key)
    reading.finished[here.key, here.kind] = shape
    return shape


def _read(reading: Reading, here: Here) -> Shape:
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return ruled(AnyShape(), rules_of(reading, here))
    if not isinstance(node, Mapping):
        reading.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return AnyShape()
    kind = sole_type(node)
    if kind is not None:
        return typed(reading, here, node, kind)
    check_words(reading, here, node)
    made = gather(reading, here, node)
    return finish(reading, here, made) if isinstance(made, Draft) else made
