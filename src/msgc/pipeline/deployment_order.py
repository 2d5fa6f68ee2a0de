"""Find services that can't be deployed one after the other, and say in which order they can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.source import Span
from msgc.workspace.codes import CIRCULAR_DEPLOYMENT

_NAMED = 5
"""Services that a finding names, beside the first."""


class Need(Record):
    """An edge of a service from a place of another one, which has to be there before it."""

    service: str
    owner: str
    edge: str
    span: Span


def circles(needs: Iterable[Need]) -> Iterator[Diagnostic]:
    """Yield a finding for each group of services of which none can be deployed first."""
    by_service: dict[str, list[Need]] = {}
    for need in needs:
        if need.owner != need.service:
            by_service.setdefault(need.service, []).append(need)
    for group in _groups(by_service):
        inside: dict[str, list[Need]] = {service: [] for service in sorted(group)}
        for service in inside:  # what is there is added to
            inside[service] += (need for need in by_service[service] if need.owner in group)
        yield _finding(inside)


def _groups(needs: dict[str, list[Need]]) -> list[frozenset[str]]:
    """Return the services that need one another, directly or not (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    found: list[frozenset[str]] = []
    for start, first in needs.items():
        if start in index:
            continue
        index[start] = low[start] = len(index)
        open_.append(start)
        todo = [(start, iter([need.owner for need in first]))]
        while todo:
            here, owners = todo[-1]
            owner = next((each for each in owners if each in needs), None)
            if owner is None:
                todo.pop()
                if todo:
                    above = todo[-1][0]
                    low[above] = min(low[above], low[here])
                if low[here] == index[here]:
                    group = open_[open_.index(here) :]
                    del open_[open_.index(here) :]
                    if len(group) > 1:
                        found.append(frozenset(group))
            elif owner not in index:
                index[owner] = low[owner] = len(index)
                open_.append(owner)
                todo.append((owner, iter([need.owner for need in needs[owner]])))
            elif owner in open_:
                low[here] = min(low[here], index[owner])
    return found


def _finding(needs: dict[str, list[Need]]) -> Diagnostic:
    """Return the finding about a group, with an order that works: the fewest edges wait."""
    steps: list[str] = []
    later: list[str] = []
    deployed: set[str] = set()
    first: Need | None = None
    while len(deployed) < len(needs):
        waiting = sorted(service for service in needs if service not in deployed)
        missing = {
            service: [need for need in needs[service] if need.owner not in deployed]
            for service in waiting
        }
        service = min(waiting, key=lambda each: len(missing[each]))
        step = f"`{service}`"
        if missing[service]:
            first = first or missing[service][0]
            edges = ", ".join(f"`{need.edge}`" for need in missing[service])
            step += f" without {edges}"
            later.append(f"`{service}` as it is")
        steps.append(step)
        deployed.add(service)
    assert first is not None  # noqa: S101  # or it would be no circle
    others = sorted(needs.keys() - {first.service})
    back = next(
        (need for each in others for need in needs[each] if need.owner == first.service),
        needs[others[0]][0],
    )
    listed = ", ".join(f"`{each}`" for each in (first.service, *others[:_NAMED]))
    if len(others) > _NAMED:
        listed += f" and {len(others) - _NAMED} more"
    return CIRCULAR_DEPLOYMENT.at(
        first.span,
        f"none of {listed} can be deployed first: each takes messages from another of them",
        help=f"the first time, deploy {', then '.join((*steps, *later))}",
        labels=(Label(span=back.span, message=f"`{back.service}` takes from `{back.owner}` here"),),
    )
