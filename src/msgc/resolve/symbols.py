"""`SymbolTable`: what names refer to while a file is resolved, and what was found wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgc.diagnostics import Diagnostic, Findings, did_you_mean, nearest
from msgc.resolve import codes, parse
from msgc.resolve.resolved import ImplicitQueue, NameCheck
from msgc.topology.deferred import deferred, known
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic
from msgc.topology.environments import Environment
from msgc.topology.messages import Message
from msgc.topology.model import Input
from msgc.topology.placement import MAIN, Placement
from msgc.topology.settings import ClaimTable, Key, PayloadBucket
from msgc.tree import Mapping, Node, Scalar
from msgc.workspace.looks import Clock

T = TypeVar("T")

SECTIONS = {"message": "messages", "queue": "queues", "topic": "topics", "bus": "buses",
            "consumer": "consumers"}  # fmt: skip

TOP = frozenset({
    "version", "service", "was", "owner", "description", "source", "build", "defaults", "inputs",
    "subscriptions", "producers", "tests", "include", "tags", "discovery", "alarms", "dashboard",
    "environments", "stacks", "large_messages",
    *SECTIONS.values(),
})  # fmt: skip
"""The words at the top of a file; another one may be a slip for a section."""


class SymbolTable(Findings):
    """The names of a file and what they refer to, filled section by section."""

    def __init__(
        self,
        root: Mapping,
        *,
        clock: Clock | None = None,
        environment: Environment | None = None,
        missing_queues: frozenset[str] = frozenset(),
    ) -> None:
        """Start empty; a queue of a name in `missing_queues` isn't there, nor an implicit one."""
        super().__init__()
        self.root = root
        self.environment = environment
        self.clock = clock or Clock()
        self._missing_queues = missing_queues
        self.service = parse.text(root.get("service")) or "service"
        self.built_as = parse.text(root.get("was")) or self.service
        self.source = parse.text(root.get("source")) or self.built_as
        self.discovery = parse.boolean(root.get("discovery")) is not False
        """Whether parameters are made in which others find ARNs."""
        self.inputs: dict[str, Input] = {}
        self.used_inputs: set[str] = set()
        """Those that placeholders of the file name."""
        self.messages: dict[str, Message] = {}
        self.misread: set[tuple[str, str]] = set()
        """By section and name, what can't be known: it has a mistake in its schema, or is imported
        from a file that has one, which is told once."""
        self.queues: dict[str, Queue] = {}
        self.implicit_queues: dict[str, ImplicitQueue] = {}
        """Queues that are made if something needs them, by their names."""
        self.named_implicit_queues: set[str] = set()
        """Those that the file names."""
        self.name_checks: list[NameCheck] = []
        """For names that may be those of implicit queues, or of nothing."""
        self.buffers: dict[str, Queue] = {}
        """Queues of buffered consumers, by the names of both."""
        self.topics: dict[str, Topic] = {}
        self.buses: dict[str, Bus] = {}
        self.consumers: dict[str, Consumer] = {}
        self.claim_tables: dict[str | None, ClaimTable] = {}
        """The tables of what was handled by their arguments, None being that of the stack."""
        self.large: list[tuple[str, Mapping, Mapping, SymbolTable]] = []
        """Messages of which something is said about large ones: the name, the declaration here, and
        that of the owner in the owner's file."""
        self.payload_buckets: dict[str, PayloadBucket] = {}
        """The buckets of large messages, by the services that own the messages."""
        self.keys: dict[tuple[str, str], Key] = {}
        """By how they are found, the KMS keys with which something is encrypted."""
        self.elsewhere: dict[tuple[str, str], Elsewhere] = {}
        """Places of other services, by section and name."""
        self.found_at: dict[tuple[str, str, str], Place] = {}
        """Places by the words of their kinds and by how they are found."""
        self.placement: Placement | None = None
        """Where things lie, if the file has several stacks."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Queues, topics and buses."""
        return (*self.queues.values(), *self.topics.values(), *self.buses.values())

    def section(self, name: str) -> Mapping | None:
        """Return a section of the file (`queues`), None when it is missing or misshapen."""
        return parse.mapping(self.root.get(name))

    def stack_of(self, section: str, name: str) -> str:
        """Return in which stack something lies that the file declares."""
        return MAIN if self.placement is None else self.placement.named(section, name)

    def says(self, option: str) -> bool:
        """Whether the file has a setting somewhere that few files have."""
        if option in self.root.entries:
            return True
        defaults = parse.mapping(self.root.get("defaults"))
        names = (*SECTIONS.values(), "subscriptions", "producers")
        sections = [self.section(name) for name in names]
        return any(
            isinstance(node, Mapping)
            and (
                option in node.entries
                or _is_in(node.get("buffered"), option)
                or _is_in(node.get("function"), option)
            )
            for section in (defaults, *sections)
            if section is not None
            for _, node in section.items()
        )

    def defaults(self, section: str) -> Mapping | None:
        """Return the settings that stand under those of every declaration of a section."""
        defaults = parse.mapping(self.root.get("defaults"))
        return parse.mapping(defaults.get(section)) if defaults else None

    def is_default(self, section: str, node: Mapping, option: str) -> bool:
        """Whether an option of a declaration stands in the defaults, and not in its own words."""
        below = self.defaults(section)
        return below is not None and node.entries.get(option) is below.entries.get(option)

    def declarations(self, section: str) -> list[tuple[Scalar, Mapping]]:
        """Return what a section declares: the name, and the settings with the defaults below them.

        An empty declaration (`invoicing:`) is one without settings; a misshapen one is left out.
        """
        below = self.defaults(section)
        found: list[tuple[Scalar, Mapping]] = []
        for key, node in (self.section(section) or Mapping({}, self.root.span)).items():
            own = Mapping({}, node.span) if isinstance(node, Scalar) and node.is_null else node
            if isinstance(own, Mapping):
                found.append((key, overlay(own, below) if below else own))
        return found

    def link(self, kind: str, node: Node | None, table: dict[str, T]) -> T | None:
        """Return what a name refers to; report an unknown name."""
        if not isinstance(node, Scalar) or node.is_null or not node.text:
            return None
        found = table.get(node.text)
        if found is None and not self.is_misread(SECTIONS[kind], node.text):
            self.diagnostics.append(self._unknown(kind, node, table))
        return found

    def queue(self, node: Node | None) -> Queue | None:
        """Return what the name of a queue refers to: a declared one, or one that may be made."""
        if not isinstance(node, Scalar) or node.is_null or not node.text:
            return None
        name = node
        if (found := self.queues.get(name.text)) is not None:
            return found
        if name.text in self._missing_queues:
            return None
        implicit = self.implicit_queues.get(name.text)
        if not self.is_misread("queues", name.text):
            self.name_checks.append(
                lambda queues: None if name.text in queues else self._unknown("queue", name, queues)
            )
        if implicit is None:
            return None
        self.named_implicit_queues.add(name.text)
        return implicit.queue

    def _unknown(self, kind: str, name: Scalar, table: Iterable[str]) -> Diagnostic:
        """Return the finding about an unknown name."""
        section, known = SECTIONS[kind], list(table)
        elsewhere = [s for s in SECTIONS.values() if self._declares(s, name.text)]
        if elsewhere and nearest(name.text, known) is None:
            tip: str | None = f"`{name.text}` is declared under `{elsewhere[0]}`"
        elif known:
            tip = did_you_mean(name.text, known)
        else:
            tip = f"declare it: `{section}: {{{name.text}: {{...}}}}`"
        return codes.UNKNOWN_NAME.at(name.span, f"there is no {kind} `{name.text}`", help=tip)

    def is_misread(self, section: str, name: str) -> bool:
        """Whether the file seems to declare a name in a way that was reported."""
        declared = self.section(section)
        if "${" in name and known(deferred(name)) is None:
            return True  # a placeholder, which no name has
        if declared is None and self.root.get(section) is not None:
            return True  # the section itself is misshapen
        if declared is not None and name in declared.entries:
            return True
        if section == "queues" and self._asks_for_buffer(name):
            return True
        return any(
            isinstance(node, Mapping) and name in node.entries
            for key, node in self.root.items()
            if key.text not in TOP and not key.text.startswith("x-")
        )

    def _asks_for_buffer(self, consumer: str) -> bool:
        """Whether a consumer of this name has `buffered`, in whatever shape."""
        consumers = self.section("consumers")
        node = parse.mapping(consumers.get(consumer)) if consumers is not None else None
        return node is not None and "buffered" in node.entries

    def _declares(self, section: str, name: str) -> bool:
        declared = self.section(section)
        return declared is not None and name in declared.entries

    def place(self, node: Node | None, *, what: str) -> tuple[Place | None, Scalar | None]:
        """Return the topic, queue or bus that `{topic: orders}` means, and the node of its name."""
        kind, value = self.end(node, what=what, kinds=("topic", "bus", "queue"))
        name = value if isinstance(value, Scalar) else None
        if kind == "topic":
            return self.link("topic", value, self.topics), name
        if kind == "bus":
            return self.bus(value), name
        if kind == "queue":
            return self.queue(value), name
        return None, None

    def bus(self, node: Node | None) -> Bus | None:
        """Return the bus of a name; the account's `default` bus needs no declaration."""
        if node is None or not isinstance(node, Scalar) or node.text != "default":
            return self.link("bus", node, self.buses)
        if "default" not in self.buses:
            self.buses["default"] = Bus(
                name="default",
                key=node.span,
                node=node,
                physical_name="default",
                messages=(),
                imported=None,
                others_publish=True,
                others_subscribe=True,
                is_default=True,
                dead_letter=None,
                archive_days=None,
            )
        return self.buses["default"]

    def end(
        self, node: Node | None, *, what: str, kinds: tuple[str, ...]
    ) -> tuple[str | None, Node | None]:
        """Return the kind and the value of an end; report it if it has none or several."""
        if not isinstance(node, Mapping):
            return None, None
        present = [key for key, _ in node.items() if key.text in kinds]
        if len(present) == 1:
            return present[0].text, node.get(present[0].text)
        if not present and node.entries:
            return None, None  # an unknown or reserved kind, and reported
        listed = ", ".join(f"`{kind}`" for kind in kinds)
        if present:
            both = " and ".join(f"`{key.text}`" for key in present)
            self.report(
                codes.AMBIGUOUS_END, present[1].span, f"`{what}` names {both}", "keep one of them"
            )
        else:
            self.report(
                codes.AMBIGUOUS_END, node.span, f"`{what}` names nothing", f"write one of {listed}"
            )
        return None, None


def overlay(own: Mapping, below: Mapping) -> Mapping:
    """Return settings over their defaults: mappings are merged, everything else is taken whole.

    What chooses between kinds (a function by its ARN over a default runtime, a dead-letter queue
    by name over a default count) is taken whole too.
    """
    entries = dict(below.entries)
    for name, (key, value) in own.entries.items():
        default = below.get(name)
        if isinstance(value, Mapping) and isinstance(default, Mapping) and _settings(name, value):
            entries[name] = (key, overlay(value, default))
        else:
            entries[name] = (key, value)
    return Mapping(entries, own.span)


def _settings(name: str, value: Mapping) -> bool:
    if name == "function":
        return "code" in value.entries
    return name in {"batch", "retry", "tags", "alarms"} or (
        name == "dead_letter" and "queue" not in value.entries
    )


def _is_in(node: Node | None, option: str) -> bool:
    return isinstance(node, Mapping) and option in node.entries
