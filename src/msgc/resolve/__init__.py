"""Resolve a tree into a topology: declare names, link references, leave defaults open."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import Outcome
from msgc.resolve import parse
from msgc.resolve.edges.edges import resolve_edges
from msgc.resolve.messages.imports import Imports
from msgc.resolve.messages.messages import resolve_messages
from msgc.resolve.messages.schemas import schemas_of
from msgc.resolve.places.addresses import declare_addresses
from msgc.resolve.places.dead_letters import link_dead_letters
from msgc.resolve.places.imported_places import find_elsewhere
from msgc.resolve.places.queues import resolve_queues
from msgc.resolve.places.topics_and_buses import lists_all, resolve_buses, resolve_topics
from msgc.resolve.places.use_of_imported import check_listed, check_publishers
from msgc.resolve.publishers import resolve_consumers, resolve_producers
from msgc.resolve.resolved import Resolved
from msgc.resolve.symbols import SymbolTable
from msgc.resolve.tests import resolve_tests
from msgc.resolve.variables.inputs import resolve_inputs
from msgc.syntax import Document
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Producer, Topic
from msgc.topology.environments import Environment
from msgc.topology.model import Build, Topology
from msgc.topology.replacements import NO_REPLACEMENTS, Replacements
from msgc.workspace import Workspace


def resolve(
    document: Document, workspace: Workspace, environment: Environment | None = None
) -> Outcome[Resolved]:
    """Return what a file describes, linked, with every mistake in its names.

    What has the wrong shape is passed over: `msgc.schema` has reported it. With an environment it
    is what the file describes there; its settings are in the tree already.
    """
    symbols = SymbolTable(document.root, clock=workspace.files.clock, environment=environment)
    resolve_inputs(symbols)
    if any("${" in source.text for source in document.sources):
        from msgc.resolve.variables.placeholders import check_placeholders  # noqa: PLC0415  # few files

        check_placeholders(symbols)
    if environment is not None:
        from msgc.resolve.variables.environment_values import filled  # noqa: PLC0415  # few files have any

        symbols.root = filled(symbols.root, environment)
    imports = Imports(symbols, workspace, document.source.path)
    resolve_messages(symbols, schemas_of(workspace.files, document.source.path, symbols), imports)
    if symbols.large or "large_messages" in symbols.root.entries:
        from msgc.resolve.places.payload_buckets import resolve_large  # noqa: PLC0415  # few files

        resolve_large(symbols)
    find_elsewhere(symbols, imports, workspace)
    return Outcome(resolve_references(symbols), tuple(symbols.diagnostics))


def resolve_references(symbols: SymbolTable) -> Resolved:
    """Return the topology of a file whose messages are resolved already.

    The order is that of dependence: places; consumers and producers; edges; and tests, which may
    be about any of these.
    """
    root = symbols.root
    if "stacks" in root.entries:
        from msgc.resolve.placement import read_placement  # noqa: PLC0415  # few files have any

        symbols.placement = read_placement(symbols)
    queues = resolve_queues(symbols)
    resolve_topics(symbols)
    resolve_buses(symbols)
    declare_addresses(symbols)
    link_dead_letters(symbols, queues)
    resolve_consumers(symbols)
    producers = resolve_producers(symbols)
    if symbols.elsewhere:
        check_listed(symbols)
        check_publishers(symbols, (*producers.values(), *symbols.consumers.values()))
    edges = resolve_edges(symbols)
    if _has_renamed(symbols, (*producers.values(), *edges.values())):
        from msgc.resolve.renames import check_renames  # noqa: PLC0415  # few files say `was`

        check_renames(symbols, producers.values(), edges.values())
    replacements = NO_REPLACEMENTS
    if any(place.says("replaces") for place in symbols.places):
        from msgc.resolve.replacements import replace_places  # noqa: PLC0415  # few files say it

        replaced = replace_places(symbols, producers, edges)
        replacements, edges = replaced.replacements, replaced.edges
    if symbols.placement is not None:
        from msgc.resolve.placement import placed  # noqa: PLC0415  # few files have any

        symbols.placement = placed(symbols, symbols.placement, edges, producers)
    return Resolved(
        topology=_topology(symbols, producers, edges, replacements),
        implicit_queues=symbols.implicit_queues,
        name_checks=tuple(symbols.name_checks),
    )


def _topology(
    symbols: SymbolTable,
    producers: dict[str, Producer],
    edges: dict[str, Subscription],
    replacements: Replacements,
) -> Topology:
    """Return all that a file declares, linked."""
    return Topology(
        service=symbols.service,
        built_as=symbols.built_as,
        source=symbols.source,
        owner=parse.text(symbols.root.get("owner")),
        description=parse.prose(symbols.root.get("description")) or "",
        build=_build(symbols),
        root=symbols.root,
        environment=symbols.environment,
        inputs=symbols.inputs,
        claim_tables=tuple(symbols.claim_tables.values()),
        payload_buckets=tuple(symbols.payload_buckets.values()),
        keys=tuple(symbols.keys.values()),
        used_inputs=frozenset(symbols.used_inputs),
        messages=symbols.messages,
        queues=symbols.queues,
        topics=symbols.topics,
        buses=symbols.buses,
        subscriptions=edges,
        consumers=symbols.consumers,
        producers=producers,
        tests=resolve_tests(symbols, edges),
        misread=frozenset(symbols.misread),
        elsewhere=symbols.elsewhere,
        incomplete=frozenset(place for place in symbols.places if not lists_all(symbols, place)),
        discovery=symbols.discovery,
        notified=_notified(symbols),
        overrides=symbols.says("overrides"),
        replacements=replacements,
        placement=symbols.placement,
        reasons={},
    )


def _has_renamed(symbols: SymbolTable, others: tuple[Declared, ...]) -> bool:
    """Whether the file says of anything what it was called when it was first built."""
    if "was" in symbols.root.entries:
        return True
    declared: tuple[Iterable[Declared], ...] = (
        symbols.messages.values(), symbols.places, symbols.consumers.values(), others
    )  # fmt: skip
    return any(each.was is not None for group in declared for each in group)


def _notified(symbols: SymbolTable) -> dict[tuple[str, int], Topic] | None:
    """Return the topics that alarms tell, by where the file says so; None if it has no alarms."""
    if not symbols.says("alarms"):
        return None
    from msgc.resolve.places.alarms import resolve_notified  # noqa: PLC0415  # few files have any

    return resolve_notified(symbols)


def _build(symbols: SymbolTable) -> Build:
    written = parse.mapping(symbols.root.get("build"))
    paths = {key.text: parse.text(node) for key, node in written.items()} if written else {}
    return Build(
        service=symbols.service,
        written={key: path for key, path in paths.items() if path},
    )
