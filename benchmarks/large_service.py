"""Writes messaging.yaml files of any size: `large_service.py RESOURCES MESSAGES FOLDER`.

A resource is something the file declares: a topic, queue, bus, subscription or consumer. What
msgc derives from them (dead-letter queues, policies, parameters, roles) comes on top: the stack
has several times as many CloudFormation resources.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

# Out of ten resources of one group; the messages are dealt out over the groups' topics and buses.
_GROUP = 10


def service(resources: int, messages: int) -> str:
    """A whole file; `resources` is a multiple of ten, messages are shared out over the groups."""
    groups = resources // _GROUP
    lines = [
        "version: 1",
        "service: large",
        "source: com.example.large",
        "messages:",
        *(line for m in range(messages) for line in _message(m)),
        "queues:",
        *(
            line
            for g in range(groups)
            for line in (
                f"  q{g}: {{}}",
                f"  audit{g}: {{retention: 14d, external: true}}",
                f"  jobs{g}: {{messages: [{_first(g, messages)}], external: true}}",
                # One for each group: the policy of a single one would be longer than SQS takes.
                f"  lost{g}: {{retention: 14d, dead_letter: false, external: true}}",
            )
        ),
        "topics:",
        *(f"  t{g}: {{messages: [{', '.join(_own(g, groups, messages))}]}}" for g in range(groups)),
        "buses:",
        *(f"  b{g}: {{messages: [{_first(g, messages)}]}}" for g in range(groups)),
        "subscriptions:",
        *(line for g in range(groups) for line in _subscriptions(g, messages)),
        "consumers:",
        *(
            f"  c{g}: {{from: {{queue: q{g}}}, function: {{code: lambdas/c{g}}},"
            f" publishes: [{{queue: jobs{g}}}]}}"
            for g in range(groups)
        ),
        "producers:",
        *(f"  p{g}: {{publishes: [{{topic: t{g}}}, {{bus: b{g}}}]}}" for g in range(groups)),
    ]
    return "\n".join(lines) + "\n"


def _name(message: int) -> str:
    return f"Happened{message}"


def _first(group: int, messages: int) -> str:
    return _name(group % messages)


def _own(group: int, groups: int, messages: int) -> list[str]:
    """The messages of a group: every one has a group, every group has one."""
    return [_name(m) for m in range(group, messages, groups)] or [_first(group, messages)]


def _message(number: int) -> Iterator[str]:
    yield f"  {_name(number)}:"
    yield f"    description: Something of kind {number} happened."
    yield "    schema:"
    yield "      type: object"
    yield "      required: [id, at, total, customer, items]"
    yield "      properties:"
    yield "        id: {type: string, minLength: 1}"
    yield "        at: {type: string, format: date-time}"
    yield "        total: {type: number, minimum: 0}"
    yield "        customer:"
    yield "          {type: object, required: [tier], properties: {tier: {enum: [basic, gold]}}}"
    yield "        items: {type: array, items: {type: object, properties: {sku: {type: string}}}}"
    if number % 5 == 0:  # as many as in examples/checkout
        yield "    examples:"
        yield f"    - id: h-{number}"
        yield "      at: 2026-03-01T12:30:45Z"
        yield "      total: 120.5"
        yield "      customer: {tier: gold}"
        yield "      items: [{sku: A}, {sku: B}]"


def _subscriptions(group: int, messages: int) -> Iterator[str]:
    message = _first(group, messages)
    yield f"  big{group}:"
    yield f"    from: {{topic: t{group}}}"
    yield f"    to: {{queue: q{group}}}"
    yield f"    messages: [{message}]"
    yield '    filter: {total: [{numeric: [">=", 100]}], customer: {tier: [gold]}}'
    yield f"    dead_letter: {{queue: lost{group}}}"
    yield f"  all{group}:"
    yield f"    from: {{topic: t{group}}}"
    yield f"    to: {{queue: audit{group}}}"
    yield f"    dead_letter: {{queue: lost{group}}}"
    yield f"  bus{group}:"
    yield f"    from: {{bus: b{group}}}"
    yield f"    to: {{queue: audit{group}}}"
    yield f"    messages: [{message}]"
    yield f"    dead_letter: {{queue: lost{group}}}"


_QUEUES = 30
_FILTERS = (
    '{total: [{numeric: [">", 10, "<=", 500]}]}',
    "{customer: {tier: [gold]}}",
    "{items: {sku: [{prefix: A}, {anything-but: [B, C]}]}}",
    "{$or: [{id: [{wildcard: h-*}]}, {customer: {tier: [basic]}}]}",
    "{at: [{suffix: Z}], id: [{prefix: h-}]}",
)


def bus(rules: int, messages: int) -> str:
    """A file of one bus; each rule takes one message or some, and looks into it."""
    lines = [
        "version: 1",
        "service: large",
        "source: com.example.large",
        "messages:",
        *(line for m in range(messages) for line in _message(m)),
        "queues:",
        *(f"  q{q}: {{external: true}}" for q in range(_QUEUES)),
        "buses:",
        f"  b: {{messages: [{', '.join(map(_name, range(messages)))}]}}",
        "subscriptions:",
    ]
    for rule in range(rules):
        taken = {(rule + 7 * i) % messages for i in range(1 + rule % 5)}
        lines += [
            f"  r{rule}:",
            "    from: {bus: b}",
            f"    to: {{queue: q{rule % _QUEUES}}}",
            f"    messages: [{', '.join(map(_name, sorted(taken)))}]",
            f"    filter: {_FILTERS[rule % len(_FILTERS)]}",
        ]
    lines += ["producers:", "  p: {publishes: [{bus: b}]}"]
    return "\n".join(lines) + "\n"


def write(resources: int, messages: int, folder: Path) -> None:
    """The file, and the folders of code that it names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "messaging.yaml").write_text(service(resources, messages))
    for group in range(resources // _GROUP):
        code = folder / "lambdas" / f"c{group}"
        code.mkdir(parents=True, exist_ok=True)
        (code / "app.py").write_text("handler = print\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
