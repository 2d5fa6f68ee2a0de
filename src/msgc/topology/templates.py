"""Templates of what an edge sends in place of the original: JSON or text with placeholders.

One type for all three services that have such templates: EventBridge's input transformer, the
input of a schedule, and the template of a pipe. They differ in what `render` is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import assert_never

from msgc.record import Record
from msgc.topology.messages import Message
from msgc.tree import JsonValue


class Placeholder(Record):
    """A value that is filled in: of the source's record, or one that the service knows."""

    written: str
    """Without its brackets: `$.detail.id`, `aws.events.rule-arn`."""

    @property
    def path(self) -> tuple[str, ...] | None:
        """Its steps into the record, `("detail", "id")`; None: the service knows it."""
        return tuple(self.written.split(".")[1:]) if self.written.startswith("$") else None


class Text(Record):
    """A text with placeholders in it, each beside other parts."""

    parts: tuple[str | Placeholder, ...]


Template = (
    Placeholder | Text | str | int | float | None | tuple["Template", ...] | dict[str, "Template"]
)
"""A JSON value in which texts may have placeholders, or be one; a boolean is an `int`."""


class Send(Record):
    """What an edge delivers in place of the original message."""

    message: Message | None
    """What it is; None: any JSON value or text, for an end outside this file."""
    body: Template
    written: JsonValue
    """The body as the file has it, `$${` aside."""
    around: dict[str, JsonValue] | None = None
    """What is around the body, of a message with an envelope: the attributes of a CloudEvent."""

    @property
    def sent(self) -> JsonValue:
        """What is sent, as the file would have it: what fakes are given."""
        return self.written if self.around is None else {**self.around, "data": self.written}

    @property
    def template(self) -> Template:
        """What is sent, with its placeholders."""
        if self.around is None:
            return self.body
        around = {name: template(value) for name, value in self.around.items()}
        return {**around, "data": self.body}


def template(value: JsonValue) -> Template:
    """Return a JSON value with its placeholders parsed, closed or not."""
    if isinstance(value, dict):
        return {key: template(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(template(item) for item in value)
    if not isinstance(value, str) or "<" not in value:
        return value
    from msgc.runtime.testing.templates import split  # noqa: PLC0415  # where an edge sends something

    parts = [Placeholder(written=text) if held else text for text, held in split(value)]
    return parts[0] if len(parts) == 1 else Text(parts=tuple(parts))


def located(
    found: Template, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Placeholder]]:
    """Yield the placeholders of a template in its order, each with where it stands."""
    match found:
        case Placeholder():
            yield path, found
        case Text(parts=parts):
            for part in parts:
                yield from located(part, path)
        case dict():
            for key, item in found.items():
                yield from located(item, (*path, key))
        case tuple():
            for index, item in enumerate(found):
                yield from located(item, (*path, index))
        case None | str() | int() | float():
            pass
        case _:
            assert_never(found)


def placeholders(found: Template) -> Iterator[Placeholder]:
    """Yield the placeholders of a template, in its order."""
    return (placeholder for _, placeholder in located(found))


def is_constant(found: Template) -> bool:
    """Whether a template has no placeholder."""
    return next(placeholders(found), None) is None


def constant_json(found: Template) -> str:
    """Return a template without placeholders as JSON text."""
    return render(found, lambda placeholder: placeholder.written)


def render(found: Template, name: Callable[[Placeholder], str], *, quoted: bool = False) -> str:
    """Return a template as JSON text with its placeholders in it, each as `name` writes it.

    AWS quotes a text that stands for a whole value by itself; where it doesn't, as in the input of
    a schedule, such placeholders are `quoted` here. A literal less-than sign is spelled by its
    code, so that nothing is taken for a placeholder that is none.
    """
    match found:
        case Placeholder():
            return f'"{name(found)}"' if quoted else name(found)
        case Text(parts=parts):
            return '"' + "".join(_part(part, name) for part in parts) + '"'
        case dict():
            pairs = (
                f'"{_inside(key)}": {render(item, name, quoted=quoted)}'
                for key, item in found.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case tuple():
            return "[" + ", ".join(render(item, name, quoted=quoted) for item in found) + "]"
        case str():
            return f'"{_inside(found)}"'
        case None | int() | float():
            return json.dumps(found)
        case _:
            assert_never(found)


def _part(part: str | Placeholder, name: Callable[[Placeholder], str]) -> str:
    match part:
        case Placeholder():
            return name(part)
        case str():
            return _inside(part)
        case _:
            assert_never(part)


def _inside(text: str) -> str:
    """Return a text as it stands between the quotes of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("<", "\\u003c")
