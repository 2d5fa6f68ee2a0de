"""`Workspace`: the messaging files of a repository, each looked for and loaded once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from posixpath import dirname

from msgc import syntax
from msgc.diagnostics import Diagnostic, Outcome
from msgc.source import Files, Referred
from msgc.syntax import Document
from msgc.tree import Mapping
from msgc.workspace.looks import Look, Looks, digest
from msgc.workspace.members import Members, members
from msgc.workspace.sent import Sent

Compiler = Callable[[str, str], Sent]
ShapeCheck = Callable[[Mapping], tuple[Diagnostic, ...]]


class Workspace:
    """Reads files, and knows which services are in the repository of one of them."""

    def __init__(self, files: Files) -> None:
        """Read through `files`; nothing is looked for until something is imported."""
        self.files = Looks(files)
        self._members: dict[tuple[str, ...], Members] = {}
        self._answers: dict[tuple[str, ...], str] = {}
        """What stands for all members of a repository, where looks are noted."""
        self._documents: dict[str, Outcome[Document]] = {}
        """Those that could be read, by their paths."""
        self._imported: dict[tuple[str, str], Outcome[Document]] = {}
        """By their paths, and the folders of the files that import them."""
        self.compiler: Compiler | None = None
        """Compiles another file, as far as that: set by the pipeline, which knows all phases."""
        self.shape_check: ShapeCheck | None = None
        """Checks the shape of a file: set by the pipeline."""
        self._shapes: dict[str, tuple[Diagnostic, ...]] = {}
        self.sent_by: dict[str, dict[str, Sent]] = {}
        """What services send to their topics, as far as it has been worked out, by their paths."""

    @classmethod
    def of(cls, files: Files | Workspace) -> Workspace:
        """Return the workspace of a run, new if there is none yet."""
        return files if isinstance(files, Workspace) else cls(files)

    def members(self, origin: str) -> Members:
        """Return the services, and the copies, in the repository of a file."""
        with self.files.apart():
            paths = self.files.messaging_files(origin)
            if paths not in self._members:
                self._members[paths] = members(origin, self.files)
        self.files.note(("members", origin), lambda: self._named(paths))
        return self._members[paths]

    def _named(self, paths: tuple[str, ...]) -> str:
        if paths not in self._answers:
            found = self._members[paths]
            self._answers[paths] = _digest([found.services, sorted(found.copies)])
        return self._answers[paths]

    @property
    def has_imports(self) -> bool:
        """Whether some file of this run imports from a service."""
        return bool(self._members)

    def sent(self, path: str, topic: str) -> Sent:
        """Return what the service in a file lets its publishers send to one of its topics."""
        with self.files.apart():
            found = self.compiler(path, topic) if self.compiler is not None else _UNKNOWN
        self.files.note(("sent", path, topic), lambda: _digest([found.unknown, found.attributes]))
        return found

    def wrong_shape(self, document: Document) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the shape of a file, its own or one that it imports from."""
        path = document.source.path
        if path not in self._shapes:
            self._shapes[path] = self.shape_check(document.root) if self.shape_check else ()
        return self._shapes[path]

    def document(self, path: str) -> Outcome[Document]:
        """Return a messaging file that the user named, with its parts."""
        return self.files.once(
            self._documents, path, lambda: self._whole(syntax.load(path, self.files))
        )

    def imported(self, path: str, origin: str) -> Outcome[Document]:
        """Return a messaging file that the file `origin` imports from, with its parts."""
        return self.files.once(
            self._imported,
            (path, dirname(origin)),
            lambda: self._referred(path, Referred(self.files, origin)),
        )

    def _referred(self, path: str, files: Referred) -> Outcome[Document]:
        """Return a file as another one may read it, which may read less than the user."""
        if path in self._documents and not _is_readable(path, files):
            return syntax.load(path, files)
        loaded = self.files.once(
            self._documents, path, lambda: self._whole(syntax.load(path, files))
        )
        if loaded.value is None:
            del self._documents[path]  # the user may read more
        return loaded

    def answer(self, look: Look) -> str:
        """Look again, as `Looks` noted it, and return what comes of it now."""
        what, *arguments = look
        asked: object = self.files
        if what in {"is_past", "today"}:
            asked = self.files.clock
        elif what in {"members", "sent"}:
            asked = self
        elif what not in {"read", "read_referred", "messaging_files", "matching"}:
            raise ValueError(what)
        with self.files.noting() as seen, suppress(OSError):
            getattr(asked, what)(*arguments)
        return seen[look]

    def _whole(self, loaded: Outcome[Document]) -> Outcome[Document]:
        if loaded.value is None or "include" not in loaded.value.root.entries:
            return loaded
        from msgc.workspace.parts import with_parts  # noqa: PLC0415  # for files that have some

        whole = with_parts(loaded.value, self.files)
        return Outcome(whole.value, (*loaded.diagnostics, *whole.diagnostics))


_UNKNOWN = Sent(unknown="its file isn't compiled", attributes={})


def _digest(found: object) -> str:
    import json  # noqa: PLC0415  # only where looks are noted

    return digest(json.dumps(found, sort_keys=True).encode())


def _is_readable(path: str, files: Referred) -> bool:
    try:
        files.read(path)
    except OSError:
        return False
    return True
