"""Placement: in which of several CloudFormation stacks what a file declares lies."""

from __future__ import annotations

from typing import assert_never

from msgc.record import Record
from msgc.topology import names
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Origin, Outside, Place, Publisher, Queue, Topic
from msgc.topology.origins import Schedule, Stream

MAIN = "main"
"""The stack in which everything lies that no other one names."""


class Placement(Record):
    """What `stacks` says, and what follows from it for all that hangs on what it names.

    It goes by names, so that it is known before the names are linked.
    """

    stacks: tuple[Declared, ...]
    """Those beside `main`, in the order of the file."""
    by_name: dict[tuple[str, str], str]
    """By section and name, what lies in another stack than `main`."""
    lists: dict[str, str] = {}  # noqa: RUF012  # a record's default
    """By the names of rules with several targets, where the first of these lies."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all stacks."""
        return (MAIN, *(each.name for each in self.stacks))

    def named(self, section: str, name: str) -> str:
        """Return in which stack something lies that the file declares."""
        return self.by_name.get((section, name), MAIN)

    def place(self, found: Place) -> str:
        """Return in which stack a place lies that the service makes."""
        match found:
            case Queue(kind="dead-letter"):
                return self.named("queues", found.name.removesuffix("-dlq"))
            case Queue(kind="undelivered"):
                stacks = {undelivered(each.name): each.name for each in self.stacks}
                return stacks.get(found.name.removesuffix("-fifo"), MAIN)
            case Queue():
                return self.named("queues", found.name)
            case Topic():
                return self.named("topics", found.name)
            case Bus():
                return self.named("buses", found.name)
            case _:
                assert_never(found)

    def publisher(self, found: Publisher) -> str:
        """Return in which stack a consumer or producer lies."""
        return self.named(f"{found.word}s", found.name)

    def edge(self, edge: Subscription) -> str:
        """Return in which stack an edge lies: in that of its target, or of the function it asks.

        One that ends outside lies where the file says, or else where it begins.
        """
        if edge.asks is not None:
            return self.publisher(edge.asks)
        if edge.index is not None and edge.name in self.lists:
            return self.lists[edge.name]
        own = self.end(edge.target)
        if own is not None:
            return own
        return self.by_name.get(("subscriptions", edge.name)) or self._origin(edge.origin) or MAIN

    def end(self, end: End) -> str | None:
        """Return in which stack an end lies; None if the service doesn't make it."""
        match end:
            case Queue() | Topic() | Bus():
                return self.place(end) if is_made(end) else None
            case Consumer():
                return self.publisher(end)
            case Outside():
                return None
            case _:
                assert_never(end)

    def _origin(self, origin: Origin) -> str | None:
        match origin:
            case Queue() | Topic() | Bus():
                return self.place(origin) if is_made(origin) else None
            case Stream() | Schedule():
                return None
            case _:
                assert_never(origin)


def is_made(place: Place) -> bool:
    """Whether the service makes a place: not where it exists already."""
    return place.imported is None and not place.is_default


def undelivered(stack: str) -> str:
    """Return what the undelivered queue of a stack is called."""
    return "undelivered" if stack == MAIN else f"{stack}-undelivered"


def in_ids(stack: str) -> str:
    """Return what ids begin with of something that each stack has for itself."""
    return "" if stack == MAIN else names.pascal(stack)


def construct(service: str, stack: str = MAIN) -> str:
    """Return the class of a stack's construct: `CheckoutMessaging`, `CheckoutBillingMessaging`."""
    return f"{names.pascal(service)}{in_ids(stack)}Messaging"


def module(stack: str) -> str:
    """Return the module of a stack in the package of a service with several."""
    return names.snake(stack)


def argument(stack: str) -> str:
    """Return the argument with which the construct of another stack is handed over."""
    return f"{names.snake(stack).rstrip('_')}_messaging"
