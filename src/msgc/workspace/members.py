"""Tell which messaging files of a repository are services, and which are copies of others' files.

An import by `{service: ...}` needs the name of every service of the repository. Parsing all of
their files for that would cost each importing file what the whole workspace costs. So a file is
parsed only if its first lines don't say its name, or if there may be copies below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath

from msgc.record import Record
from msgc.source import Files
from msgc.syntax import load
from msgc.tree import Mapping, Scalar

_VALUE = rb"""(?:[A-Za-z0-9][^:#\r\n]*|"[^"\\\r\n]*"|'[^'\r\n]*')"""
_LINE = rb"(?:#[^\r\n]*|---|[A-Za-z-]+:[ ]+%b)?\r?\n" % _VALUE
_NAME = (
    rb"(?:\xef\xbb\xbf)?(?:%b)*?"
    rb"""service:[ ]+(["']?)([A-Za-z0-9-]+)\1[ ]*(?:[ ]#[^\r\n]*)?\r?(?:\n(?![ \t])|\Z)""" % _LINE
)
"""A file that begins with comments and settings of a line each, of which one is `service`."""
_IMPORTING = ("messages", "topics", "buses", "queues")


class Members(Record):
    """The messaging files of a repository."""

    services: dict[str, list[str]]
    """The paths of the services by their names; more than one for a name is a mistake."""
    copies: frozenset[str]
    """The paths of copies of other repositories' files."""


def members(origin: str, files: Files) -> Members:
    """Return what the messaging files in the repository of a file are."""
    texts: dict[str, bytes] = {}
    for path in files.messaging_files(origin):
        try:
            texts[path] = files.read_referred(path, origin)
        except OSError:
            continue  # told where that file is checked
    vendored = copies(texts, files)
    found: dict[str, list[str]] = {}
    for path, text in texts.items():
        name = None if path in vendored else _service(path, text, files)
        if name is not None:
            found.setdefault(name, []).append(path)
    return Members(services=found, copies=vendored)


def copies(paths: Iterable[str], files: Files) -> frozenset[str]:
    """Return those of these messaging files that others of them import as copies.

    A copy of another repository's file lies below the folder of the file that names it.
    """
    there = frozenset(paths)
    by_folder: dict[str, list[str]] = {}
    for path in there:
        by_folder.setdefault(dirname(path), []).append(path)
    importing = {
        above
        for path in there
        for folder in _folders_above(path)
        for above in by_folder.get(folder, ())
        if above != path
    }
    named = {copy for path in importing for copy in _named_files(path, files) if copy != path}
    return there & named


def _folders_above(path: str) -> Iterator[str]:
    """Yield the folder of a file, and those around it."""
    folder = dirname(path)
    yield folder
    while folder not in ("", "/") and (above := dirname(folder)) != folder:
        yield above
        folder = above


def _named_files(path: str, files: Files) -> Iterator[str]:
    """Yield the files below the folder of a messaging file from which it imports."""
    document = load(path, files).value
    if document is None:
        return
    root = document.root
    if "include" in root.entries:
        from msgc.workspace.parts import with_parts  # noqa: PLC0415  # for files that have some

        whole = with_parts(document, files).value
        root = whole.root if whole is not None else root
    folder = dirname(path)
    for section in map(root.get, _IMPORTING):
        for _, node in section.items() if isinstance(section, Mapping) else ():
            source = node.get("import") if isinstance(node, Mapping) else None
            file = source.get("file") if isinstance(source, Mapping) else None
            if isinstance(file, Scalar):
                found = normpath(join(dirname(file.span.source.path), file.text))
                if not folder or found.startswith(f"{folder}/"):
                    yield found


def _service(path: str, text: bytes, files: Files) -> str | None:
    """Return the name of the service in a file; None if it has none."""
    if match := re.match(_NAME, text):
        return str(match[2], "ascii")
    document = load(path, files).value
    if document is not None:
        written = document.root.get("service")
        return written.text if isinstance(written, Scalar) and not written.is_null else None
    broken = re.search(
        rb"""(?:^|[{,][ ]*)["']?service["']?:[ ]*["']?([A-Za-z0-9-]+)""", text, re.MULTILINE
    )
    return str(broken[1], "ascii") if broken else None
