"""Check the services of one run together: names, folders, and in which order they are deployed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgc.claims import Claim
from msgc.diagnostics import Diagnostic, Label, in_order
from msgc.lint.wording import named
from msgc.output.overlapping_outputs import Owned, overlapping_claims
from msgc.pipeline.check import Checked
from msgc.pipeline.deployment_order import Need, circles
from msgc.pipeline.project_check import claims
from msgc.record import Record
from msgc.source import Span
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.workspace.codes import NAME_TAKEN, SAME_SERVICE


class _Name(Record):
    """A name in AWS that a service gives to a place of its own."""

    called: str
    service: str
    span: Span


class WorkspaceCheck:
    """Keeps of each service what others can clash with; the rest of it may be forgotten."""

    def __init__(self) -> None:
        """Start without any."""
        self._found: list[Diagnostic] = []
        self._services: dict[str, Span] = {}
        self._names: dict[tuple[str, str], _Name] = {}
        self._needs: list[Need] = []
        self._claims: list[Owned] = []

    def add(self, checked: Checked) -> None:
        """Take a service that has been checked by itself."""
        topology = checked.topology
        span = topology.root.key("service").span
        first = self._services.setdefault(topology.service, span)
        if first is not span:
            self._found.append(
                SAME_SERVICE.at(
                    span,
                    f"there are two services `{topology.service}`",
                    help="their names in AWS, parameters and ids begin with it: rename one",
                    labels=(Label(span=first, message="the other one"),),
                )
            )
            return
        self._add_names(topology)
        self._needs += _needs(topology)
        folder = os.path.dirname(checked.document.source.path)
        owner = len(self._services)
        self._claims += (_owned(claim, folder, owner) for claim in claims(topology))

    def _add_names(self, topology: Topology) -> None:
        service = topology.service
        own: tuple[Queue | Topic | Bus, ...] = topology.places
        for place in own:
            if place.imported is not None or place.is_default or not place.is_declared:
                continue
            called = f"{named(place)} of `{service}`"
            key = (kind_of(place).word, place.physical_name)
            new = _Name(called=called, service=service, span=place.place("name"))
            first = self._names.setdefault(key, new)
            if first.service != service:
                self._found.append(
                    NAME_TAKEN.at(
                        new.span,
                        f"{called} and {first.called} are both called `{place.physical_name}` "
                        "in AWS",
                        help="give one of them another `name`, or deploy them to accounts apart",
                        labels=(Label(span=first.span, message="called so here too"),),
                    )
                )

    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with all of them together."""
        order = circles(need for need in self._needs if need.owner in self._services)
        return in_order((*self._found, *order, *overlapping_claims(self._claims)))


def _needs(topology: Topology) -> Iterator[Need]:
    """Yield the edges that can only be made once another service is deployed.

    A switched off SNS subscription isn't made; a rule is, in the state DISABLED.
    """
    for edge in topology.subscriptions.values():
        elsewhere = edge.origin.elsewhere
        if elsewhere is not None and (edge.enabled or edge.way.brings_events):
            yield Need(
                service=topology.service, owner=elsewhere.service, edge=edge.name, span=edge.key
            )


def _owned(claim: Claim, folder: str, owner: int) -> Owned:
    target = os.path.realpath(os.path.join(folder, claim.path))
    return Owned(claim=claim, target=target, owner=owner)
