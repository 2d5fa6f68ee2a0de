"""Import msgc's own modules with fewer questions to the file system: a `sys.meta_path` finder.

A command imports some 400 modules. For each of them, the interpreter's own finders try three other
suffixes first, and its loader works out paths and reports every step: a tenth of a validation. This
one looks into each folder once. Whatever isn't as usual (no byte code yet, an older one, one
that is checked by its hash) is left to the loader that it extends, and what isn't a module of msgc
to the finders behind it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib.machinery import BuiltinImporter, ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from marshal import loads
from types import CodeType, ModuleType

_UNCHECKED = bytes(4)
"""The flags of byte code that is compared with its source by time and size."""


class OwnLoader(SourceFileLoader):
    """Loads a module from its byte code, if that was made from the source as it is now."""

    def __init__(self, fullname: str, path: str, bytecode: str) -> None:
        """Load the module from a source file, or from the byte code that belongs to it."""
        super().__init__(fullname, path)
        self._bytecode = bytecode

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of the module."""
        try:
            with io.FileIO(self._bytecode) as file:
                data = file.readall()
            source = os.stat(self.path)
        except OSError:
            return super().get_code(fullname)
        stamp = (int(source.st_mtime), source.st_size)
        expected = b"".join((part & 0xFFFFFFFF).to_bytes(4, "little") for part in stamp)
        if data[:16] != MAGIC_NUMBER + _UNCHECKED + expected:
            return super().get_code(fullname)
        code: CodeType = loads(memoryview(data)[16:])  # noqa: S302  # as the interpreter does
        return code


class OwnFinder:
    """Finds the modules of msgc's packages."""

    def __init__(self, suffix: str) -> None:
        """Take what follows a module's name in the name of its byte code."""
        self._suffix = suffix
        self._listed: dict[str, frozenset[str]] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module is, or None for another finder to look."""
        del target
        if path is None or not fullname.startswith("msgc."):
            return None
        folder, name = path[0], fullname.rpartition(".")[2]
        if f"{name}.py" in self._names(folder):
            return self._spec(fullname, folder, name)
        if "__init__.py" in self._names(inner := f"{folder}/{name}"):
            return self._spec(fullname, inner, "__init__")
        return None

    def _names(self, folder: str) -> frozenset[str]:
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._listed[folder] = frozenset()
        return self._listed[folder]

    def _spec(self, fullname: str, folder: str, name: str) -> ModuleSpec:
        origin, bytecode = f"{folder}/{name}.py", f"{folder}/__pycache__/{name}{self._suffix}"
        spec = ModuleSpec(fullname, OwnLoader(fullname, origin, bytecode), origin=origin)
        spec.has_location, spec.cached = True, bytecode
        if name == "__init__":
            spec.submodule_search_locations = [folder]
        return spec


def install() -> None:
    """Put the finder before the interpreter's own, where byte code lies in its usual place.

    Finders that somebody else put before these are asked first, as they would be without it.
    """
    if sys.pycache_prefix is not None or os.sep != "/":
        return
    usual = os.path.basename(cache_from_source("x.py"))
    first = sys.meta_path.index(BuiltinImporter) if BuiltinImporter in sys.meta_path else 0
    sys.meta_path.insert(first, OwnFinder(usual.removeprefix("x")))
