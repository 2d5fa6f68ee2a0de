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
from msgc.pipeline.cache.kept import Kept, Looked, looks_of, values_of, written
from msgc.pipeline.cache.store import Store, folder
from msgc.pipeline.project_check import problems
from msgc.source import Source
from msgc.syntax.text import read
from msgc.workspace import Workspace
from msgc.workspace.looks import Look, digest

_DAMAGED = (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError)


class Builds:
    """What earlier builds of a workspace came to, and what this run adds."""

    def __init__(self, workspace: Workspace) -> None:
        """Look for what is kept of the services of a workspace."""
        self._workspace = workspace
        self._store = Store(folder(), _stamp())
        self._found: dict[str, tuple[Kept, output.Plan] | None] = {}
        self._shared: dict[str, str] = {}
        """Digests of files that several services share."""
        self._added: dict[str, tuple[Kept, Looked]] = {}

    def find(self, path: str) -> tuple[Kept, output.Plan] | None:
        """Return what a build of a file would come to if nothing has changed since the last."""
        if path not in self._found:
            self._found[path] = None  # if it asks for itself
            self._found[path] = self._unchanged(path)
        return self._found[path]

    def _unchanged(self, path: str) -> tuple[Kept, output.Plan] | None:
        content = self._store.load(path)
        try:
            looks, whole = looks_of(content or b"null")
            if not all(self._workspace.answer(look) == answer for look, answer in looks):
                return None
            return self._same_on_disk(values_of(whole, self._source), path)
        except _DAMAGED:
            return None

    def _same_on_disk(self, kept: Kept, path: str) -> tuple[Kept, output.Plan] | None:
        base = os.path.dirname(path) or "."
        project = kept.project
        if problems(project, base):
            return None
        plan = output.unchanged(
            kept.files, project.claims, base, service=project.service, shared=self._shared
        )
        if plan is None:
            return None
        if kept.sent is not None:
            self._workspace.sent_by.setdefault(path, kept.sent)
        return kept, plan

    def _source(self, path: str) -> Source:
        found = read(path, self._workspace.files)
        if not isinstance(found, Source):
            raise TypeError(path)
        return found

    def add(self, path: str, kept: Kept, looks: Mapping[Look, str]) -> None:
        """Take what a service comes to; it is kept once its outputs are on the disk."""
        self._added[path] = kept, list(looks.items())

    def save(self, paths: list[str]) -> None:
        """Keep what was added of these files, whose outputs are on the disk now."""
        sent = self._workspace.sent_by
        self._store.save({
            path: written(kept.replace(sent=sent.get(path)), looks)
            for path in paths
            if (added := self._added.get(path)) is not None
            for kept, looks in [added]
        })  # fmt: skip


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
