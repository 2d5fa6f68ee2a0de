"""Two names of the file become one name in what is generated (E)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.stack import Existing, Resource
from msgc.topology import names, reserved
from msgc.topology.declared import Declared
from msgc.topology.narrowing import kind_of
from msgc.topology.placement import argument


@rule("MSG481", "error")
def names_collide(subject: Subject) -> Iterator[Finding]:
    """Two names of the file become one name in what msgc generates.

    Logical ids in CloudFormation have no hyphens, and the generated package has a module for each
    message and a class for each message, place and producer: `a-1` and `a1` are both `A1`,
    `HttpCall` and `HTTPCall` both `http_call`, and a message `OrdersTopic` is what the publisher
    of topic `orders` is called. Some ids are of two names: `AFromBFromCQueueMapping` is of consumer
    `a` and queue `b-from-c`, and of `a-from-b` and `c`.

    ```yaml
    queues:
      level-1: {messages: [OrderPlaced], external: true}
      level1: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: level-1}, {queue: level1}]}}
    ```

    Rename one of them:

    ```yaml
    queues:
      first-level: {messages: [OrderPlaced], external: true}
      level1: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: first-level}, {queue: level1}]}}
    ```
    """
    yield from _reserved(subject)
    yield from _other_stacks(subject)
    topology = subject.topology
    reported: set[tuple[str, int]] = set()
    for what, named in (
        *(("the logical id", ids) for ids in _logical_ids(subject)),
        ("the logical id", _resources(subject)),
        ("the attribute", _attributes(subject)),
        ("the argument", _arguments(subject)),
        ("the module", ((names.snake(m.name), m) for m in topology.messages.values())),
        ("the class", _classes(subject)),
    ):
        owners: dict[str, Declared] = {}
        for name, declared in sorted(named, key=lambda each: each[1].key.place):
            first = owners.setdefault(name, declared)
            if first is not declared and declared.key.place not in reported:
                reported.add(declared.key.place)  # a queue's dead-letter queue collides with it
                yield found(
                    declared.key,
                    f"`{declared.name}` and `{first.name}` both become {what} `{name}`",
                    "rename one of them, or let your app hand over what exists: `provided`"
                    if what == "the attribute"
                    else "rename one of them",
                    label(first.key, "the other one"),
                )


def _reserved(subject: Subject) -> Iterator[Finding]:
    """Yield what takes the name of something that the construct has by itself."""
    handed = {e.argument: e.declared for e in reversed(subject.stack.existing) if e.argument}
    taken = {name: each for name, each in handed.items() if name in reserved.ARGUMENTS}
    for name, declared in _attributes(subject):
        if name in reserved.ATTRIBUTES:
            taken.setdefault(name, declared)
    for name, declared in taken.items():
        yield found(
            declared.key,
            f"the generated construct has something else that is called `{name}`",
            "write another name behind `provided`"
            if name in handed
            else f"rename `{declared.name}`",
        )


def _other_stacks(subject: Subject) -> Iterator[Finding]:
    """Yield what takes the name by which a construct is given another stack of the service."""
    inputs = {given.argument: given for given in subject.topology.inputs.values()}
    told: set[str] = set()
    for part in subject.parts:
        handed = {e.argument: e.declared for e in reversed(part.existing) if e.argument}
        used = {each.name: inputs[each.name] for each in part.inputs if each.name in inputs}
        for other in part.after:
            name = argument(other)
            declared = handed.get(name) or used.get(name)
            if declared is not None and name not in told:
                told.add(name)
                yield found(
                    declared.key,
                    f"the construct of stack `{part.name}` takes the stack `{other}` as `{name}`",
                    "write another name behind `provided`"
                    if name in handed
                    else f"rename `{declared.name}`",
                )


def _logical_ids(subject: Subject) -> Iterator[Iterable[tuple[str, Declared]]]:
    """Yield logical ids of each kind, without the kind's suffix, which keeps kinds apart."""
    topology = subject.topology
    for group in (
        topology.queues.values(),
        topology.topics.values(),
        topology.buses.values(),
        topology.consumers.values(),
        topology.producers.values(),
        (targets[0].edge for targets in subject.links.rules),
    ):
        yield ((names.pascal(declared.built_as), declared) for declared in group)


def _resources(subject: Subject) -> Iterator[tuple[str, Declared]]:
    """Yield the logical ids of all resources: a kind's suffix may be part of another's name."""
    for resource in subject.stack.resources:
        yield subject.stack.logical_id(resource), resource.declared


def _attributes(subject: Subject) -> Iterator[tuple[str, Declared]]:
    """Yield the attributes of the construct; what several ends share as one argument, once."""
    found: tuple[Resource | Existing, ...] = (*subject.stack.resources, *subject.stack.existing)
    shared: set[str] = set()
    for item in found:
        given = _argument(item)
        if item.handle is not None and (given or "") not in shared:
            yield item.handle.name, item.declared
        if given is not None:
            shared.add(given)


def _argument(item: Resource | Existing) -> str | None:
    match item:
        case Existing():
            return item.argument
        case Resource():
            return None
        case _:
            assert_never(item)


def _arguments(subject: Subject) -> Iterator[tuple[str, Declared]]:
    """Yield the arguments of the construct: inputs, and what is handed over, each once."""
    for given in subject.topology.inputs.values():
        yield given.argument, given
    yield from {
        each.argument: each.declared
        for each in reversed(subject.stack.existing)
        if each.argument is not None
    }.items()


def _classes(subject: Subject) -> Iterator[tuple[str, Declared]]:
    """Yield the classes that the generated package exports."""
    for message in subject.topology.messages.values():
        yield message.payload.name, message
    for place in subject.places:
        yield f"{names.pascal(place.name)}{kind_of(place).word.capitalize()}", place
    for publisher in subject.publishers:
        if publisher.publishes and publisher.stubs:
            yield names.pascal(publisher.name), publisher
