"""Findings about values: their type, form, range and number."""

from __future__ import annotations

import re
from typing import Literal

from msgc.diagnostics import Diagnostic, Edit, Label, nearest
from msgc.schema import codes
from msgc.schema.expected import Expected
from msgc.schema.key_findings import listed
from msgc.source import Span
from msgc.topology.units import duration
from msgc.tree import Mapping, Node, Scalar, Sequence, whole

Kind = Literal["object", "array", "scalar"]

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
}
_TIMES = ("duration", "minutes", "days")
"""Forms of a text that is a duration."""

_YES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def wrong_kind(node: Node, expected: Expected, name: str, kind: Kind) -> Diagnostic:
    """A mapping, list or single value where another kind is expected."""
    purpose = expected.reserved_kinds.get(kind)
    span = _first_line(node.span)
    if purpose is not None:
        return codes.NOT_SUPPORTED_YET.at(
            span,
            f"{_subject(name)} can't be {_KINDS[kind]} yet",
            help=f"that is reserved for {purpose}",
        )
    return codes.WRONG_TYPE.at(
        span,
        f"{_subject(name)} must be {_expected_kinds(expected)}, found {_found(node)}",
        help=_instead(node, expected, name),
    )


def _expected_kinds(expected: Expected) -> str:
    kinds = [_KINDS[t] for t in expected.types if t != "null"]
    if expected.const is False:
        return f"{kinds[expected.types[0] == 'boolean']} or `false`"
    if expected.is_boolean and len(kinds) > 1:
        return f"{kinds[expected.types[0] == 'boolean']}, `true` or `false`"
    if expected.format in ("any", "provided"):
        kinds[expected.types.index("string")] = f"`{expected.format}`"
    if expected.format in (*_TIMES, "size"):
        from msgc.schema.formats import FORMATS  # noqa: PLC0415  # only after a mistake

        return FORMATS[expected.format].means
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
    node: Node, expected: Expected, name: str
) -> str | None:
    """Return how the value should have been written."""
    example = expected.example(name) or _only_choice(expected, name)
    if isinstance(node, Scalar):
        if expected.is_boolean and node.text.lower() in _YES:
            return f"write `{_YES[node.text.lower()]}`; in YAML 1.2 `{node.text}` is text"
        if (
            expected.is_boolean
            and node.text.lower() in ("true", "false")
            and not expected.is_mapping
        ):
            return f"take off the quotes: `{node.text.lower()}`"
        if expected.is_integer and not node.plain and re.fullmatch(r"[0-9]+", node.text):
            return f"take off the quotes: `{node.text}`"
        if expected.is_list and expected.items is not None and expected.items.is_text:
            return f"write a list, even of one: `[{_short(node.text)}]`"
        if example and "{$ref: " in example and node.text.endswith((".json", ".yaml", ".yml")):
            return f"write `{name}: {{$ref: {_short(node.text)}}}`"
    if isinstance(node, Sequence) and len(node.items) == 1 and not expected.is_list:
        only = node.items[0]
        if isinstance(only, Scalar) and (expected.is_text or expected.is_integer):
            return f"take off the brackets: `{_short(only.text)}`"
    if isinstance(node, Mapping) and expected.is_list:
        return f"put it into a list: `{example}`" if example else "put it into a list"
    return f"for example `{example}`" if example else None


def _only_choice(expected: Expected, name: str) -> str | None:
    return f"{name}: {expected.choices[0]}" if len(expected.choices) == 1 else None


def no_value(node: Scalar, expected: Expected, place: Span, name: str) -> Diagnostic:
    """A key with nothing behind it."""
    help_: str | None = "write the value, or take the key out"
    if not name:
        help_ = "write the item, or take it out"
    elif expected.others is None and (example := expected.example(name)) is not None:
        help_ = f"for example `{example}`"
    elif expected.is_mapping:
        help_ = f"write `{name}: {{}}`, or take it out"
    empty = node.span.start == node.span.end
    return codes.NO_VALUE.at(
        place if empty else node.span, f"{_subject(name)} has no value", help=help_
    )


def empty(node: Node, expected: Expected, name: str) -> Diagnostic:
    """A list or mapping without anything in it, where that means nothing."""
    example = expected.example(name)
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


def not_a_choice(node: Scalar, expected: Expected, name: str) -> Diagnostic:
    """A word that is none of those that are possible."""
    if not node.text:
        return empty(node, expected, name)
    choices = ("true", *expected.choices) if expected.is_boolean else expected.choices
    if expected.is_boolean and node.text.lower() in (*_YES, "true", "false"):
        advice = _instead(node, expected, name)
        message = f"{_subject(name)} must be {listed(choices)}, found {_found(node)}"
        return codes.WRONG_TYPE.at(node.span, message, help=advice)
    match = nearest(node.text, expected.choices)
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


def bad_form(node: Scalar, expected: Expected, name: str) -> Diagnostic:
    """A text without the form that is expected; an empty `name`: the text is itself a name."""
    if not node.text and name:
        return empty(node, expected, name)
    written = _short(node.text)
    if expected.format == "any":
        return codes.WRONG_TYPE.at(
            node.span,
            f"{_subject(name)} must be a list or `any`, found `{written}`",
            help=f"write a list, even of one: `{name}: [{written}]`",
        )
    if expected.format == "provided":
        return _not_provided(node, expected, name)
    from msgc.schema.formats import FORMATS  # noqa: PLC0415  # only after a mistake

    form = FORMATS[expected.format]
    number = expected.format in (*_TIMES, "size") and re.fullmatch(r"\d+", node.text)
    is_name = form.code is codes.BAD_NAME
    unnamed = f"the name `{written}`" if is_name else f"`{written}`"
    subject = _subject(name) if name else unnamed
    message = f"{subject} must be {form.means}" + (f", found `{written}`" if name else "")
    if number:
        unit = "size" if expected.format == "size" else "duration"
        message = f"{subject} is a number without a unit: `{written}`"
        sample = "256KiB" if unit == "size" else "30s"
        fallback = f"a {unit} needs a unit: write it like `{sample}`"
        return form.code.at(node.span, message, **_proposal(node, expected, fallback))
    help_ = form.help if expected.format != "account" else _other_outsider(node.text)
    return form.code.at(node.span, message, **_proposal(node, expected, help_))


def _not_provided(node: Scalar, expected: Expected, name: str) -> Diagnostic:
    written = _short(node.text)
    if not expected.is_mapping:
        return codes.UNKNOWN_VALUE.at(
            node.span,
            f"{_subject(name)} can only be `provided`, found `{written}`",
            help="your CDK code hands it to the generated construct, as an argument",
        )
    message = f"{_subject(name)} must be a mapping or `provided`, found `{written}`"
    if nearest(node.text, ("provided",)):
        fix = (Edit(span=node.span, text="provided"),)
        return codes.UNKNOWN_VALUE.at(node.span, message, help="did you mean `provided`?", fix=fix)
    keys = () if node.text.startswith("arn:") else ("code", "url", "name")
    known = (key for key in (*keys, "arn", "provided") if expected.child(key) is not None)
    key = next(known, "arn")
    meant = f"{key}: {written}"
    for needed in expected.needs.get(key, ()):
        child = expected.child(needed)
        meant += f", {(child and child.example(needed)) or f'{needed}: ...'}"
    return codes.UNKNOWN_VALUE.at(node.span, message, help=f"did you mean `{name}: {{{meant}}}`?")


def _other_outsider(written: str) -> str | None:
    """Return how somebody is let in who was written where an account stands."""
    if written.startswith("arn:"):
        return f'a role or user is let in by `{{arn: "{_short(written)}"}}`'
    return f"an organization is let in by `{{org: {written}}}`" if written[:2] == "o-" else None


def _proposal(node: Scalar, expected: Expected, fallback: str | None) -> dict[str, object]:
    """Return help and fix: what was probably meant, if that has the right form."""
    from msgc.schema.guesses import meant  # noqa: PLC0415  # only after a mistake

    proposal = meant(expected.format, node.text)
    if proposal is None or expected.pattern is None or not expected.pattern.match(proposal):
        return {"help": fallback}
    unit = ""
    if fallback is not None and node.text.isdecimal():
        unit = f"{fallback.split(':')[0]}: "
    also = ""
    if expected.format == "duration" and node.text.isdecimal():
        larger = duration(whole(node.text))
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
