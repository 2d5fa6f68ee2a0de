"""Compile a message's JSON Schema into its shape, schema by schema.

What a Python type expresses becomes that type; the rest stays JSON Schema, and is kept beside the
shape as its constraints. A schema without a single type is any value with constraints.
"""

from __future__ import annotations

from msgc.diagnostics import Diagnostic, Outcome
from msgc.payloads.class_names import ClassNames
from msgc.payloads.codes import (
    BAD_KEYWORD_VALUE,
    NOT_AN_OBJECT,
    TOO_DEEP,
    TOO_MANY_SCHEMAS,
)
from msgc.payloads.compiler.fallback import fallback
from msgc.payloads.compiler.scalar_cache import ScalarCache, cache_key
from msgc.payloads.compiler.single import read_type
from msgc.payloads.compiler.unsatisfiable import say_if_nothing_fits
from msgc.payloads.constraints import constrained
from msgc.payloads.context import Context, Learned
from msgc.payloads.dialects import Translated, is_openapi, translated
from msgc.payloads.documents import NO_CATALOG, Catalog, Document, Subschema
from msgc.payloads.documents.files import Load, SchemaFiles
from msgc.payloads.documents.references import References, reference
from msgc.payloads.keywords.check import check_keywords, note_idle, say_ignored_words
from msgc.payloads.keywords.effective import effective_keywords
from msgc.payloads.keywords.json_types import sole_type
from msgc.payloads.keywords.runtime_schema import constraints_of
from msgc.payloads.model import AnyShape, ObjectShape, RefShape, Shape
from msgc.payloads.objects.classes import finish
from msgc.payloads.objects.draft import Draft
from msgc.payloads.vocabulary import DEEPEST, MOST_ROUNDS, MOST_SCHEMAS, NOTES
from msgc.payloads.wishes import Wishes
from msgc.tree import Mapping, Node, Scalar, Sequence

_SCALARS = ScalarCache()


class SchemaBudget:
    """How many more schemas the messages of a file may have, all together."""

    def __init__(self, left: int = MOST_SCHEMAS) -> None:
        self.left = left


def read(  # noqa: PLR0913  # by name
    node: Node,
    *,
    name: str,
    path: str,
    load: Load,
    budget: SchemaBudget | None = None,
    catalog: Catalog = NO_CATALOG,
    wishes: Wishes | None = None,
) -> Outcome[ObjectShape]:
    """Compile the schema of the message `name`; `path` is the file that `node` stands in.

    `load` reads a file that a `$ref` names; it may be asked for the same file again. Schemas
    are taken from `budget`; when that is used up, nothing more is compiled. `catalog` knows where
    schemas are that are referred to by their `$id`.
    """
    budget = budget or SchemaBudget()
    if budget.left < 0:
        message = f"the messages before `{name}` have more than {MOST_SCHEMAS:,} schemas already"
        help_ = "refer to the parts that a message has, not to one schema of everything"
        return Outcome(None, (TOO_MANY_SCHEMAS.at(node.span, message, help=help_),))
    learned = Learned()
    learned.wishes = wishes
    while True:
        before, early = len(learned), len(learned.early)
        outcome = _attempt(
            Document(path=path, root=translated(node)), name, load, learned, budget, catalog
        )
        learned.rounds += len(learned.early) > early
        if len(learned) == before:
            return outcome


def _attempt(  # noqa: PLR0913, PLR0917  # as `read`
    document: Document,
    name: str,
    load: Load,
    learned: Learned,
    budget: SchemaBudget,
    catalog: Catalog,
) -> Outcome[ObjectShape]:
    found: list[Diagnostic] = []
    before = len(learned)
    references = References(SchemaFiles(document, load, found, catalog))
    here = _file_of(references, Subschema(node=document.root, document=document, path=()))
    if here is None:
        return Outcome(None, tuple(found))
    if is_openapi(here.node):
        message = f"`{here.document.path}` is the description of an API, and no schema"
        help_ = "name a schema in it, as `api.yaml#/components/schemas/Order`"
        found.append(NOT_AN_OBJECT.at(document.root.span, message, help=help_))
        return Outcome(None, tuple(found))
    context = Context(references, ClassNames(name, here), found, _shape, learned, catalog)
    _hear_wishes(context, here)
    for deep in reversed(tuple(learned.early.values())):
        context.shape(Subschema(deep.node, deep.document, deep.path, 0, deep.kind))
    said = isinstance(here.node, Mapping) and bool(here.node.entries.keys() - NOTES)
    shape = context.shape(here.within("object" if said else None))
    budget.left -= context.schemas_read
    if context.unknown or context.idle:
        say_ignored_words(context)
    if isinstance(shape, ObjectShape) and shape.name == name:
        looked = _looked_through(context, here, shape, is_news=len(learned) > before)
        return Outcome(looked, tuple(found))
    if not any(diagnostic.is_error for diagnostic in found):
        context.say(
            NOT_AN_OBJECT,
            document.root.span,
            f"`{name}` isn't one JSON object",
            help="a message is `type: object`; put anything else into a property of it",
        )
    return Outcome(None, tuple(found))


def _looked_through(
    context: Context, here: Subschema, shape: ObjectShape, *, is_news: bool
) -> ObjectShape:
    """Look at a message as a whole, unless the next pass over it is to come (`is_news`)."""
    if context.recursive:
        from msgc.payloads.compiler.infinite_recursion import (  # noqa: PLC0415  # few are recursive
            say_if_endless,
        )

        say_if_endless(context)
    if context.references.undecided is not None or context.learned.library:
        from msgc.payloads.compiler.library import for_library  # noqa: PLC0415  # few need it

        return for_library(context, shape, here)
    if context.has_constraints and not is_news:
        from msgc.payloads.objects.preservation import preserved  # noqa: PLC0415  # few have any

        # What a message that is a union must fit, its classes say by themselves.
        classes = (cls for cls in context.classes.values() if cls.alternatives is None)
        context.preserve(preserved(classes))
    return shape


def _hear_wishes(context: Context, here: Subschema) -> None:
    """Lay what messaging.yaml says of classes over the schemas."""
    if context.learned.wishes is not None:
        from msgc.payloads.overlays import overlay  # noqa: PLC0415  # few messages have wishes

        overlay(context, here, context.learned.wishes)
    if isinstance(here.node, Mapping) and "x-sensitive" in here.node.entries:
        message = "`x-sensitive` stands on a property: of a whole message nothing could be shown"
        context.say(BAD_KEYWORD_VALUE, here.node.key("x-sensitive").span, message)


def _file_of(references: References, here: Subschema) -> Subschema | None:
    """Follow `schema: {$ref: file.json}`: the root of that file is the message itself."""
    seen = {here.key}
    while isinstance(here.node, Mapping):
        ref = reference(here.node)
        if not isinstance(ref, Scalar) or effective_keywords(here.node):
            break
        target = references.follow(here, ref)
        if target is None:
            return None
        if target.key in seen:
            break
        seen.add(target.key)
        here = target
    return _as_object(here)


def _as_object(here: Subschema) -> Subschema:
    """Return the schema of a message that may be `null` in other places without its other types."""
    kinds = here.node.get("type") if isinstance(here.node, Mapping) else None
    if not isinstance(here.node, Mapping) or not isinstance(kinds, Sequence):
        return here
    own = [kind for kind in kinds.items if isinstance(kind, Scalar) and kind.text == "object"]
    if not own:
        return here
    entries = {**here.node.entries, "type": (here.node.key("type"), own[0])}
    return Subschema(Mapping(entries, here.node.span), here.document, here.path, here.depth)


def _shape(context: Context, here: Subschema) -> Shape:
    """Compile a schema once; a reference to one that is still being compiled is a recursion."""
    if isinstance(here.node, Translated):
        note_idle(context, here, here.node)
    words = cache_key(here.node, here.kind)
    leaf = _SCALARS.get(words) if words else None
    if leaf is not None:
        return leaf
    done = context.finished.get((here.key, here.kind))
    if done is not None:
        return done
    if here.key in context.learned.untyped:
        made = fallback(context, here, ())
        return finish(context, here, made) if isinstance(made, Draft) else made
    if here.key in context.underway:
        context.underway[here.key] = name = context.names.give(here)
        context.recursive = True
        return RefShape(name=name, classes=context.classes)
    if here.depth > DEEPEST:
        early = context.learned.early
        if context.learned.rounds == MOST_ROUNDS:
            deepest = DEEPEST * (MOST_ROUNDS + 1)
            context.say(TOO_DEEP, here.node.span, f"more than {deepest} levels deep")
        else:
            early[here.key, here.kind] = here
        return AnyShape()
    context.underway[here.key] = None
    findings = len(context.found)
    shape = _read(context, here)
    say_if_nothing_fits(context, here, shape)
    if words and len(context.found) == findings:
        _SCALARS.keep(words, shape)
    promised = context.underway.pop(here.key)
    if promised is not None and not (isinstance(shape, ObjectShape) and shape.name == promised):
        context.learned.untyped.add(here.key)
    context.finished[here.key, here.kind] = shape
    return shape


def _read(context: Context, here: Subschema) -> Shape:
    node = here.node
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return constrained(AnyShape(), constraints_of(context, here))
    if not isinstance(node, Mapping):
        context.say(BAD_KEYWORD_VALUE, node.span, f"a schema is an object (at `{here.pointer}`)")
        return AnyShape()
    kind = sole_type(node)
    if kind is not None:
        return read_type(context, here, node, kind)
    check_keywords(context, here, node)
    from msgc.payloads.compiler.composition import read_composed  # noqa: PLC0415  # 2 ms with all of it

    made = read_composed(context, here, node)
    shape = finish(context, here, made) if isinstance(made, Draft) else made
    if "x-python" in node.entries:
        from msgc.payloads.compiler.enumerations import called  # noqa: PLC0415  # few have a name

        return called(context, here, node, shape)
    return shape
