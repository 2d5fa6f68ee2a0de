"""Run every phase that checks a messaging.yaml, and collect what they find; write nothing.

The file is loaded into a tree that knows its places (`syntax`), its shape is checked (`schema`),
names are declared and linked and defaults filled in (`resolve`), what follows from the whole graph
is worked out (`links`), and the rules look at the result (`lint`). What is wrong by its shape or
its names is left out of the later phases, with all that hangs on it; everything that any of them
found is reported at once, in the order of the file. Comments `# msgc: ignore[rule-name]` are
applied at the end, when it is known what there was to ignore. A file without errors is put to its
own tests (`routing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable

from msgc.derive import derive
from msgc.diagnostics import Diagnostic, Outcome, bounded_hints, in_order
from msgc.links import link, link_recovered
from msgc.links.model import Links
from msgc.lint import lint
from msgc.lint.ignores import apply_ignores
from msgc.lint.run import RESOURCE_LIMIT
from msgc.pipeline.known_defaults import with_known_defaults
from msgc.pipeline.sent import SentByOthers, sent_by
from msgc.record import Record
from msgc.resolve import resolve
from msgc.routing.results import TestResult
from msgc.schema import validate
from msgc.source import Files
from msgc.syntax import Document
from msgc.syntax.codes import UNKNOWN_ALIAS
from msgc.topology.model import Topology
from msgc.workspace import Workspace
from msgc.workspace.requires import other_version

ProjectCheck = Callable[[Topology, str], tuple[Diagnostic, ...]]
"""Checks what lies beside a file on the disk, given its topology and its path."""


class Checked(Record):
    """A checked messaging.yaml: its topology, its links, and the results of its tests."""

    document: Document
    topology: Topology
    links: Links
    tests: tuple[TestResult, ...] = ()
    """What came of its tests; nothing if it has errors."""


def check(
    path: str, files: Files | Workspace, *, check_project: ProjectCheck | None = None
) -> Outcome[Checked]:
    """Analyse the file at `path`, and run its tests.

    `check_project` checks the folder of the file too: the code and the outputs that it names.
    """
    analysed = analyse(path, files, check_project=check_project)
    checked = analysed.value
    if checked is None or not analysed.ok or not checked.topology.tests:
        return analysed
    from msgc.routing.tests import run_tests  # noqa: PLC0415  # 5 ms, for files that have tests

    tests = run_tests(checked.topology, checked.links)
    failures = (failure for test in tests for failure in test.diagnostics)
    return Outcome(checked.replace(tests=tests), in_order((*analysed.diagnostics, *failures)))


def analyse(
    path: str, files: Files | Workspace, *, check_project: ProjectCheck | None = None
) -> Outcome[Checked]:
    """Load, validate, resolve, link and lint the file at `path`."""
    with bounded_hints():
        return _analyse(path, workspace_of(files), check_project)


def _analyse(
    path: str, workspace: Workspace, check_project: ProjectCheck | None
) -> Outcome[Checked]:
    loaded = workspace.document(path)
    document = loaded.value
    if document is None:
        return Outcome(None, in_order(loaded.diagnostics))
    if (refused := other_version(document.root)) is not None:
        return Outcome(None, (refused,))

    shape = workspace.wrong_shape(document)
    known = with_known_defaults(document, shape) if shape else document
    resolved = topology_of(known, workspace)  # passes over what `validate` finds to be misshapen
    topology = resolved.value
    found = _without_echoes(loaded.diagnostics, (*shape, *resolved.diagnostics))
    if topology is None:
        return Outcome(None, in_order(apply_ignores(document, found)))
    if any(d.is_error for d in found):
        found = (*found, *_recovered(document, topology, found, check_project))
        return Outcome(None, in_order(apply_ignores(document, found)))

    linked = link(topology)
    links = linked.value
    assert links is not None  # noqa: S101  # whatever it finds
    beside = check_project(topology, path) if check_project else ()
    found = (*found, *linked.diagnostics, *beside)
    if workspace.has_imports and path not in workspace.sent_by:
        workspace.sent_by[path] = sent_by(links.topology, links)
    linted = lint(links.topology, links, resource_limit=_resource_limit())
    found = apply_ignores(document, (*found, *linted))
    checked = Checked(document=document, topology=topology, links=links)
    return Outcome(checked, in_order(found))


def _without_echoes(
    loaded: tuple[Diagnostic, ...], later: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Return all findings but those about an alias of nothing, whose value is empty."""
    unknown = {(d.span.place, d.span.end) for d in loaded if d.code is UNKNOWN_ALIAS}
    if not unknown:
        return (*loaded, *later)
    return (*loaded, *(d for d in later if (d.span.place, d.span.end) not in unknown))


def workspace_of(files: Files | Workspace) -> Workspace:
    """Return the workspace of a run, which can check and compile others of its services."""
    workspace = Workspace.of(files)
    workspace.compiler = workspace.compiler or SentByOthers(workspace)
    workspace.shape_check = validate
    return workspace


def topology_of(document: Document, files: Files | Workspace) -> Outcome[Topology]:
    """Resolve the names of a file, and derive what it leaves open."""
    resolved = resolve(document, workspace_of(files))
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
