"""Check a file in each of its environments, and tell in which ones something was found."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.diagnostics import Diagnostic, Outcome, listing
from msgc.links.model import Links
from msgc.pipeline.environment_clashes import clashes
from msgc.pipeline.understand import ProjectCheck, understand
from msgc.resolve.variables.environments import Overlaid, overlaid
from msgc.schema import validate
from msgc.syntax import Document
from msgc.workspace import Workspace

Found = tuple[Diagnostic, ...]


def understand_each(
    document: Document,
    workspace: Workspace,
    shape: Found,
    check_project: ProjectCheck | None,
) -> Outcome[tuple[Links, ...]]:
    """Resolve, link and lint a file in each environment; the links of all, in their order."""
    overlays = overlaid(document.root)
    if not overlays.each:  # misshapen, and reported
        return understand(document, workspace, shape, check_project)
    given: dict[str, Found] = {}
    variants: list[Links] = []
    for each in overlays.each:
        own = _shape(each, shape)
        understood = understand(
            document.replace(root=each.root),
            workspace,
            own,
            check_project,
            each.environment,
        )
        given[each.environment.name] = understood.diagnostics
        variants += understood.value or ()
    found = (*merged(given), *overlays.diagnostics)
    if len(variants) < len(overlays.each) or overlays.diagnostics:
        return Outcome(None, found)
    return Outcome(tuple(variants), (*found, *clashes(variants)))


def _shape(each: Overlaid, shape: Found) -> Found:
    """Return what is wrong with the shape of a file in an environment.

    Of a file that is wrong already nothing more is told: it could be a consequence.
    """
    if not each.changes or any(d.is_error for d in shape):
        return shape
    known = {(d.span.place, d.message) for d in shape}
    return (*shape, *(d for d in validate(each.root) if (d.span.place, d.message) not in known))


def merged(given: dict[str, Found]) -> Iterable[Diagnostic]:
    """Return the findings of all environments; one that only some have says which.

    Findings of one kind at one place are one, whatever names of an environment it mentions.
    """
    together: dict[object, dict[str, Diagnostic]] = {}
    for environment, diagnostics in given.items():
        seen: dict[object, int] = {}
        for one in diagnostics:
            place = (one.code.id, one.span.place, one.span.end)
            seen[place] = seen.get(place, 0) + 1
            together.setdefault((*place, seen[place]), {})[environment] = one
    for found in together.values():
        first = next(iter(found.values()))
        same = len({one.message for one in found.values()}) == 1
        if len(found) == len(given) and same:
            yield first.replace(help=_help(found))
        else:
            names = listing([f"`{name}`" for name in found], "and")
            yield first.replace(message=f"{first.message} (in {names})")


def _help(found: dict[str, Diagnostic]) -> str | None:
    """Return the help of a finding; of a note, what each environment needs where that differs.

    Notes have what others must add, accounts and Regions included. Of what has to be edited here
    there is one text.
    """
    first = next(iter(found.values()))
    by_text: dict[str | None, list[str]] = {}
    for environment, one in found.items():
        by_text.setdefault(one.help, []).append(f"`{environment}`")
    if first.code.severity != "info" or len(by_text) == 1:
        return first.help
    return "; ".join(f"in {listing(names, 'and')}: {text}" for text, names in by_text.items())
