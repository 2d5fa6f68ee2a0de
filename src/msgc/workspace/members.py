"""Tell which messaging files are services of a workspace, by a look at their text alone.

An import by `{service: ...}` needs the name of every service of the repository. Parsing all of
their files for that would cost each importing file what the whole workspace costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import dirname, join, normpath

from msgc.source import Files, Reader

_NAMED_FILE = rb"""\bfile:[ \t]*["']?([^\s"',}\]#]+)"""


def services(origin: str, files: Files) -> dict[str, list[str]]:
    """Return the paths of the services in the repository of a file, by their names.

    More than one path for a name is a mistake of the workspace.
    """
    paths = files.messaging_files(origin)
    texts = {path: text for path in paths if (text := _text(path, origin, files)) is not None}
    vendored = _copies(texts)
    found: dict[str, list[str]] = {}
    for path, text in texts.items():
        name = service_in(text)
        if name is not None and path not in vendored:
            found.setdefault(name, []).append(path)
    return found


def copies(paths: Iterable[str], files: Reader) -> frozenset[str]:
    """Return those of these messaging files that others of them import as copies.

    A copy of another repository's file lies below the folder of the file that names it.
    """
    texts: dict[str, bytes] = {}
    for path in paths:
        try:
            texts[path] = files.read(path)
        except OSError:
            continue  # told where that file is checked
    return _copies(texts)


def service_in(text: bytes) -> str | None:
    """Return the service that a file names at the beginning of a line."""
    for line in re.findall(rb"^service:([^\r\n]*)", text, re.MULTILINE):
        written = line.split(b" #")[0].strip().strip(b"\"'")
        return str(written, "utf-8", "replace")
    flow = re.search(rb"""[{,][ \t\r\n]*["']?service["']?:[ \t]*["']?([A-Za-z0-9-]+)""", text)
    return str(flow[1], "ascii") if flow and text.lstrip().startswith(b"{") else None


def _text(path: str, origin: str, files: Files) -> bytes | None:
    try:
        return files.read_referred(path, origin)
    except OSError:
        return None


def _copies(texts: dict[str, bytes]) -> frozenset[str]:
    found: set[str] = set()
    for path, text in texts.items():
        if b"file:" not in text or b"import" not in text:
            continue
        folder = dirname(path)
        for written in re.findall(_NAMED_FILE, text):
            target = normpath(join(folder, str(written, "utf-8", "replace")))
            if target in texts and _is_below(target, folder) and target != path:
                found.add(target)
    return frozenset(found)


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
