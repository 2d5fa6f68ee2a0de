"""Where in messaging.yaml an edit stands that loses something."""

from __future__ import annotations

from collections.abc import Mapping

from msgc.evolution.families import Family
from msgc.evolution.inventory.entry import Entry, Made
from msgc.evolution.inventory.kinds import KINDS
from msgc.source import Span
from msgc.topology.model import Topology
from msgc.tree import at

_KEPT_BY = {"messages": ("retention",), "events": ("archive", "retention"), "logs": ("function",)}
_SOFT = {"off": ("enabled",), "filter": ("filter",), "attributes": ("attributes",),
         "grants": ("publishes",), "envelope": ("envelope",)}  # fmt: skip


def place(family: Family, topology: Topology, made: Mapping[str, Made]) -> Span:
    """Return the place of what took the place of something, or where it would stand."""
    head = family.head
    entry = head.entry
    if family.heir is not None and family.heir.declared is not None:
        return family.heir.declared.key
    if head.made is not None:
        return _of_what_is_there(family, topology)
    for key in entry.of:
        above = made.get(key)
        if above is not None and above.declared is not None:
            kind = KINDS.get(entry.type)
            option = kind.option if kind is not None else ""
            return above.declared.place(option) if option else section(entry, topology)
    return section(entry, topology)


def _of_what_is_there(family: Family, topology: Topology) -> Span:
    head = family.head
    declared = head.made.declared if head.made is not None else None
    if declared is None:
        return at(topology.root, ("source",)).span if says(topology, "source") else whole(topology)
    options = KINDS[head.entry.type].options if head.entry.type else {}
    for what in head.what:
        for path in (tuple(options.get(what, "").split(".")), _KEPT_BY.get(what, ()), ("type",)):
            if path and (span := declared.place(*path)) is not declared.key:
                return span
    return declared.place(*_SOFT.get(head.how, ()))


def section(entry: Entry, topology: Topology) -> Span:
    """Return the place of the section in which something stood; of the service, if that is gone."""
    kind = KINDS.get(entry.type)
    name = kind.section if kind is not None else "messages"
    return topology.root.key(name).span if says(topology, name) else whole(topology)


def says(topology: Topology, key: str) -> bool:
    """Whether a file has a section or setting."""
    return key in topology.root.entries


def whole(topology: Topology) -> Span:
    """Return the place of what is about the whole service: of its name."""
    return topology.root.key("service").span if says(topology, "service") else topology.root.span
