"""What a file with errors says for certain: its sound parts, and what had to be left out."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgc.diagnostics import Diagnostic
from msgc.links import link_recovered
from msgc.links.model import Links
from msgc.pipeline.broken_declarations import declared_in
from msgc.pipeline.known_defaults import with_known_defaults
from msgc.pipeline.recovery import recover
from msgc.pipeline.understand import topology_of, workspace_of
from msgc.record import Record
from msgc.resolve.variables.environments import overlaid
from msgc.source import Files
from msgc.syntax import Document
from msgc.topology.environments import Environment
from msgc.topology.error_recovery import Declarations, Key
from msgc.topology.model import Topology
from msgc.workspace import Workspace

_WORDS = {
    "messages": "message", "topics": "topic", "queues": "queue", "buses": "bus",
    "subscriptions": "subscription", "consumers": "consumer", "producers": "producer",
}  # fmt: skip


class Sound(Record):
    """The sound parts of a file with errors, in one environment or alone."""

    document: Document
    links: Links
    left_out: tuple[str, ...]
    """What has an error, or needs something that has one: `queue/invoicing`."""


def sound_parts(path: str, files: Files | Workspace) -> tuple[Sound, ...]:
    """Return the sound parts of a file, of each environment; none if nothing can be read."""
    workspace = workspace_of(files)
    document = workspace.document(path).value
    if document is None:
        return ()
    shape = workspace.wrong_shape(document)
    known = with_known_defaults(document, shape) if shape else document
    homes: list[tuple[Document, Environment | None]] = [
        (known.replace(root=each.root), each.environment) for each in overlaid(known.root).each
    ]
    found = (
        _sound(there, workspace, shape, environment)
        for there, environment in homes or [(known, None)]
    )
    return tuple(each for each in found if each is not None)


def _sound(
    document: Document,
    workspace: Workspace,
    shape: tuple[Diagnostic, ...],
    environment: Environment | None,
) -> Sound | None:
    resolved = topology_of(document, workspace, environment)
    if resolved.value is None:
        return None
    read = resolved.value
    recovered = recover(document.root, read, (*shape, *resolved.diagnostics))
    linked = link_recovered(recovered.topology, read, recovered.recovery)
    links = linked.value
    assert links is not None  # noqa: S101  # whatever it finds
    declarations = Declarations(document.root)
    wrong = {declarations.at(each.span) for each in linked.diagnostics if each.is_error}
    return Sound(
        document=document,
        links=links,
        left_out=tuple(_left_out(document, recovered.topology, wrong)),
    )


def _left_out(document: Document, sound: Topology, wrong: set[Key | None]) -> Iterator[str]:
    """Yield the declarations that a topology lacks, and those whose filters it lacks."""
    left: dict[str, Container[str]] = {
        "messages": sound.messages, "topics": sound.topics, "queues": sound.queues,
        "buses": sound.buses, "subscriptions": sound.subscriptions,
        "consumers": sound.consumers, "producers": sound.producers,
    }  # fmt: skip
    for section, word in _WORDS.items():
        for name in declared_in(document.root, section):
            if name not in left[section]:
                yield f"{word}/{name}"
            elif (section, name) in wrong:
                yield f"part of {word}/{name}"
