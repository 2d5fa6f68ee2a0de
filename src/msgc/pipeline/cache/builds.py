"""Find out that a service and all that it was built from are as they were, and don't build again.

It is kept by content: what its messaging.yaml, schemas, parts and other services say, the code that
it names, and what lies in its outputs. Times don't count, and without what is kept everything comes
out the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

import msgc
from msgc import output
from msgc.evolution.codes import CODES as TOLD_ONCE
from msgc.evolution.intent import Intent
from msgc.output import Plan
from msgc.pipeline.build import NOTHING_MEANT, Prepared, prepare
from msgc.pipeline.cache.kept import Files, Kept, Looked, looks_of, values_of, written
from msgc.pipeline.cache.store import Store, folder
from msgc.pipeline.inventory_file import inventory_path
from msgc.pipeline.project_check import problems
from msgc.pipeline.sent import SentByOthers
from msgc.record import Record
from msgc.source import Source
from msgc.syntax.text import read
from msgc.workspace import Workspace
from msgc.workspace.looks import Look, digest
from msgc.workspace.sent import Sent

_DAMAGED = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


class _Read(Record):
    """What is kept of a service whose files are as they were."""

    kept: Kept
    files: Files
    sent: Looked
    """What other services sent to their topics, which is to be asked again."""


class Builds:
    """Prepares builds of a workspace, with what is kept of earlier ones."""

    def __init__(self, workspace: Workspace) -> None:
        """Look for what is kept of the services of a workspace."""
        self._workspace = workspace
        self._store = Store(folder(), _stamp())
        self._read: dict[str, _Read | None] = {}
        self._shared = output.SharedFiles()
        self._looks: dict[str, Mapping[Look, str]] = {}
        """What was looked at for those that weren't kept."""
        self._others = SentByOthers(workspace)
        workspace.compiler = self._sent

    def prepare(self, path: str, intent: Intent = NOTHING_MEANT) -> Prepared:
        """Say what a build of a file would change on the disk: nothing, if nothing has changed."""
        found = self._alike(path)
        if found is not None and self._answered(found.sent):
            plan = self._same_on_disk(found, path)
            if plan is not None:
                kept = found.kept
                return Prepared(
                    diagnostics=kept.diagnostics,
                    member=kept.member,
                    project=kept.project,
                    plan=plan,
                )
        with self._workspace.files.noting() as looks:
            prepared = prepare(path, self._workspace, intent)
        self._looks[path] = looks
        return prepared

    @property
    def worked_out(self) -> tuple[str, ...]:
        """The files of which something had changed."""
        return tuple(self._looks)

    def save(self, built: Mapping[str, Prepared]) -> None:
        """Keep these files' builds, whose outputs are on the disk now."""
        kept = ((path, self._kept(path, prepared)) for path, prepared in built.items())
        self._store.save({path: content for path, content in kept if content is not None})

    def _kept(self, path: str, prepared: Prepared) -> bytes | None:
        looks, plan = self._looks.get(path), prepared.plan
        if looks is None or plan is None or prepared.member is None or prepared.project is None:
            return None
        if any(each.code in TOLD_ONCE for each in prepared.diagnostics):
            return None  # the next build compares with what this one wrote, and tells nothing
        looks = _as_written(looks, plan, path)
        kept = Kept(
            diagnostics=prepared.diagnostics,
            member=prepared.member,
            project=prepared.project,
            sent=self._workspace.sent_by.get(path),
        )
        return written(kept, list(looks.items()), output.written(plan))

    def _alike(self, path: str) -> _Read | None:
        """Return what is kept of a file if all that it was read from is as it was."""
        if path not in self._read:
            try:
                self._read[path] = self._looked_again(path, self._store.load(path) or b"null")
            except _DAMAGED:
                self._read[path] = None
        return self._read[path]

    def _looked_again(self, path: str, content: bytes) -> _Read | None:
        looks, files, whole = looks_of(content)
        if not self._answered([each for each in looks if each[0][0] != "sent"]):
            return None
        sent = [each for each in looks if each[0][0] == "sent"]
        kept = values_of(whole, self._source)
        if files.keys() != {claim.output.key for claim in kept.project.claims}:
            raise ValueError(path)
        return _Read(kept=kept, files=files, sent=sent)

    def _answered(self, looks: Looked) -> bool:
        return all(self._workspace.answer(look) == answer for look, answer in looks)

    def _same_on_disk(self, found: _Read, path: str) -> Plan | None:
        base, project = os.path.dirname(path) or ".", found.kept.project
        if problems(project, base):
            return None
        plan = output.unchanged(
            found.files, project.claims, base, service=project.service, shared=self._shared
        )
        beside = inventory_path(path)
        if plan is None or not os.path.isfile(beside):
            return None
        same = output.Change(
            path=os.path.basename(beside),
            target=os.path.realpath(beside),
            status="same",
            before=None,
            after=None,
            span=project.claims[0].span,
        )
        return plan.replace(changes=(*plan.changes, same))

    def _sent(self, path: str, topic: str) -> Sent:
        """Return what a service sends to a topic, which no other service has an influence on."""
        known = self._workspace.sent_by
        found = None if path in known else self._alike(path)
        if found is not None and found.kept.sent is not None:
            known[path] = found.kept.sent
        return self._others(path, topic)

    def _source(self, path: str) -> Source:
        found = read(path, self._workspace.files)
        if not isinstance(found, Source):
            raise TypeError(path)
        return found


def _as_written(looks: Mapping[Look, str], plan: Plan, path: str) -> Mapping[Look, str]:
    """Return looks with the inventory that the build has written, not the one that it found."""
    beside = inventory_path(path)
    name = os.path.basename(beside)
    change = next((change for change in plan.changes if change.path == name), None)
    if change is None or change.after is None or change.status == "same":
        return looks
    return {**looks, ("read", beside): digest(change.after)}


def _stamp() -> str:
    """Return what else a build depends on: msgc's own files, Python, and the working directory."""
    root = os.path.dirname(msgc.__file__)
    own: list[Any] = []
    todo = [root]
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    todo.append(entry.path)
                elif not entry.name.endswith(".pyc"):
                    status = entry.stat()
                    own.append((entry.path, status.st_size, status.st_mtime_ns))
    limit = os.environ.get("MSGC_RESOURCE_LIMIT")
    parts = (msgc.__version__, sys.version, os.getcwd(), limit, sorted(own))
    return digest(repr(parts).encode("utf-8", "surrogateescape"))
