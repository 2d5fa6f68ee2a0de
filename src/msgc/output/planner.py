"""Plan a build: compare every file with the disk, and change none.

A file is msgc's own if the banner at its top has this service's name; anything else in the way is
refused. A file of our own that nothing generates any more is stale if it is in a folder that is
given to msgc, or a module that would be imported by the name of such a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from msgc.artifact import Artifact, owner
from msgc.claims import Claim, bases, belongs_to, outside
from msgc.diagnostics import Diagnostic, Outcome
from msgc.disk import is_version_control
from msgc.output import path_findings
from msgc.output.plan import Change, Place, Plan, Status, read
from msgc.output.stamps import is_later, stamped
from msgc.output.temporary import is_temporary, leftovers
from msgc.workspace.looks import digest

TOPOLOGIES = ("messaging.yaml", "messaging.yml")
"""A folder with one of these is another project."""

_NOT_LOOKED_INTO = ("__pycache__", "node_modules", "site-packages")


def plan(
    artifacts: Iterable[Artifact], claims: Iterable[Claim], root: str, *, service: str
) -> Outcome[Plan]:
    """Compare what would be written for a service with what is there, below the folder `root`."""
    return _Planner(tuple(claims), root, service).plan(artifacts)


Files = Mapping[str, Mapping[str, str]]
"""The files of each output, by its key, and a digest of each."""


def written(plan: Plan) -> dict[str, dict[str, str]]:
    """Return the files that are there once a plan is carried out."""
    found: dict[str, dict[str, str]] = {p.claim.output.key: {} for p in plan.places}
    for change in plan.changes:
        claim = _claim_in(change.path, plan.places)
        if change.after is not None and claim is not None:  # not what lies beside messaging.yaml
            found[claim.output.key][change.path] = _digest(change.after)
    return found


class SharedFiles:
    """What was found in folders that several services share: it is looked at once in a run."""

    def __init__(self) -> None:
        """Start without any."""
        self.found: dict[tuple[str, str], tuple[Mapping[str, str], tuple[Change, ...]]] = {}


def unchanged(
    files: Files, claims: Iterable[Claim], root: str, *, service: str, shared: SharedFiles
) -> Plan | None:
    """Return a plan without changes; None unless the disk has these files and no others of ours."""
    return _Planner(tuple(claims), root, service).unchanged(files, shared)


class _Planner:
    def __init__(self, claims: tuple[Claim, ...], root: str, service: str) -> None:
        self.claims = claims
        self.root = os.path.realpath(root)
        self.service = service
        self.banners = tuple({b: None for claim in claims for b in claim.output.banners})
        within = bases(claims, self.root)
        self.starts = {claim: base.rstrip(os.sep) + os.sep for claim, base in within.items()}
        """How the paths of what a claim may have begin on the disk."""
        self.folders: dict[str, str] = {}
        """Where the folders of artifacts lie on the disk, found out once for all that is in one."""
        self.refused: set[tuple[Claim, object]] = set()
        """What has been said of a claim: a file in a folder's place is told once."""
        self.searched: dict[str, None] = {}
        """Folders in which a killed build may have left something."""
        self.diagnostics: list[Diagnostic] = []

    def plan(self, artifacts: Iterable[Artifact]) -> Outcome[Plan]:
        places = self._places()
        good = {place.claim for place in places}
        changes: dict[str, Change] = {}
        for artifact in artifacts:
            claim = _claim_of(artifact.path, self.claims)
            change = self._change(artifact, claim) if claim in good else None
            if change is None:
                continue
            if change.target in changes:
                self.diagnostics.append(path_findings.colliding(artifact.path, claim.span))
            changes[change.target] = change
        for place in places:
            for change in self._stale(place, changes):
                changes[change.target] = change
        if self.diagnostics:
            return Outcome(None, tuple(self.diagnostics))
        return Outcome(self._plan(changes.values(), places))

    def _plan(self, changes: Iterable[Change], places: tuple[Place, ...]) -> Plan:
        owners = {claim.output.owner(self.service): None for claim in self.claims}
        left = tuple(leftovers(self.searched, owners, self.banners))
        return Plan(changes=tuple(changes), places=places, leftovers=left)

    def unchanged(self, files: Files, shared: SharedFiles) -> Plan | None:
        places, changes = self._places(), list[Change]()
        for place in places:
            found = self._same(place, files[place.claim.output.key], shared)
            if found is None:
                return None
            changes += found
        return None if self.diagnostics else self._plan(changes, places)

    def _same(
        self, place: Place, files: Mapping[str, str], shared: SharedFiles
    ) -> tuple[Change, ...] | None:
        """Return the files of an output if they and no others are there."""
        key = place.target, place.claim.path
        known, found = shared.found.get(key, ({}, ()))
        if known and known == files:
            return found
        changes: dict[str, Change] = {}
        for path, expected in files.items():
            target = self._target(path, place.claim)
            if target is None or _digest_of(target) != expected:
                return None
            changes[target] = Change(
                path=path,
                target=target,
                status="same",
                before=None,
                after=None,
                span=place.claim.span,
            )
        if any(True for _ in self._stale(place, changes)):
            return None
        if place.claim.output.shared:
            shared.found[key] = files, tuple(changes.values())
        return tuple(changes.values())

    def _places(self) -> tuple[Place, ...]:
        """Return where the claims lie on the disk, without those that are refused."""
        places: list[Place] = []
        for claim in self.claims:
            target = self._inside(os.path.realpath(os.path.join(self.root, claim.path)), claim)
            if target is None:
                self.diagnostics.append(outside(claim.path, claim))
                continue
            other = self._other_project(target)
            if other is not None:
                self.diagnostics.append(
                    path_findings.in_another_project(claim.path, other, claim.span)
                )
                continue
            places.append(Place(target=target, claim=claim))
        return tuple(places)

    def _other_project(self, target: str) -> str | None:
        """Return another messaging.yaml whose folder a place lies in, relative to ours."""
        folder = os.path.commonpath([self.root, target])
        self.searched[folder] = None
        for name in os.path.relpath(target, folder).split(os.sep):
            folder = os.path.join(folder, name)
            if found := _topology_in(folder):
                return os.path.relpath(os.path.join(folder, found), self.root).replace(os.sep, "/")
            self.searched[folder] = None
        return None

    def _inside(self, target: str, claim: Claim) -> str | None:
        """Return a path on the disk, or None if it is not where a claim may lie."""
        start = self.starts[claim]
        below = target.startswith(start) and not is_version_control(target[len(start) :])
        return target if below else None

    def _target(self, path: str, claim: Claim) -> str | None:
        """Where an artifact lies on the disk, or None if that is not where it may."""
        folder, name = os.path.split(path)
        if folder not in self.folders:
            self.folders[folder] = os.path.realpath(os.path.join(self.root, folder))
        target = os.path.join(self.folders[folder], name)
        return self._inside(os.path.realpath(target) if os.path.islink(target) else target, claim)

    def _change(self, artifact: Artifact, claim: Claim) -> Change | None:
        target = self._target(artifact.path, claim)
        if target is None:
            self.diagnostics.append(outside(artifact.path, claim))
            return None
        after = artifact.text.encode()
        try:
            before = read(target)
        except OSError as error:
            self._refuse(
                claim, error.errno, path_findings.unwritable(artifact.path, claim.span, error)
            )
            return None
        if before is None:
            status: Status = "create"
        elif before.replace(b"\r\n", b"\n") == after:
            status = "same"
        elif not before or owner(before, claim.output.banners) == claim.output.owner(self.service):
            if self._is_newer(artifact, before, claim):
                return None
            status = "update"
        else:
            whose = owner(before, claim.output.banners)
            self._refuse(claim, whose, path_findings.foreign(artifact.path, whose, claim.span))
            return None
        return Change(
            path=artifact.path,
            target=target,
            status=status,
            before=before,
            after=after,
            span=claim.span,
        )

    def _is_newer(self, artifact: Artifact, before: bytes, claim: Claim) -> bool:
        """Whether a later msgc wrote what services share; it is said."""
        theirs, ours = stamped(before.decode(errors="replace")), stamped(artifact.text)
        if theirs is None or ours is None or not is_later(theirs, ours):
            return False
        found = path_findings.newer(claim.path, claim.output.name, theirs, ours, claim.span)
        self._refuse(claim, theirs, found)
        return True

    def _refuse(self, claim: Claim, why: object, diagnostic: Diagnostic) -> None:
        """Say what is wrong with a claim; what is wrong with many of its files once."""
        if (claim, why) not in self.refused:
            self.refused.add((claim, why))
            self.diagnostics.append(diagnostic)

    def _stale(self, place: Place, planned: dict[str, Change]) -> Iterator[Change]:
        for path, target in (*self._beside(place), *self._within(place)):
            owner = place.claim.output.owner(self.service)
            if target not in planned and belongs_to(target, owner, place.claim.output.banners):
                yield Change(
                    path=path,
                    target=target,
                    status="stale",
                    before=read(target),
                    after=None,
                    span=place.claim.span,
                )

    def _beside(self, place: Place) -> Iterator[tuple[str, str]]:
        """Return the module of a package's name, and where it would lie on the disk."""
        path = place.claim.module
        if path is None:
            return
        folder, name = os.path.split(os.path.join(self.root, path))
        target = self._inside(os.path.join(os.path.realpath(folder), name), place.claim)
        if target is not None:
            yield path, target

    def _within(self, place: Place) -> Iterator[tuple[str, str]]:
        """Return the files in a folder, and where they lie on the disk."""
        for parent, folders, names in os.walk(place.target):
            self.searched[parent] = None
            folders[:] = sorted(name for name in folders if _is_looked_into(parent, name))
            inside = parent.replace(place.target, place.claim.path, 1).replace(os.sep, "/")
            for name in sorted(names):
                if not is_temporary(name):
                    yield f"{inside}/{name}", os.path.join(parent, name)


def _claim_in(path: str, places: Iterable[Place]) -> Claim | None:
    return next((p.claim for p in places if path.startswith(f"{p.claim.path}/")), None)


def _claim_of(path: str, claims: Iterable[Claim]) -> Claim:
    return next(claim for claim in claims if path.startswith(f"{claim.path}/"))


def _is_looked_into(parent: str, name: str) -> bool:
    """Whether a folder can have files of ours: not one of another project, nor of a tool."""
    if name.startswith(".") or name in _NOT_LOOKED_INTO:
        return False
    folder = os.path.join(parent, name)
    marks = ("pyvenv.cfg", ".git")
    return not _topology_in(folder) and not any(
        os.path.lexists(os.path.join(folder, mark)) for mark in marks
    )


def _topology_in(folder: str) -> str | None:
    return next((n for n in TOPOLOGIES if os.path.isfile(os.path.join(folder, n))), None)


def _digest(text: bytes) -> str:
    """Return what stands for a file's text, whichever its line ends are."""
    return digest(text.replace(b"\r\n", b"\n"))


def _digest_of(target: str) -> str | None:
    try:
        text = read(target)
    except OSError:
        return None
    return None if text is None else _digest(text)
