"""Strings, numbers, booleans, null: their keywords, `enum` and `const`."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import nearest
from msgc.payloads.codes import (
    BAD_KEYWORD_VALUE,
    CONTRADICTION,
    NOTHING_FITS,
    UNKNOWN_FORMAT,
)
from msgc.payloads.context import Context, described
from msgc.payloads.keywords.python_words import DECIMAL, OPEN_ENUM, python_type
from msgc.payloads.model import (
    AnyShape,
    BooleanShape,
    NullShape,
    NumberShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.payloads.validation import problem_of
from msgc.payloads.vocabulary import FORMATS
from msgc.runtime.codec.unique import canonical
from msgc.source import Span
from msgc.tree import JsonValue, Mapping, Node, Scalar, Sequence


def read_string(context: Context, node: Mapping) -> StringShape:
    """Read `type: string`."""
    return StringShape(
        description=described(node),
        min_length=context.integer(node, "minLength") or None,
        max_length=context.integer(node, "maxLength"),
        pattern=read_pattern(context, node),
        format=read_format(context, node),
        decimal=_is_decimal(context, node),
    )


def read_number(context: Context, node: Mapping, *, integer: bool) -> NumberShape:
    """Read `type: number` and `type: integer`."""
    bounds = {word: context.number(node, word) for word in ("minimum", "maximum")}
    for word in ("exclusiveMinimum", "exclusiveMaximum"):
        bounds[word] = context.number(node, word)
    multiple = context.positive(node, "multipleOf")
    decimal = _is_decimal(context, node)
    if decimal and integer:
        place = node.entries["x-python"][1].span
        message = "an integer is an `int` in Python"
        context.say(BAD_KEYWORD_VALUE, place, message, help="write `type: number`")
    return NumberShape(
        description=described(node),
        integer=integer,
        decimal=decimal and not integer,
        minimum=bounds["minimum"],
        maximum=bounds["maximum"],
        exclusive_minimum=bounds["exclusiveMinimum"],
        exclusive_maximum=bounds["exclusiveMaximum"],
        multiple_of=multiple,
    )


def read_choice(context: Context, node: Mapping, typed: Shape | None) -> Shape:
    """Read `enum` and `const`; `typed` is what the other keywords say, if they say anything."""
    choices = _choices(context, node)
    if typed is not None:
        choices = _fitting(context, choices, typed)
    if not choices:
        return AnyShape(description=described(node))
    options: list[Shape] = []
    description = described(node)
    texts = tuple(dict.fromkeys(v for v, _ in choices if isinstance(v, str)))
    if texts:
        options.append(StringShape(description=description, enum=texts))
    numbers = tuple(
        dict.fromkeys(
            v for v, _ in choices if isinstance(v, int | float) and not isinstance(v, bool)
        )
    )
    if numbers:
        options.append(_numbers(description, numbers, typed))
    booleans = {v for v, _ in choices if isinstance(v, bool)}
    if booleans:
        const = booleans.pop() if len(booleans) == 1 else None
        options.append(BooleanShape(description=description, const=const))
    if any(v is None for v, _ in choices):
        options.append(NullShape(description=description))
    if "x-python" in node.entries and python_type(context, node) == OPEN_ENUM:
        options = _opened(context, node, options)
    if len(options) == 1:
        return options[0]
    return UnionShape(description=description, options=tuple(options))


def _opened(context: Context, node: Mapping, options: list[Shape]) -> list[Shape]:
    """Return the options of an `open-enum`: its values are known, and others may come."""
    if not any(isinstance(option, StringShape) for option in options):
        place = node.entries["x-python"][1].span
        message = "`open-enum` stands beside an `enum` of texts"
        context.say(BAD_KEYWORD_VALUE, place, message)
    return [
        option.replace(enum=None, known=option.enum) if isinstance(option, StringShape) else option
        for option in options
    ]


def _numbers(
    description: str, numbers: tuple[int | float, ...], typed: Shape | None
) -> NumberShape:
    decimal = isinstance(typed, NumberShape) and typed.decimal
    whole = all(number == int(number) for number in numbers) and not decimal
    return NumberShape(
        description=description,
        integer=whole,
        decimal=decimal,
        enum=tuple(int(number) for number in numbers) if whole else numbers,
    )


def _choices(context: Context, node: Mapping) -> list[tuple[JsonValue, Node]]:
    items = context.some(node, "enum")
    out = [(item.value, item) for item in items if isinstance(item, Scalar)]
    const = node.get("const")
    if isinstance(const, Scalar):
        if out and not _is_among(const.value, out):
            context.say(CONTRADICTION, const.span, "`const` is none of the `enum` beside it")
            return []
        return [(const.value, const)]
    return list(out)


def _is_among(value: JsonValue, values: Iterable[tuple[JsonValue, Node]]) -> bool:

    return canonical(value) in [canonical(each) for each, _ in values]


def is_plain(node: Mapping) -> bool:
    """Whether `enum` and `const` have nothing but text, numbers, booleans and null."""
    enum = node.get("enum")
    values = [node.get("const"), *(enum.items if isinstance(enum, Sequence) else ())]
    return all(value is None or isinstance(value, Scalar) for value in values)


def _fitting(
    context: Context, choices: list[tuple[JsonValue, Node]], typed: Shape
) -> list[tuple[JsonValue, Node]]:
    """Keep the choices that the type and the bounds beside them admit."""
    problem = problem_of(typed)
    wrong = [(node, why) for value, node in choices if (why := problem(value)) is not None]
    code = CONTRADICTION if len(wrong) == len(choices) else NOTHING_FITS
    for node, why in wrong:
        context.say(code, node.span, f"this value can never be: {why}")
    misfits = {id(node) for node, _ in wrong}
    return [(value, node) for value, node in choices if id(node) not in misfits]


def read_pattern(context: Context, node: Mapping) -> str | None:
    """Read `pattern`, as Python has it."""
    text = context.text(node, "pattern")
    if text is None:
        return None
    longest = node.get("maxLength")
    bound = longest.value if isinstance(longest, Scalar) else None
    return python_pattern(
        context,
        text,
        node.entries["pattern"][1].span,
        longest=bound if isinstance(bound, int) and bound >= 0 else None,
    )


def python_pattern(
    context: Context, text: str, span: Span, *, longest: int | None = None
) -> str | None:
    """Return a regular expression of ECMAScript as Python has it; None after an error.

    `longest` is how many characters are looked at.
    """
    from msgc.payloads.keywords.patterns import checked  # noqa: PLC0415  # a dozen modules, 5 ms

    return checked(context, text, span, longest)


def read_format(context: Context, node: Mapping) -> str | None:
    """Read `format`; one that nobody knows gets a warning."""
    text = context.text(node, "format")
    if text is not None and text not in FORMATS:
        close = nearest(text, FORMATS)
        context.say(
            UNKNOWN_FORMAT,
            node.entries["format"][1].span,
            f"`{text}` is no format of JSON Schema",
            help=f"did you mean `{close}`?" if close else "it is a note, nothing checks it",
        )
    return text


def _is_decimal(context: Context, node: Mapping) -> bool:
    if "x-python" not in node.entries:
        return False
    kind = python_type(context, node)
    if kind == OPEN_ENUM and "enum" not in node.entries:
        place = node.entries["x-python"][1].span
        message = "`open-enum` stands beside an `enum` of texts"
        context.say(BAD_KEYWORD_VALUE, place, message)
    return kind == DECIMAL
