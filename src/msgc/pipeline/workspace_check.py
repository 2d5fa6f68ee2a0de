"""Check the services of one run together: names, folders, and in which order they are deployed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from msgc.claims import Claim
from msgc.diagnostics import Diagnostic, Label, in_order
from msgc.disk import NAMES
from msgc.lint.ignores import Ignored, ignored_of_several, is_ignored
from msgc.lint.wording import named
from msgc.output.overlapping_outputs import Owned, overlapping_claims
from msgc.pipeline.check import Checked
from msgc.pipeline.deployment_order import Need, circles
from msgc.pipeline.project_check import claims
from msgc.record import Record
from msgc.source import Source, Span
from msgc.topology.dashboard import dashboard_of, name_of
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.workspace import Workspace
from msgc.workspace.codes import NAME_TAKEN, SAME_SERVICE, TWO_FILES


class Name(Record):
    """A name in AWS that a service gives to a place of its own."""

    called: str
    kind: str
    name: str
    service: str
    span: Span


class Member(Record):
    """What others can clash with in a service; the rest of it may be forgotten."""

    name: str
    built_as: str
    """What its names in AWS begin with."""
    path: str
    """Of its file."""
    span: Span
    """Of its name, or of the one under which it was first built."""
    names: tuple[Name, ...]
    needs: tuple[Need, ...]
    claims: tuple[Claim, ...]
    ignored: tuple[Ignored, ...]


def member(checked: Checked) -> Member:
    """Return what others can clash with in a service that has been checked by itself."""
    topology = checked.topology
    return Member(
        name=topology.service,
        built_as=topology.built_as,
        path=checked.document.source.path,
        span=topology.root.key("was" if "was" in topology.root.entries else "service").span,
        names=tuple(name for links in checked.variants for name in _names(links.topology)),
        needs=tuple(_needs(topology)),
        claims=claims(topology),
        ignored=ignored_of_several(checked.document),
    )


class WorkspaceCheck:
    """Compares the services of a run; in which order they come makes no difference."""

    def __init__(self, workspace: Workspace, paths: Iterable[str]) -> None:
        """Start without any of the services in these files, of which some may be broken."""
        self._workspace = workspace
        self._beside = _beside(paths)
        """Files to which there is another one in their folder, and that one."""
        self._services: dict[str, Member] = {}
        """By the paths of their files."""

    def add(self, service: Member) -> None:
        """Take a service that has been checked by itself."""
        self._services[service.path] = service

    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with all of them together."""
        services: dict[str, Member] = {}
        found: list[Diagnostic] = list(self._two_of_a_folder())
        for service in self._to_compare():
            first = services.setdefault(service.name, service)
            if first is not service:
                found.append(_same_service(service, first))
        different = services.values()
        found += _built_as_another(different)
        found += _taken_twice(name for service in different for name in service.names)
        found += circles(
            need for service in different for need in service.needs if need.owner in services
        )
        found += overlapping_claims(
            _owned(claim, service.path) for service in different for claim in service.claims
        )
        ignored = {each for service in different for each in service.ignored}
        return in_order(each for each in found if not is_ignored(each, ignored))

    def _two_of_a_folder(self) -> Iterator[Diagnostic]:
        for path, other in self._beside.items():
            yield TWO_FILES.at(
                Span(Source(path, ""), 0, 0),
                f"`{other}` lies in the same folder",
                help="one of them has to go: a folder has one messaging.yaml, or messaging.yml",
            )

    def _to_compare(self) -> Iterator[Member]:
        """Yield the services by their paths; a commit hook names copies of some of them, too."""
        counts = Counter(service.name for service in self._services.values())
        for path, service in sorted(self._services.items()):
            is_one_of_two = counts[service.name] > 1 and (
                path in self._beside or path in self._workspace.members(path).copies
            )
            if not is_one_of_two:
                yield service


def _beside(paths: Iterable[str]) -> dict[str, str]:
    folders: dict[str, str] = {}
    beside: dict[str, str] = {}
    for path in sorted(paths):
        folder, name = os.path.split(path)
        if name in NAMES:
            first = folders.setdefault(folder, path)
            if first != path:
                beside[path] = first
    return beside


def _same_service(service: Member, first: Member) -> Diagnostic:
    return SAME_SERVICE.at(
        service.span,
        f"there are two services `{service.name}`",
        help="their names in AWS, parameters and ids begin with it: rename one",
        labels=(Label(span=first.span, message="the other one"),),
    )


def _built_as_another(services: Iterable[Member]) -> Iterator[Diagnostic]:
    """Yield services that were called what another one is, or was."""
    known: dict[str, Member] = {}
    for service in sorted(services, key=lambda each: each.name != each.built_as):
        first = known.setdefault(service.built_as, service)
        if first is not service:
            yield SAME_SERVICE.at(
                service.span,
                f"`{service.name}` can't have been `{service.built_as}`, which `{first.name}` "
                + ("is" if first.name == first.built_as else "was"),
                help="their names in AWS, parameters and ids would be the same: take `was` out",
                labels=(Label(span=first.span, message="the other one"),),
            )


def _names(topology: Topology) -> Iterator[Name]:
    own: tuple[Queue | Topic | Bus, ...] = topology.places
    for place in own:
        if place.imported is None and not place.is_default and place.is_declared:
            yield Name(
                called=f"{named(place)} of `{topology.service}`",
                kind=kind_of(place).word,
                name=place.physical_name,
                service=topology.service,
                span=place.place("name"),
            )
    dashboard = dashboard_of(topology)
    if dashboard is not None:
        yield Name(
            called=f"the dashboard of `{topology.service}`",
            kind=dashboard.name,
            name=name_of(topology, dashboard),
            service=topology.service,
            span=dashboard.place("name"),
        )


def _taken_twice(names: Iterable[Name]) -> Iterator[Diagnostic]:
    known: dict[tuple[str, str], Name] = {}
    for new in names:
        first = known.setdefault((new.kind, new.name), new)
        if first.service != new.service:
            yield NAME_TAKEN.at(
                new.span,
                f"{new.called} and {first.called} are both called `{new.name}` in AWS",
                help="give one of them another `name`; or if they are in accounts apart, say"
                " `# msgc: ignore[name-taken]` and why",
                labels=(Label(span=first.span, message="called so here too"),),
            )


def _needs(topology: Topology) -> Iterator[Need]:
    """Yield the edges that can only be made once another service is deployed.

    A switched off SNS subscription isn't made; a rule is, in the state DISABLED.
    """
    for edge in topology.subscriptions.values():
        elsewhere = edge.origin.elsewhere
        if elsewhere is not None and edge.is_made:
            yield Need(
                service=topology.service, owner=elsewhere.service, edge=edge.name, span=edge.key
            )


def _owned(claim: Claim, path: str) -> Owned:
    target = os.path.realpath(os.path.join(os.path.dirname(path), claim.path))
    return Owned(claim=claim, target=target, owner=path)
