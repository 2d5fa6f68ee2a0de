"""The names, paths and CDK arguments with which `msgc init` fills in a project's files."""

from __future__ import annotations

import re

from msgc.cli.scaffold.topology import CONSUMER, HANDLER, MESSAGE
from msgc.emit.emitters import outputs
from msgc.emit.outputs import STACK, STUBS
from msgc.links.model import Links
from msgc.record import Record
from msgc.schema.guesses import latin
from msgc.stack import Stack, plan
from msgc.stack.placement.parts import in_order, parts
from msgc.synth.provided import provided
from msgc.topology import names
from msgc.topology.model import Build
from msgc.topology.placement import argument, construct

_LONGEST = 40
"""Of a service's name that is made up: a queue's name begins with it and has 80 characters."""


class Handler(Record):
    """A Lambda function that the stack makes from a folder of code."""

    path: str
    """The module's, relative to messaging.yaml."""
    function: str
    """The name of the entry point in it."""
    consumer: str
    """Its name in messaging.yaml."""
    message: str | None = None
    """The class of the only message that reaches it, if that is known."""

    @property
    def module(self) -> str:
        """The consumer's module in the generated package: `order_handler`."""
        return names.snake(self.consumer)


class OneStack(Record):
    """One of several stacks of a service."""

    name: str
    construct: str
    """The class of its construct: `ShopBillingMessaging`."""
    provided: dict[str, str]
    """The arguments of the construct, as those of a project."""
    after: dict[str, str]
    """By argument, the stacks that are deployed before it."""


class Project(Record):
    """A service, and where its generated files go."""

    service: str
    build: Build
    provided: dict[str, str]
    """The arguments of the construct: `function`, `role` or a kind of end, by name."""
    handlers: tuple[Handler, ...]
    environments: dict[str, str]
    """What ids of stacks end in, by the names of the environments."""
    optional: frozenset[str] = frozenset()
    """The arguments that some environments do without."""
    stacks: tuple[OneStack, ...] = ()
    """Its stacks in the order in which they are deployed, if there are several."""

    @property
    def stack(self) -> str:
        """The folder of the stack's package, relative to messaging.yaml."""
        return self.build.path(STACK)

    @property
    def stubs(self) -> str:
        """The folder of the generated package, relative to messaging.yaml."""
        return self.build.path(STUBS)

    @property
    def generated(self) -> tuple[str, ...]:
        """The folders of everything that is generated, relative to messaging.yaml."""
        found = (self.build.optional(output) for output in outputs())
        return tuple(path for path in found if path is not None)

    @property
    def construct(self) -> str:
        """The class of the construct: `ShopMessaging`."""
        return f"{names.pascal(self.service)}Messaging"

    @property
    def module(self) -> str:
        """The stack's package as Python imports it beside messaging.yaml."""
        return self.stack.replace("/", ".")

    @property
    def package(self) -> str:
        """The name of the generated package."""
        return self.stubs.rpartition("/")[2]

    @property
    def sources(self) -> str:
        """The folder that the generated package is imported from."""
        return self.stubs.rpartition("/")[0] or "."


def first_project(service: str) -> Project:
    """Return what the starting messaging.yaml of a service amounts to."""
    word = service.replace("-", "_")
    paths = {output.key: output.path(None, word) for output in outputs()}
    written = {key: path for key, path in paths.items() if path is not None}
    build = Build(service=service, written=written)
    handler = Handler(path=HANDLER, function="handler", consumer=CONSUMER, message=MESSAGE)
    return Project(
        service=service,
        build=build,
        provided={},
        handlers=(handler,),
        environments={},
    )


def project_of(variants: tuple[Links, ...]) -> Project:
    """Return what a messaging.yaml of the user's amounts to, in all of its environments."""
    links = variants[0]
    topology = links.topology
    plans = [plan(each.topology, each) for each in variants]
    given = [provided(each) for each in plans]
    arguments = {name: kind for one in given for name, kind in one.items()}
    reached = {trigger.consumer.name for trigger in links.triggers}
    handlers: list[Handler] = []
    for consumer in topology.consumers.values():
        made = consumer.made
        if made is not None and consumer.name in reached:
            module, _, function = made.handler.rpartition(".")
            handlers.append(
                Handler(
                    path=f"{made.code}/{module.replace('.', '/')}.py",
                    function=function,
                    consumer=consumer.name,
                )
            )
    return Project(
        service=topology.service,
        build=topology.build,
        provided=arguments,
        handlers=tuple(handlers),
        environments=_environments(variants),
        optional=frozenset(name for name in arguments if not all(name in one for one in given)),
        stacks=_stacks(plans),
    )


def _stacks(plans: list[Stack]) -> tuple[OneStack, ...]:
    """Return the stacks of a service with several, with what any environment needs."""
    service = plans[0].links.topology.service
    if plans[0].links.topology.placement is None:
        return ()
    found: list[OneStack] = []
    for own in zip(*(in_order(parts(each)) for each in plans), strict=True):
        after = dict.fromkeys(other for each in own for other in each.after)
        found.append(
            OneStack(
                name=own[0].name,
                construct=construct(service, own[0].name),
                provided={name: kind for each in own for name, kind in provided(each).items()},
                after={argument(other): other for other in after},
            )
        )
    return tuple(found)


def _environments(variants: tuple[Links, ...]) -> dict[str, str]:
    found = (links.topology.environment for links in variants)
    return {each.name: each.suffix for each in found if each is not None}


def service_name(text: str) -> str:
    """Return the nearest name that the language takes: kebab-case, a letter first."""
    name = re.sub(r"[^a-z0-9]+", "-", latin(text).lower()).strip("-") or "service"
    name = name if name[0].isalpha() else f"my-{name}"
    return name[:_LONGEST].rstrip("-")
