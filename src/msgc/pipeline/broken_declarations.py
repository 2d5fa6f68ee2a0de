"""Find the declarations with errors in them, and what these may affect in others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgc.diagnostics import Diagnostic
from msgc.record import Record
from msgc.resolve import parse
from msgc.resolve.symbols import SECTIONS as SECTION_OF
from msgc.source import Source, Span
from msgc.topology.error_recovery import SECTIONS, Key
from msgc.topology.model import Topology
from msgc.tree import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

_NAMED = {**SECTION_OF, "messages": "messages"}
"""The words behind which names stand, and where these are declared."""
NAMING = frozenset(
    {"from", "to", "messages", "dead_letter", "on_failure", "publishes", "import", "reads", "send",
     "alarms"}
)  # fmt: skip
"""The settings that say what a declaration has to do with others."""
_PLACES = frozenset({"queues", "topics", "buses"})
_LEADS_TO: dict[str, frozenset[str]] = {
    "messages": frozenset(),
    "queues": frozenset({"queues", "topics", "messages"}),
    "topics": frozenset({"topics", "messages"}),
    "buses": frozenset({"queues", "topics", "messages"}),
    "subscriptions": _PLACES | {"consumers", "messages"},
    "consumers": _PLACES | {"messages"},
    "producers": _PLACES | {"messages"},
}
"""What the declarations of a section may name."""
_REQUIRED: dict[str, tuple[str, ...]] = {
    "subscriptions": ("from", "to"), "producers": ("publishes",),
}  # fmt: skip
_UNREAD = frozenset({"version", "owner", "description", "build", "tests"})
"""Settings of the whole file that nothing else depends on."""


_INERT = (("description",), ("examples",))
"""Where a mistake changes nothing of what a declaration is to others."""


class BrokenParts(Record):
    """The declarations with errors in them, and what these may have to do with others."""

    declarations: frozenset[Key]
    paths: dict[Key, list[Path]]
    """Where in a declaration its errors lie; `()` is its own name."""
    leads_to: frozenset[str]
    """Sections of which anything may be what something broken names."""
    feeds: frozenset[str]
    """The sections of those places to which a broken edge may bring messages."""
    aside: frozenset[str]
    """What is written where no section can be read: names may be among it."""


def broken_parts(root: Mapping, read: Topology, found: Iterable[Diagnostic]) -> BrokenParts:
    """Return the declarations with errors in them; `read` is what was resolved of a file."""
    starts = _Starts(d.span for d in found if d.is_error)
    paths: dict[Key, list[Path]] = {}
    broken: set[Key] = set(read.misread)
    leads_to: set[str] = set()
    feeds: set[str] = set()
    aside: set[str] = set()
    for key, node in root.items():
        if key.text in SECTIONS and isinstance(node, Mapping):
            for name, value in node.items():
                wrong = [p for p in _wrong(name, value, starts) if p[:1] not in _INERT]
                if wrong:
                    paths[key.text, name.text] = wrong
                for path in wrong:
                    leads_to |= _meant(key.text, value, path)
                    feeds |= _fed(key.text, value, path)
        elif starts.within(key, node):
            broken.add((key.text, ""))
            if key.text == "defaults":
                broken.update(_defaulted(root, node, starts))
            elif key.text == "source":
                leads_to.update(SECTIONS)
                feeds |= _PLACES
            elif key.text not in _UNREAD:
                aside.update(words(node))
    return BrokenParts(
        declarations=frozenset(broken | paths.keys()),
        paths=paths,
        leads_to=frozenset(leads_to),
        feeds=frozenset(feeds),
        aside=frozenset(aside),
    )


class _Starts:
    """Where errors start, in order: a file may have as many of them as declarations."""

    def __init__(self, spans: Iterable[Span]) -> None:
        starts: dict[Source, set[int]] = {}
        for span in spans:
            starts.setdefault(span.source, set()).add(span.start)
        self._all = starts
        self._sorted = {source: sorted(found) for source, found in starts.items()}

    def __contains__(self, span: Span) -> bool:
        return span.start in self._all.get(span.source, ())

    def within(self, key: Scalar, node: Node) -> bool:
        """Whether an error lies in an entry of a mapping."""
        there = self._sorted.get(key.span.source, [])
        first = bisect_left(there, key.span.start)
        end = max(key.span.end, node.span.end)
        return first < len(there) and there[first] < end


def _defaulted(root: Mapping, node: Node, starts: _Starts) -> Iterator[Key]:
    """Yield the declarations whose `defaults` have mistakes in them."""
    below = node.entries if isinstance(node, Mapping) else {}
    wrong = [k.text for k, value in below.values() if starts.within(k, value)]
    for section in wrong if wrong and all(word in SECTIONS for word in wrong) else SECTIONS:
        for name in declared_in(root, section):
            yield section, name


def declared_in(root: Mapping, section: str) -> dict[str, tuple[Scalar, Node]]:
    """Return what a section declares, as it is written."""
    declared = parse.mapping(root.get(section))
    return declared.entries if declared is not None else {}


def _wrong(name: Scalar, node: Node, starts: _Starts) -> list[Path]:
    """Return where in a declaration errors lie.

    What an alias stands for has the place of its anchor, which may lie anywhere.
    """
    found: list[Path] = [()] if name.span in starts else []

    def walk(node: Node, path: Path) -> None:
        if isinstance(node, Mapping):
            for key, value in node.items():
                if key.span in starts:
                    found.append((*path, key.text))
                walk(value, (*path, key.text))
        elif isinstance(node, Sequence):
            for i, item in enumerate(node.items):
                walk(item, (*path, i))
        if node.span in starts:
            found.append(path)

    walk(node, ())
    if not found and starts.within(name, node):
        found.append(())
    return found


def _meant(section: str, node: Node, path: Path) -> frozenset[str]:
    """Return the sections that a mistake at `path` may have been meant to name something of."""
    every = _LEADS_TO[section]
    if not path:
        needed = _REQUIRED.get(section, ())
        there = isinstance(node, Mapping) and all(key in node.entries for key in needed)
        return frozenset() if there else every
    if NAMING.isdisjoint(path):
        return frozenset()
    last = next(step for step in reversed(path) if isinstance(step, str))
    return frozenset({_NAMED[last]}) & every if last in _NAMED else every


def _fed(section: str, node: Node, path: Path) -> frozenset[str]:
    """Return the sections of those places to which an edge with a mistake may lead."""
    if section != "subscriptions" or path[:1] not in ((), ("to",)):
        return frozenset()
    return _meant(section, node, path) & _PLACES


def words(node: Node | None) -> Iterator[str]:
    """Yield all keys and scalars below a node."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from words(item)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield key.text
            yield from words(value)


def without(root: Mapping, broken: BrokenParts) -> Mapping:
    """Return a file without its broken declarations."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    for section, (key, node) in root.entries.items():
        if section in SECTIONS and isinstance(node, Mapping):
            kept = {
                name: entry
                for name, entry in node.entries.items()
                if (section, name) not in broken.declarations
            }
            entries[section] = (key, Mapping(kept, node.span))
        elif (section, "") not in broken.declarations:
            entries[section] = (key, node)
    return Mapping(entries, root.span)
