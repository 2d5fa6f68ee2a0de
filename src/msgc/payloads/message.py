"""A message's schema → the class of the message."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.codes import NOT_AN_OBJECT
from msgc.payloads.model import MapShape, ObjectShape, UnionShape
from msgc.payloads.names import ClassNames
from msgc.payloads.reading import Reading
from msgc.payloads.references import Document, Here, Load, References
from msgc.payloads.shapes import DEPTH, read_shape
from msgc.tree import Mapping, Node, Scalar


def read(node: Node, *, name: str, path: str, load: Load) -> Outcome[ObjectShape]:
    """Return the class `name` that a schema describes, with everything that is wrong with it.

    `path` is the file in which the schema stands, `load` reads the files that it refers to and
    may raise `OSError`.
    """
    found: list[Diagnostic] = []
    document = Document(path=path, root=node)
    references = References(document, load, found)
    here = _own_schema(references, Here(node=node, document=document, path=()))
    if here is None:
        return Outcome(None, tuple(found))
    reading = Reading(references, ClassNames(name, here), found, read_shape)
    shape = read_shape(reading, here)
    if isinstance(shape, ObjectShape):
        return Outcome(shape, tuple(found))
    if not any(diagnostic.is_error for diagnostic in found):
        found.append(_no_object(here, shape))
    return Outcome(None, tuple(found))


def _own_schema(references: References, here: Here) -> Here | None:
    """Follow `schema: {$ref: order_placed.json}`: what it leads to is the message itself."""
    for _ in range(DEPTH):
        node = here.node
        ref = node.get("$ref") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(ref, Scalar) or len(node.entries) > 1:
            break
        target = references.follow(here, ref)
        if target is None:
            return None
        here = target
    return here


def _no_object(here: Here, shape: object) -> Diagnostic:
    what = "a list or a single value"
    help_ = "write `type: object` and put it into a property"
    if isinstance(shape, MapShape):
        what, help_ = "an object without properties", "declare its `properties`"
    elif isinstance(shape, UnionShape):
        what = "one of several schemas"
        help_ = "declare a message for each of them, or put the `oneOf` into a property"
    return NOT_AN_OBJECT.at(
        here.node.span, f"the schema of a message has to be an object, this is {what}", help=help_
    )
