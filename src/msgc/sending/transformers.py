"""EventBridge's input transformers: a template, and the paths that its placeholders stand for."""

from __future__ import annotations

from typing import assert_never

from msgc.record import Record
from msgc.topology.templates import (
    Placeholder,
    Send,
    Template,
    Text,
    constant_json,
    is_constant,
    placeholders,
    render,
)


class Transformer(Record):
    """What a rule sends: always the same, a part of the event, or a template with paths.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
    """

    constant: str | None = None
    """`Input`: JSON text."""
    part: str | None = None
    """`InputPath`: `$.detail`."""
    paths: dict[str, str] = {}  # noqa: RUF012  # records are frozen
    """`InputPathsMap`: what the names in the template stand for."""
    template: str = ""
    """`InputTemplate`."""


def transformer(send: Send) -> Transformer:
    """Return how EventBridge is told what to send."""
    if is_constant(send.template):
        return Transformer(constant=constant_json(send.template))
    part = whole_path(send.template)
    if part is not None:
        return Transformer(part=part)
    named: dict[str, str] = {}
    paths: dict[str, str] = {}
    for placeholder in placeholders(send.template):
        if placeholder.path is not None and placeholder.written not in named:
            name = _name(placeholder.path, paths)
            named[placeholder.written] = name
            paths[name] = placeholder.written
    template = render(send.template, lambda p: f"<{named.get(p.written, p.written)}>")
    return Transformer(paths=paths, template=template)


def schedule_input(send: Send) -> str:
    """Return what a schedule is told to send: JSON, with Scheduler's own words in it as texts."""
    return render(send.template, lambda p: f"<{p.written}>", quoted=True)


def whole_path(body: Template) -> str | None:
    """Return the path of a body that is one placeholder."""
    match body:
        case Placeholder(path=path, written=written):
            return None if path is None else written
        case Text() | None | str() | int() | float() | tuple() | dict():
            return None
        case _:
            assert_never(body)


def path_behind(send: Send, field: tuple[str, ...]) -> str | None:
    """Return the path from which a field of the body is taken, if it is one whole placeholder."""
    found = send.body
    for step in field:
        found = found.get(step) if isinstance(found, dict) else None
    return whole_path(found)


def _name(path: tuple[str, ...], taken: dict[str, str]) -> str:
    """Return the name of a path in a template: by the payload's own fields, where there are some.

    A name has letters, digits, `_` and `-`, and doesn't begin with `aws`.
    """
    steps = path[1:] if len(path) > 1 else path
    name = "_".join(steps).replace("/", "_")
    if name.lower().startswith("aws"):
        name = f"_{name}"
    if name in taken:
        name = "_".join(path).replace("/", "_")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def pipe_template(send: Send) -> str:
    """Return the template with which a pipe makes what it sends.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
    """
    return render(send.template, lambda placeholder: f"<{placeholder.written}>")
