"""Messages that the package `jsonschema` looks at, since the codec can't follow their schema.

Such a message is read once more: its classes show what is certain, no constraint is made, and
what is read or written is checked as a whole.
"""

from __future__ import annotations

from msgc.payloads.codes import FOR_JSONSCHEMA, UNSUPPORTED_KEYWORD
from msgc.payloads.context import Context
from msgc.payloads.documents import Subschema
from msgc.payloads.documents.bundle import bundle
from msgc.payloads.keywords.scalars import python_pattern
from msgc.payloads.model import ObjectShape
from msgc.payloads.objects.preservation import all_preserved
from msgc.runtime.codec.patterns.engines import LINEAR, has_categories
from msgc.source import Span


def for_library(context: Context, shape: ObjectShape, here: Subschema) -> ObjectShape:
    """Return a message with its schema for the library; the first time, let it be read again."""
    if not context.learned.library:
        context.learned.library = True
        return shape
    context.preserve(all_preserved(shape))
    if context.references.undecided is not None:
        span, ref = context.references.undecided
        written = f"{_written(span)}: {_written(ref)}"
        context.say(
            FOR_JSONSCHEMA,
            span,
            f"which schema `{written}` means depends on who refers here: `{shape.name}` is"
            " checked with the package `jsonschema`",
            help="where this is one schema, a `$ref` to it needs no package",
        )

    def pattern(text: str, span: Span, *, of_names: bool = False) -> str | None:
        made = python_pattern(context, text, span)
        if made is not None and of_names and (made.startswith(LINEAR) or has_categories(made)):
            message = f"`{text}` isn't supported in `patternProperties` beside a `$dynamicRef`"
            help_ = "write a pattern without nested repetitions and `\\p{...}`"
            context.say(UNSUPPORTED_KEYWORD, span, message, help=help_)
            return None
        return made

    whole = shape.replace(library=bundle(context.references, here, pattern))
    context.classes[shape.name] = whole
    return whole


def _written(span: Span) -> str:
    """Return what stands there, as in YAML: a draft of 2019 has `$recursiveRef`."""
    return span.source.text[span.start : span.end].strip("\"'")
