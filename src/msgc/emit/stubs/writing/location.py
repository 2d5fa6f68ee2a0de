"""Where generated modules import the runtime from: their own package, or a shared one."""

from __future__ import annotations

from msgc.emit.outputs import RUNTIME
from msgc.record import Record
from msgc.topology.model import Build

OWN = "_runtime"
"""The folder of the runtime in a package that has its own."""


class Location(Record):
    """Where the runtime is; `shared` is the name of the package, None in the stubs themselves."""

    shared: str | None

    def module(self, name: str, up: str) -> str:
        """Return a module of the runtime to import; `up` are the dots that lead to the package."""
        return f"{up}{OWN}.{name}" if self.shared is None else f"{self.shared}.{name}"


IN_PACKAGE = Location(shared=None)


def location_of(build: Build) -> Location:
    """Return where the stubs of a service have their runtime."""
    path = build.optional(RUNTIME)
    return Location(shared=None if path is None else path.rpartition("/")[2])
