"""Files for the phases that aren't on any disk."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Mapping
from typing import Any

import yaml

from msgc.disk import NAMES
from msgc.source import Files

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # ten times as fast, if it is there


class Memory:
    """These files; what isn't among them is looked for `beneath`, or missing."""

    def __init__(self, files: Mapping[str, str | bytes], beneath: Files | None = None) -> None:
        self._files = files
        self._beneath = beneath

    def read(self, path: str) -> bytes:
        if path in self._files:
            content = self._files[path]
            return content if isinstance(content, bytes) else content.encode()
        if self._beneath is None:
            raise FileNotFoundError(path)
        return self._beneath.read(path)

    def read_referred(self, path: str, origin: str) -> bytes:
        if path in self._files or self._beneath is None:
            return self.read(path)
        return self._beneath.read_referred(path, origin)

    def messaging_files(self, origin: str) -> tuple[str, ...]:
        if self._beneath is not None:
            return self._beneath.messaging_files(origin)
        return tuple(path for path in self._files if path.rpartition("/")[2] in NAMES)

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:
        beneath = self._beneath.matching(pattern, folder) if self._beneath is not None else ()
        patterns = (pattern, pattern.replace("**/", ""))
        own = (
            path
            for each in patterns
            for path in fnmatch.filter(self._files, posixpath.join(folder, each))
        )
        return tuple(sorted({*beneath, *own}))


def messaging(text: str | bytes) -> Memory:
    """Nothing but a messaging.yaml."""
    return Memory({"messaging.yaml": text})


def dumped(document: Any) -> str:
    """A document as YAML, in the order in which it is."""
    text: str = yaml.dump(document, Dumper=_DUMPER, sort_keys=False, allow_unicode=True)
    return text
