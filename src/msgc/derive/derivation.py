"""`Derivation`: a topology while its defaults are filled in, each with the reason for it."""

from __future__ import annotations

from typing import Any, assert_never

from msgc.diagnostics import Findings
from msgc.record import OPEN, settle
from msgc.resolve.resolved import Resolved
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN
from msgc.topology.settings import Key


class Derivation(Findings):
    """What the steps of `derive` read, and where they store defaults and findings."""

    def __init__(self, resolved: Resolved) -> None:
        """Start with what the file declares, and with the queues that it may name besides."""
        super().__init__()
        self._resolved = resolved
        found = resolved.topology
        self.service = found.built_as
        """What names in AWS begin with."""
        self.suffix = found.suffix
        self.source = found.source
        self.messages: dict[str, Message] = found.messages
        self.queues: dict[str, Queue] = dict(found.queues)
        self.topics: dict[str, Topic] = found.topics
        self.buses: dict[str, Bus] = found.buses
        self.consumers: dict[str, Consumer] = found.consumers
        self.keys = found.keys
        self.placement = found.placement
        self.edges: tuple[Subscription, ...] = tuple(found.subscriptions.values())
        self.incomplete = found.incomplete
        self.takes_anything = frozenset(
            publication.target
            for publisher in found.publishers
            for publication in found.publications(publisher)
            if publication.untyped
        )
        """Places on which somebody puts what the file has no types for."""
        self.heirs = found.replacements.heirs
        self.implicit_queues = resolved.implicit_queues
        self.named_for_failures = self._named_for_failures()
        """Queues that the file names under `dead_letter` and `on_failure`."""
        self.reasons: dict[tuple[Declared, str], str] = {}

    def settle(self, thing: Declared, field: str, value: Any, why: str) -> None:
        """Fill in an `OPEN` field, with the reason; `ValueError` for one that has a value."""
        settle(thing, **{field: value})
        self.reasons[thing, field] = why

    def stack_of(self, found: Queue | Bus | Consumer | Subscription) -> str:
        """Return in which stack something lies that the service makes."""
        if self.placement is None:
            return MAIN
        match found:
            case Queue() | Bus():
                return self.placement.place(found)
            case Consumer():
                return self.placement.publisher(found)
            case Subscription():
                return self.placement.edge(found)
            case _:
                assert_never(found)

    def key_in(self, stack: str, key: Key) -> Key:
        """Return the key with which a stack encrypts what comes from another one."""
        if not key.is_made or key.stack == stack:
            return key
        bare = key.name if key.stack == MAIN else key.name.removeprefix(f"{key.stack}-")
        name = bare if stack == MAIN else f"{stack}-{bare}"
        own = next((k for k in self.keys if k.is_made and k.name == name), None)
        if own is None:
            own = key.replace(name=name, stack=stack, alias=OPEN)
            self.keys = (*self.keys, own)
        return own

    def report_missing_queues(self) -> None:
        """Report the names of queues that the file doesn't declare and nothing needed."""
        for check in self._resolved.name_checks:
            found = check(self.queues)
            if found is not None:
                self.diagnostics.append(found)

    def topology(self) -> Topology:
        """Return the topology as far as it has been derived."""
        found = self._resolved.topology.replace(queues=self.queues, reasons=self.reasons)
        if self.placement is None:
            return found
        encrypted = (*found.places, *found.subscriptions.values())
        used = {each.encryption for each in encrypted}
        return found.replace(keys=tuple(key for key in self.keys if key in used))

    def _named_for_failures(self) -> frozenset[Queue]:
        named: set[Queue | None] = {edge.dead_letter for edge in self.edges}
        named.update(consumer.on_failure for consumer in self.consumers.values())
        named.update(bus.dead_letter or None for bus in self.buses.values())
        for queue in self.queues.values():
            if queue.dead_letter not in (None, OPEN):
                named.add(queue.dead_letter.queue)
        named.update(old for old, new in self.heirs.items() if new in named)  # type: ignore[misc]
        return frozenset(queue for queue in named if queue not in (None, OPEN))
