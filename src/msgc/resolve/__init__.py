"""Tree to Topology: names declared, references linked; what isn't written stays open."""

from __future__ import annotations

from msgc.diagnostics import Outcome
from msgc.resolve import values
from msgc.resolve.actors import resolve_consumers, resolve_producers
from msgc.resolve.edges import resolve_edges
from msgc.resolve.messages import resolve_messages
from msgc.resolve.placeholders import check_placeholders
from msgc.resolve.places import lists_all, resolve_buses, resolve_topics
from msgc.resolve.queues import resolve_queues
from msgc.resolve.resolved import Resolved
from msgc.resolve.schemas import Schemas
from msgc.resolve.scope import Scope
from msgc.resolve.tests import resolve_tests
from msgc.source import Files
from msgc.syntax import Document
from msgc.topology.model import Build, Topology


def resolve(document: Document, files: Files) -> Outcome[Resolved]:
    """Return what a file describes, linked, with every mistake in its names.

    What has the wrong shape is passed over: `msgc.schema` has reported it.
    """
    scope = Scope(document.root)
    check_placeholders(scope)
    resolve_messages(scope, Schemas(files, document.source.path))
    return Outcome(resolve_references(scope), tuple(scope.diagnostics))


def resolve_references(scope: Scope) -> Resolved:
    """Return the topology of a file whose messages are resolved already.

    The order is that of dependence: places; consumers and producers; edges; and tests, which may
    be about any of these.
    """
    root = scope.root
    resolve_queues(scope)
    resolve_topics(scope)
    resolve_buses(scope)
    resolve_consumers(scope)
    producers = resolve_producers(scope)
    edges = resolve_edges(scope)
    topology = Topology(
        service=scope.service,
        source=scope.source,
        owner=values.text(root.get("owner")),
        description=values.prose(root.get("description")) or "",
        build=_build(scope),
        root=root,
        messages=scope.messages,
        queues=scope.queues,
        topics=scope.topics,
        buses=scope.buses,
        subscriptions=edges,
        consumers=scope.consumers,
        producers=producers,
        tests=resolve_tests(scope, edges),
        misread=frozenset(scope.misread),
        incomplete=frozenset(place for place in scope.places if not lists_all(scope, place)),
        reasons={},
    )
    return Resolved(
        topology=topology,
        candidates=scope.candidates,
        queue_names=tuple(scope.queue_names),
    )


def _build(scope: Scope) -> Build:
    written = values.mapping(scope.root.get("build"))
    paths = {key.text: values.text(node) for key, node in written.items()} if written else {}
    return Build(
        service=scope.service,
        written={key: path for key, path in paths.items() if path},
    )
