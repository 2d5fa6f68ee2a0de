"""Check the body of a `send` against the message that it is to be, placeholder by placeholder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from msgc.diagnostics import Code, Diagnostic, did_you_mean
from msgc.payloads import FieldAt
from msgc.payloads.fields import kinds_of
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    Field,
    MapShape,
    ObjectShape,
    RefShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.validation import problem_of
from msgc.record import Record
from msgc.sending import codes
from msgc.sending.assignability import misfit, narrower
from msgc.sending.escaping import may_need_escapes
from msgc.source import Span
from msgc.topology.templates import Placeholder, Template, Text, is_constant, placeholders

Path = tuple[str | int, ...]
_IN_TEXT = frozenset({"string", "number", "boolean"})


class Body(Record):
    """What a body is checked with."""

    message: str
    """The name of what it is to be."""
    values: Callable[[Placeholder], FieldAt | None]
    """What a placeholder stands for; None: nothing, which is reported elsewhere."""
    place: Callable[[Path], Span]
    """Where a part of the body stands."""
    escapes: bool
    """Whether the service escapes what it puts into longer text."""


def fit(body: Body, template: Template, shape: Shape) -> Iterator[Diagnostic]:
    """Yield what is wrong with a body that is to be of a shape."""
    return _fit(body, template, shape, ())


def texts(body: Body, template: Template) -> Iterator[Diagnostic]:
    """Yield what is wrong with the placeholders in longer texts, whatever the body is to be."""
    return _texts(body, template, ())


def _texts(body: Body, template: Template, path: Path) -> Iterator[Diagnostic]:
    match template:
        case Text():
            for placeholder in placeholders(template):
                yield from _inside(body, placeholder, path)
        case dict():
            for key, item in template.items():
                yield from _texts(body, item, (*path, key))
        case tuple():
            for index, item in enumerate(template):
                yield from _texts(body, item, (*path, index))
        case Placeholder() | None | str() | int() | float():
            pass
        case _:
            assert_never(template)


def _inside(body: Body, placeholder: Placeholder, path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with a placeholder inside longer text."""
    value = body.values(placeholder)
    if value is None:
        return
    shown = f"`<{placeholder.written}>`"
    if not value.kinds & _IN_TEXT:
        yield codes.SEND_MISMATCH.at(
            body.place(path),
            f"{shown} is no text, and can't stand inside longer text",
            help="let it be the whole value of a property",
        )
    elif not body.escapes and may_need_escapes(value.shape):
        yield codes.UNESCAPED.at(
            body.place(path),
            f"{shown} may have quotes or backslashes in it, which EventBridge doesn't escape:"
            " what arrives would be no JSON",
            help="let it be the whole value of a property, or give its schema a `pattern` or an"
            " `enum` without them",
        )


def _fit(body: Body, template: Template, shape: Shape, path: Path) -> Iterator[Diagnostic]:
    while isinstance(shape, RefShape):
        shape = shape.target
    if isinstance(shape, AnyShape):
        return
    if isinstance(shape, UnionShape):
        yield from _fit_union(body, template, shape, path)
        return
    match template:
        case Placeholder():
            yield from _fit_placeholder(body, template, shape, path, required=True)
        case Text():
            yield from _fit_text(body, shape, path)
        case dict():
            yield from _fit_object(body, template, shape, path)
        case tuple():
            yield from _fit_list(body, template, shape, path)
        case None | str() | int() | float():
            if (problem := problem_of(shape)(template)) is not None:
                yield _wrong(body, path, f"{_at(path)}{problem}")
        case _:
            assert_never(template)


def _fit_union(
    body: Body, template: Template, shape: UnionShape, path: Path
) -> Iterator[Diagnostic]:
    """Yield the problems with the option that comes closest, if none fits."""
    placeholder = next(iter(placeholders(template)), None)
    if placeholder is template and placeholder is not None:
        yield from _fit_placeholder(body, placeholder, shape, path, required=True)
        return
    if is_constant(template):
        if (problem := problem_of(shape)(plain(template))) is not None:
            yield _wrong(body, path, f"{_at(path)}{problem}")
        return
    found = [list(_fit(body, template, option, path)) for option in shape.options]
    if not any(all(not d.is_error for d in one) for one in found):
        yield from min(found, key=len)


def _fit_text(body: Body, shape: Shape, path: Path) -> Iterator[Diagnostic]:
    if "string" not in kinds_of(shape):
        yield _wrong(body, path, f"{_at(path)}a text stands where {_noun(shape)} is expected")
    elif asked := narrower(StringShape(), shape):
        yield _loose(body, path, f"what this text becomes may not be {asked}")


def _fit_object(
    body: Body, template: dict[str, Template], shape: Shape, path: Path
) -> Iterator[Diagnostic]:
    if isinstance(shape, MapShape):
        for key, item in template.items():
            yield from _fit(body, item, shape.values, (*path, key))
        return
    if not isinstance(shape, ObjectShape):
        yield _wrong(body, path, f"{_at(path)}an object stands where {_noun(shape)} is expected")
        return
    fields = {field.wire: field for field in shape.fields}
    for key, item in template.items():
        field = fields.pop(key, None)
        if field is not None:
            yield from _fit_field(body, item, field, (*path, key))
        elif shape.rest is None or not shape.tacit:
            yield from _fit_undeclared(body, item, shape, (*path, key))
    for name in [name for name, field in fields.items() if field.required]:
        text = f"`{'.'.join(map(str, (*path, name)))}` of `{body.message}` is missing"
        yield _wrong(body, path, text, f"add it: `{name}: ...`")


def _fit_field(body: Body, item: Template, field: Field, path: Path) -> Iterator[Diagnostic]:
    match item:
        case Placeholder():
            yield from _fit_placeholder(body, item, field.shape, path, required=field.required)
        case Text() | None | str() | int() | float() | tuple() | dict():
            yield from _fit(body, item, field.shape, path)
        case _:
            assert_never(item)


def _fit_undeclared(
    body: Body, item: Template, shape: ObjectShape, path: Path
) -> Iterator[Diagnostic]:
    if shape.rest is not None:
        values = shape.rest.shape
        yield from _fit(body, item, values.values if isinstance(values, MapShape) else values, path)
        return
    name = str(path[-1])
    text = f"`{body.message}` declares no `{'.'.join(map(str, path))}`"
    advice = did_you_mean(name, [field.wire for field in shape.fields])
    code = codes.SEND_MISMATCH if shape.closed else codes.MAY_NOT_FIT
    more = "" if shape.closed else ", and handlers drop it"
    yield _finding(body, code, path, text + more, advice)


def _fit_list(
    body: Body, template: tuple[Template, ...], shape: Shape, path: Path
) -> Iterator[Diagnostic]:
    if not isinstance(shape, ArrayShape):
        yield _wrong(body, path, f"{_at(path)}a list stands where {_noun(shape)} is expected")
        return
    least, most = shape.min_items or 0, shape.max_items
    if len(template) < least or (most is not None and len(template) > most):
        yield _wrong(body, path, f"{_at(path)}{len(template)} items don't fit `{body.message}`")
    for index, item in enumerate(template):
        yield from _fit(body, item, shape.items, (*path, index))


def _fit_placeholder(
    body: Body, placeholder: Placeholder, shape: Shape, path: Path, *, required: bool
) -> Iterator[Diagnostic]:
    value = body.values(placeholder)
    if value is None:
        return
    shown = f"`<{placeholder.written}>`"
    filled = f"`{'.'.join(map(str, path))}` of `{body.message}`" if path else f"`{body.message}`"
    if (why := misfit(value.shape, shape)) is not None:
        yield _wrong(body, path, f"{shown} doesn't fit {filled}: it {why}")
    elif required and not value.required:
        yield _wrong(
            body,
            path,
            f"{shown} may be missing, and {filled} is required",
            "let the edge take only messages that have it, or make it optional",
        )
    elif asked := narrower(value.shape, shape):
        yield _loose(body, path, f"{shown} may not fit {filled}, which is {asked}")


def plain(template: Template) -> Any:
    """Return a template without placeholders as the JSON value that it is."""
    match template:
        case dict():
            return {key: plain(item) for key, item in template.items()}
        case tuple():
            return [plain(item) for item in template]
        case Placeholder() | Text() | None | str() | int() | float():
            return template
        case _:
            assert_never(template)


def _wrong(body: Body, path: Path, text: str, advice: str | None = None) -> Diagnostic:
    return _finding(body, codes.SEND_MISMATCH, path, text, advice)


def _loose(body: Body, path: Path, text: str) -> Diagnostic:
    advice = "say the same in the schema of what comes in"
    return _finding(body, codes.MAY_NOT_FIT, path, text, advice)


def _finding(body: Body, code: Code, path: Path, text: str, advice: str | None) -> Diagnostic:
    return code.at(body.place(path), text, help=advice)


def _at(path: Path) -> str:
    return f"`{'.'.join(map(str, path))}`: " if path else ""


def _noun(shape: Shape) -> str:
    nouns = {"string": "a text", "number": "a number", "boolean": "a boolean", "null": "null",
             "object": "an object", "array": "a list"}  # fmt: skip
    return " or ".join(nouns[kind] for kind in sorted(kinds_of(shape)))
