"""The words in which mistakes about values are told: their kind, form, range and number."""

from __future__ import annotations

import re
from typing import Literal

from msgc.diagnostics import Diagnostic, Edit, Label, nearest
from msgc.schema import codes
from msgc.schema.about_keys import listed
from msgc.schema.formats import FORMATS, meant
from msgc.schema.shape import Shape
from msgc.source import Span
from msgc.topology.units import duration
from msgc.tree import Mapping, Node, Scalar, Sequence

Kind = Literal["object", "array", "scalar"]

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
}
_YES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def wrong_kind(node: Node, shape: Shape, name: str, kind: Kind) -> Diagnostic:
    """A mapping, list or single value where another kind is expected."""
    purpose = shape.reserved_kinds.get(kind)
    span = _first_line(node.span)
    if purpose is not None:
        return codes.NOT_SUPPORTED_YET.at(
            span,
            f"{_subject(name)} can't be {_KINDS[kind]} yet",
            help=f"that is reserved for {purpose}",
        )
    return codes.WRONG_TYPE.at(
        span,
        f"{_subject(name)} must be {_expected(shape)}, found {_found(node)}",
        help=_instead(node, shape, name),
    )


def _expected(shape: Shape) -> str:
    kinds = [_KINDS[t] for t in shape.types]
    if shape.is_boolean and len(kinds) > 1:
        return f"{kinds[shape.types[0] == 'boolean']}, `true` or `false`"
    if shape.format in ("any", "provided"):
        kinds[shape.types.index("string")] = f"`{shape.format}`"
    if shape.format in ("duration", "size", "days"):
        return FORMATS[shape.format].means
    return " or ".join(kinds)


def _found(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if node.plain and isinstance(node.value, bool):
        return f"`{node.text}`"
    if node.plain and isinstance(node.value, int | float):
        return f"the number `{node.text}`"
    return f"the text `{_short(node.text)}`"


def _instead(  # noqa: PLR0911  # one return for each way to be wrong
    node: Node, shape: Shape, name: str
) -> str | None:
    """Return how the value should have been written."""
    example = shape.example(name)
    if isinstance(node, Scalar):
        if shape.is_boolean and node.text.lower() in _YES:
            return f"write `{_YES[node.text.lower()]}`; in YAML 1.2 `{node.text}` is text"
        if shape.is_boolean and node.text.lower() in ("true", "false") and not shape.is_mapping:
            return f"take off the quotes: `{node.text.lower()}`"
        if shape.is_integer and not node.plain and re.fullmatch(r"[0-9]+", node.text):
            return f"take off the quotes: `{node.text}`"
        if shape.is_list and shape.items is not None and shape.items.is_text:
            return f"write a list, even of one: `[{_short(node.text)}]`"
        if example and "{$ref: " in example and node.text.endswith((".json", ".yaml", ".yml")):
            return f"write `{name}: {{$ref: {_short(node.text)}}}`"
    if isinstance(node, Sequence) and len(node.items) == 1 and not shape.is_list:
        only = node.items[0]
        if isinstance(only, Scalar) and (shape.is_text or shape.is_integer):
            return f"take off the brackets: `{_short(only.text)}`"
    if isinstance(node, Mapping) and shape.is_list:
        return f"put it into a list: `{example}`" if example else "put it into a list"
    return f"for example `{example}`" if example else None


def no_value(node: Scalar, shape: Shape, place: Span, name: str) -> Diagnostic:
    """A key with nothing behind it."""
    help_: str | None = "write the value, or take the key out"
    if not name:
        help_ = "write the item, or take it out"
    elif shape.others is None and (example := shape.example(name)) is not None:
        help_ = f"for example `{example}`"
    elif shape.is_mapping:
        help_ = f"write `{name}: {{}}`, or take it out"
    empty = node.span.start == node.span.end
    return codes.NO_VALUE.at(
        place if empty else node.span, f"{_subject(name)} has no value", help=help_
    )


def empty(node: Node, shape: Shape, name: str) -> Diagnostic:
    """A list or mapping without anything in it, where that means nothing."""
    example = shape.example(name)
    return codes.NO_VALUE.at(
        node.span,
        f"{_subject(name)} is empty",
        help=f"take it out, or fill it: `{example}`" if example else "take it out, or fill it",
    )


def not_constant(node: Scalar, name: str, only: str) -> Diagnostic:
    """A value where only one is possible."""
    return codes.UNKNOWN_VALUE.at(
        node.span, f"{_subject(name)} must be `{only}`, found `{node.text}`", help=f"write `{only}`"
    )


def not_a_choice(node: Scalar, shape: Shape, name: str) -> Diagnostic:
    """A word that is none of those that are possible."""
    choices = ("true", *shape.choices) if shape.is_boolean else shape.choices
    if shape.is_boolean and node.text.lower() in (*_YES, "true", "false"):
        advice = _instead(node, shape, name)
        message = f"{_subject(name)} must be {listed(choices)}, found {_found(node)}"
        return codes.WRONG_TYPE.at(node.span, message, help=advice)
    match = nearest(node.text, shape.choices)
    if match is not None and _letters(match) == _letters(node.text):
        match = None  # `python3.9` isn't a slip for `python3.14`
    return codes.UNKNOWN_VALUE.at(
        node.span,
        f"{_subject(name)} can't be `{_short(node.text)}`",
        help=f"did you mean `{match}`?" if match else f"write {listed(choices)}",
        fix=(Edit(span=node.span, text=match),) if match else (),
    )


def _letters(text: str) -> str:
    return re.sub(r"[0-9.]", "", text)


def bad_form(node: Scalar, shape: Shape, name: str) -> Diagnostic:
    """A text without the form that is expected; an empty `name`: the text is itself a name."""
    written = _short(node.text)
    if shape.format == "any":
        return codes.WRONG_TYPE.at(
            node.span,
            f"{_subject(name)} must be a list or `any`, found `{written}`",
            help=f"write a list, even of one: `{name}: [{written}]`",
        )
    if shape.format == "provided":
        key = "arn" if node.text.startswith("arn:") or shape.child("code") is None else "code"
        return codes.UNKNOWN_VALUE.at(
            node.span,
            f"{_subject(name)} must be a mapping or `provided`, found `{written}`",
            help=f"did you mean `{name}: {{{key}: {written}}}`?",
        )
    form = FORMATS[shape.format]
    number = shape.format in ("duration", "days", "size") and re.fullmatch(r"\d+", node.text)
    subject = f"the name `{written}`" if not name else _subject(name)
    message = f"{subject} must be {form.means}" + (f", found `{written}`" if name else "")
    if number:
        unit = "size" if shape.format == "size" else "duration"
        message = f"{subject} is a number without a unit: `{written}`"
        sample = "256KiB" if unit == "size" else "30s"
        fallback = f"a {unit} needs a unit: write it like `{sample}`"
        return form.code.at(node.span, message, **_proposal(node, shape, fallback))
    return form.code.at(node.span, message, **_proposal(node, shape, form.help))


def _proposal(node: Scalar, shape: Shape, fallback: str | None) -> dict[str, object]:
    """Return help and fix: what was probably meant, if that has the right form."""
    proposal = meant(shape.format, node.text)
    if proposal is None or shape.pattern is None or not shape.pattern.match(proposal):
        return {"help": fallback}
    unit = ""
    if fallback is not None and node.text.isdecimal():
        unit = f"{fallback.split(':')[0]}: "
    also = ""
    if shape.format == "duration" and node.text.isdecimal():
        larger = duration(int(node.text))
        also = f", which is `{larger}`" if larger != proposal else ""
    return {
        "help": f"{unit}write `{proposal}`{also}",
        "fix": (Edit(span=node.span, text=proposal),),
    }


def out_of_range(
    node: Node, name: str, value: int, bounds: tuple[int | None, int | None], what: str
) -> Diagnostic:
    """A number, or a count of `what`, beyond its bounds."""
    least, most = bounds
    allowed = (
        f"{least} to {most}"
        if least is not None and most is not None
        else f"at most {most}"
        if most is not None
        else f"at least {least}"
    )
    if what == "":
        return codes.OUT_OF_RANGE.at(
            node.span, f"{_subject(name)} must be {allowed}, found {value}"
        )
    if what == "name":
        return codes.OUT_OF_RANGE.at(
            node.span, f"a name must have {allowed} characters, this one has {value}"
        )
    return codes.OUT_OF_RANGE.at(
        _first_line(node.span), f"{_subject(name)} must have {allowed} {what}, found {value}"
    )


def duplicate_item(item: Scalar, first: Scalar, name: str) -> Diagnostic:
    """The same item twice."""
    return codes.DUPLICATE_ITEM.at(
        item.span,
        f"`{_short(item.text)}` stands twice in `{name}`",
        help="take one of them out",
        labels=(Label(span=first.span, message="first here"),),
    )


def _subject(name: str) -> str:
    return f"`{name}`" if name else "an item"


def _short(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 60 and line == text else f"{line[:57]}..."


def _first_line(span: Span) -> Span:
    """Return the part of a span that stands on its first line."""
    text = span.source.text[span.start : span.end]
    return Span(span.source, span.start, span.start + len(text.split("\n", 1)[0].rstrip("\r")))
