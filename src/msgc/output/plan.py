"""What a build changes on the disk, file by file."""

from __future__ import annotations

import os
from typing import Literal

from msgc.claims import Claim
from msgc.disk import read_regular
from msgc.record import Record
from msgc.source import Span

Status = Literal["create", "update", "same", "stale"]


class Change(Record):
    """What happens to one file; `before` and `after` are None where there is no file."""

    path: str
    """Relative to the project, with `/`."""
    target: str
    """Where on the disk, symbolic links followed."""
    status: Status
    before: bytes | None
    after: bytes | None
    span: Span


class Place(Record):
    """Where a claim lies on the disk, symbolic links followed."""

    target: str
    claim: Claim


class Plan(Record):
    """Every file of a build, the generated ones first, in the order of the emitters."""

    changes: tuple[Change, ...]
    places: tuple[Place, ...]
    leftovers: tuple[str, ...] = ()
    """Temporary files and folders of builds that were killed, on the disk."""

    def having(self, *statuses: Status) -> tuple[Change, ...]:
        """Return the changes with one of these statuses."""
        return tuple(change for change in self.changes if change.status in statuses)

    @property
    def shared(self) -> tuple[str, ...]:
        """The folders, as far as they exist, in which other services may be building, too."""
        return tuple(_existing(p.target) for p in self.places if p.claim.output.shared)

    @property
    def clean(self) -> bool:
        """Whether the disk already has all of it and nothing else."""
        return all(change.status == "same" for change in self.changes)


def refreshed(plan: Plan) -> Plan:
    """Return a plan without what another service has written into a shared folder meanwhile."""
    shared = tuple(p.target + os.sep for p in plan.places if p.claim.output.shared)
    changes = tuple(
        _done(each)
        if each.status != "same"
        and each.target.startswith(shared)
        and read(each.target) == each.after
        else each
        for each in plan.changes
    )
    return Plan(changes=changes, places=plan.places, leftovers=plan.leftovers)


def _done(change: Change) -> Change:
    return Change(
        path=change.path,
        target=change.target,
        status="same",
        before=change.after,
        after=change.after,
        span=change.span,
    )


def _existing(folder: str) -> str:
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def read(path: str) -> bytes | None:
    """The bytes of a file, or None where there is none; `OSError` if one can't be there."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
