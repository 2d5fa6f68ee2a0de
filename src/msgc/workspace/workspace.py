"""`Workspace`: the messaging files of a repository, each looked for and loaded once."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import dirname

from msgc import syntax
from msgc.diagnostics import Diagnostic, Outcome
from msgc.source import Files, Referred
from msgc.syntax import Document
from msgc.tree import Mapping
from msgc.workspace.members import Members, members
from msgc.workspace.sent import Sent

Compiler = Callable[[str, str], Sent]
ShapeCheck = Callable[[Mapping], tuple[Diagnostic, ...]]


class Workspace:
    """Reads files, and knows which services are in the repository of one of them."""

    def __init__(self, files: Files) -> None:
        """Read through `files`; nothing is looked for until something is imported."""
        self.files = files
        self._members: dict[tuple[str, ...], Members] = {}
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
        paths = self.files.messaging_files(origin)
        if paths not in self._members:
            self._members[paths] = members(origin, self.files)
        return self._members[paths]

    @property
    def has_imports(self) -> bool:
        """Whether some file of this run imports from a service."""
        return bool(self._members)

    def sent(self, path: str, topic: str) -> Sent:
        """Return what the service in a file lets its publishers send to one of its topics."""
        if self.compiler is None:
            return Sent(unknown="its file isn't compiled", attributes={})
        return self.compiler(path, topic)

    def wrong_shape(self, document: Document) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the shape of a file, its own or one that it imports from."""
        path = document.source.path
        if path not in self._shapes:
            self._shapes[path] = self.shape_check(document.root) if self.shape_check else ()
        return self._shapes[path]

    def document(self, path: str) -> Outcome[Document]:
        """Return a messaging file that the user named, with its parts."""
        if path not in self._documents:
            self._documents[path] = self._whole(syntax.load(path, self.files))
        return self._documents[path]

    def imported(self, path: str, origin: str) -> Outcome[Document]:
        """Return a messaging file that the file `origin` imports from, with its parts."""
        key = path, dirname(origin)
        if key not in self._imported:
            self._imported[key] = self._referred(path, Referred(self.files, origin))
        return self._imported[key]

    def _referred(self, path: str, files: Referred) -> Outcome[Document]:
        """Return a file as another one may read it, which may read less than the user."""
        loaded = self._documents.get(path)
        if loaded is None or not _is_readable(path, files):
            loaded = self._whole(syntax.load(path, files))
            if loaded.value is not None:
                self._documents[path] = loaded
        return loaded

    def _whole(self, loaded: Outcome[Document]) -> Outcome[Document]:
        if loaded.value is None or "include" not in loaded.value.root.entries:
            return loaded
        from msgc.workspace.parts import with_parts  # noqa: PLC0415  # for files that have some

        whole = with_parts(loaded.value, self.files)
        return Outcome(whole.value, (*loaded.diagnostics, *whole.diagnostics))


def _is_readable(path: str, files: Referred) -> bool:
    try:
        files.read(path)
    except OSError:
        return False
    return True
