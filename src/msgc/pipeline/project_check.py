"""Check what a messaging.yaml names on the disk: code of functions, and folders for outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from posixpath import join, normpath

from msgc.claims import Claim, check_claims
from msgc.code import FunctionCode, check_code, function_code
from msgc.diagnostics import Diagnostic
from msgc.emit import emitters
from msgc.pipeline.left_over import left_over
from msgc.record import Record
from msgc.source import Span
from msgc.topology.model import Topology
from msgc.tree import Mapping, at


class Project(Record):
    """What a messaging.yaml names on the disk: code of functions, and folders for outputs."""

    service: str
    functions: tuple[FunctionCode, ...]
    claims: tuple[Claim, ...]


def project(topology: Topology) -> Project:
    """Return what a topology names on the disk."""
    return Project(
        service=topology.service, functions=function_code(topology), claims=claims(topology)
    )


def check_project(topology: Topology, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong on the disk with what a file names; nothing is run or written."""
    named = project(topology)
    return (
        *problems(named, os.path.dirname(path) or "."),
        *left_over(named.claims, path, named.service),
    )


def problems(project: Project, folder: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong on the disk with what a file in a folder names."""
    return (
        *check_code(project.functions, folder),
        *check_claims(
            project.claims, folder, service=project.service, code=tuple(_code(project, folder))
        ),
    )


def _code(project: Project, folder: str) -> Iterator[str]:
    """Yield what lies in the code of functions, with the modules of handlers, there or not."""
    for function in project.functions:
        names = {f"{function.handler.partition('.')[0]}.py"}
        with suppress(OSError):  # told as a folder that is missing
            names.update(os.listdir(os.path.join(folder, function.folder)))
        yield from (normpath(join(function.folder, name)) for name in sorted(names))


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
