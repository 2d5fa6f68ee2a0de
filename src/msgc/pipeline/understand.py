"""What a file means, in one environment or without any: resolved, derived, linked and checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from msgc.derive import derive
from msgc.diagnostics import Diagnostic, Outcome
from msgc.links import link, link_recovered
from msgc.links.model import Links
from msgc.lint import lint
from msgc.lint.run import RESOURCE_LIMIT
from msgc.pipeline.broken_declarations import words
from msgc.pipeline.inventory_file import deployed
from msgc.pipeline.sent import SentByOthers
from msgc.resolve import codes, resolve
from msgc.resolve.symbols import TOP
from msgc.schema import validate
from msgc.source import Files
from msgc.syntax import Document
from msgc.topology.environments import Environment
from msgc.topology.error_recovery import Declarations, Key
from msgc.topology.model import Topology
from msgc.tree import Mapping
from msgc.workspace import Workspace

ProjectCheck = Callable[[Topology, str], tuple[Diagnostic, ...]]
"""Checks what lies beside a file on the disk, given its topology and its path."""


def understand(
    document: Document,
    workspace: Workspace,
    shape: tuple[Diagnostic, ...],
    check_project: ProjectCheck | None,
    environment: Environment | None = None,
) -> Outcome[tuple[Links, ...]]:
    """Resolve, link and lint a file, or what it is in one environment; `shape` is found already.

    What `schema` found to be misshapen is passed over. After an error there is no value.
    """
    resolved = topology_of(document, workspace, environment)
    topology = resolved.value
    found = (*shape, *_without_consequences(document, shape, resolved.diagnostics))
    if topology is None:
        return Outcome(None, found)
    if any(d.is_error for d in found):
        return Outcome(None, (*found, *_recovered(document, topology, found, check_project)))
    linked = link(topology)
    links = linked.value
    assert links is not None  # noqa: S101  # whatever it finds
    beside = check_project(topology, document.source.path) if check_project else ()
    if check_project and _has_packages(topology):
        from msgc.code.packages import check_packages  # noqa: PLC0415  # for few files

        beside = (*beside, *check_packages(links, os.path.dirname(document.source.path)))
    linted = lint(
        links.topology,
        links,
        resource_limit=_resource_limit(),
        deployed=partial(deployed, document.source.path, workspace),
    )
    later = (*linked.diagnostics, *beside, *linted)
    if topology.replacements.heirs:
        from msgc.pipeline.edges_on_both import told_once  # noqa: PLC0415  # few files

        later = told_once(later, topology.replacements)
    return Outcome((links,), (*found, *later))


def _has_packages(topology: Topology) -> bool:
    """Whether a function needs a package besides the stubs, or is told to have one."""
    return any(message.payload.library for message in topology.messages.values()) or any(
        consumer.made is not None and consumer.made.packages
        for consumer in topology.consumers.values()
    )


def _without_consequences(
    document: Document, shape: tuple[Diagnostic, ...], found: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Return findings but those about settings that go by others, which are misshapen.

    Under what name something was built, in which account it is, and that a message goes through a
    bucket may be what is misspelt.
    """
    if not any(each.code in _BY_OTHERS for each in found) or not any(d.is_error for d in shape):
        return found
    declarations = Declarations(document.root)
    broken = {declarations.at(d.span) for d in shape if d.is_error}
    names = {key[1] for key in broken if key is not None}

    def is_consequence(each: Diagnostic) -> bool:
        if each.code not in _BY_OTHERS:
            return False
        if any(declarations.at(label.span) in broken for label in each.labels):
            return True
        if each.code is codes.NOT_ON_BOTH:  # what is misshapen may be what replaces the other end
            return any(key is not None and key[0] in _PLACES for key in broken)
        key = declarations.at(each.span)
        if key is not None and not key[1]:
            return _is_unused(document, each) and any(_may_be_message(at) for at in broken)
        section = document.root.get(key[0]) if key is not None else None
        node = section.get(key[1]) if key is not None and isinstance(section, Mapping) else None
        if not isinstance(node, Mapping) or names.isdisjoint(words(node)):
            return False
        options = (node.get(option) for option in ("deploy", "was"))
        return any(
            option is not None and option.span.place == each.span.place for option in options
        )

    return tuple(each for each in found if not is_consequence(each))


def _is_unused(document: Document, found: Diagnostic) -> bool:
    """Whether a finding says that no message has to do with a setting of the whole file."""
    return found.code is codes.OPTION_NOT_HERE and any(
        key.span.place == found.span.place for key, _ in document.root.items()
    )


def _may_be_message(key: Key | None) -> bool:
    """Whether something may belong to a message: also where a section is misspelt, or an anchor."""
    return key is None or key[0] in ("messages", "defaults") or key[0] not in TOP


_BY_OTHERS = (
    codes.OPTION_NOT_HERE,
    codes.WAS_STILL_EXISTS,
    codes.TWO_HEIRS,
    codes.NOT_ON_BOTH,
)
_PLACES = ("queues", "topics", "buses")


def workspace_of(files: Files | Workspace) -> Workspace:
    """Return the workspace of a run, which can check and compile others of its services."""
    workspace = Workspace.of(files)
    workspace.compiler = workspace.compiler or SentByOthers(workspace)
    workspace.shape_check = validate
    return workspace


def topology_of(
    document: Document, files: Files | Workspace, environment: Environment | None = None
) -> Outcome[Topology]:
    """Resolve the names of a file, and derive what it leaves open."""
    resolved = resolve(document, workspace_of(files), environment)
    if resolved.value is None:
        return Outcome(None, resolved.diagnostics)
    derived = derive(resolved.value)
    return Outcome(derived.value, (*resolved.diagnostics, *derived.diagnostics))


def _recovered(
    document: Document,
    read: Topology,
    found: tuple[Diagnostic, ...],
    check_project: ProjectCheck | None,
) -> tuple[Diagnostic, ...]:
    """Return what the later phases find in the sound parts of a file with errors."""
    from msgc.pipeline.recovery import recover  # noqa: PLC0415  # only after a mistake

    path = document.source.path
    sound = recover(document.root, read, found)
    beside = check_project(sound.topology, path) if check_project else ()
    beside_sound = sound.recovery.certain(beside, absence=False)
    linked = link_recovered(sound.topology, read, sound.recovery)
    links = linked.value
    assert links is not None  # noqa: S101  # whatever it finds
    linted = lint(links.topology, links, resource_limit=_resource_limit(), recovery=sound.recovery)
    return (*beside_sound, *linked.diagnostics, *linted)


def _resource_limit() -> int | None:
    """AWS's limit; the benchmark of very large services turns it off, there is no option for it."""
    return None if os.environ.get("MSGC_RESOURCE_LIMIT") == "off" else RESOURCE_LIMIT
