"""Check what a messaging.yaml names on the disk: code of functions, and folders for outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from posixpath import join, normpath

from msgc.claims import Claim, check_claims
from msgc.code import check_code
from msgc.diagnostics import Diagnostic
from msgc.emit import emitters
from msgc.source import Span
from msgc.topology.model import Topology
from msgc.tree import Mapping, at


def check_project(topology: Topology, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong on the disk with what a file names; nothing is run or written."""
    folder = os.path.dirname(path) or "."
    return (
        *check_code(topology, folder),
        *check_claims(
            claims(topology),
            folder,
            service=topology.service,
            code=tuple(_code(topology, folder)),
        ),
    )


def _code(topology: Topology, folder: str) -> Iterator[str]:
    """Yield what lies in the code of functions, with the modules of handlers, there or not."""
    for consumer in topology.consumers.values():
        if (made := consumer.made) is not None:
            names = {f"{made.handler.partition('.')[0]}.py"}
            with suppress(OSError):  # told as a folder that is missing
                names.update(os.listdir(os.path.join(folder, made.code)))
            yield from (normpath(join(made.code, name)) for name in sorted(names))


def claims(topology: Topology) -> tuple[Claim, ...]:
    """Return what `build` gives to each output, and where the file says so (or would)."""
    return tuple(
        Claim(output=output, path=path, span=_place(topology.root, output.key))
        for output in emitters.outputs()
        if (path := topology.build.optional(output)) is not None
    )


def _place(root: Mapping, word: str) -> Span:
    written = root.get("build")
    if written is None:
        return root.key("service").span if "service" in root.entries else root.span
    return at(written, (word,)).span
