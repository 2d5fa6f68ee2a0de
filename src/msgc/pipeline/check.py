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

from collections.abc import Iterable

from msgc.diagnostics import Diagnostic, Outcome, bounded_hints, in_order
from msgc.links.model import Links
from msgc.lint.ignores import apply_ignores
from msgc.pipeline.known_defaults import with_known_defaults
from msgc.pipeline.sent import sent_by
from msgc.pipeline.understand import ProjectCheck, understand, workspace_of
from msgc.record import Record
from msgc.routing.results import TestResult
from msgc.source import Files
from msgc.syntax import Document
from msgc.syntax.codes import UNKNOWN_ALIAS
from msgc.topology.model import Topology
from msgc.workspace import Workspace
from msgc.workspace.requires import other_version


class Checked(Record):
    """A checked messaging.yaml: its topology, its links, and the results of its tests.

    Of a file with environments the topology is that in the first of them.
    """

    document: Document
    variants: tuple[Links, ...]
    """The links in each environment, or alone; each has its topology."""
    tests: tuple[TestResult, ...] = ()
    """What came of its tests; nothing if it has errors."""

    @property
    def environments(self) -> tuple[str, ...]:
        """The names of its environments, in the order of the file."""
        found = (links.topology.environment for links in self.variants)
        return tuple(each.name for each in found if each is not None)

    def within(self, environment: str) -> Checked:
        """Return what the file is in one environment; `KeyError` if it hasn't got it."""
        if environment not in self.environments:
            raise KeyError(environment)
        links = self.variants[self.environments.index(environment)]
        tests = tuple(test for test in self.tests if test.environment == environment)
        return self.replace(variants=(links,), tests=tests)

    @property
    def links(self) -> Links:
        """What the edges become in AWS."""
        return self.variants[0]

    @property
    def topology(self) -> Topology:
        """What the file means."""
        return self.links.topology


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

    tests = tuple(test for links in checked.variants for test in run_tests(links.topology, links))
    failures: Iterable[Diagnostic] = (one for test in tests for one in test.diagnostics)
    if checked.environments:
        from msgc.pipeline.environments import merged  # noqa: PLC0415  # few files

        failures = merged(
            {
                name: tuple(
                    d for test in tests if test.environment == name for d in test.diagnostics
                )
                for name in checked.environments
            }
        )
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
    if "environments" in known.root.entries:
        from msgc.pipeline.environments import understand_each  # noqa: PLC0415  # few files

        understood = understand_each(known, workspace, shape, check_project)
    else:
        understood = understand(known, workspace, shape, check_project)
    found = _without_echoes(loaded.diagnostics, understood.diagnostics)
    found = in_order(apply_ignores(document, found))
    variants = understood.value
    if variants is None:
        return Outcome(None, found)
    if workspace.has_imports and path not in workspace.sent_by:
        workspace.sent_by[path] = sent_by(variants[0].topology, variants[0])
    return Outcome(Checked(document=document, variants=variants), found)


def _without_echoes(
    loaded: tuple[Diagnostic, ...], later: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Return all findings but those about an alias of nothing, whose value is empty."""
    unknown = {(d.span.place, d.span.end) for d in loaded if d.code is UNKNOWN_ALIAS}
    if not unknown:
        return (*loaded, *later)
    return (*loaded, *(d for d in later if (d.span.place, d.span.end) not in unknown))
