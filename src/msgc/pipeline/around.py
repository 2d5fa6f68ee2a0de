"""What lies around a messaging.yaml: the code of its functions, and the places of its outputs."""

from __future__ import annotations

import os

from msgc.claims import Claim, check_claims
from msgc.code import check_code
from msgc.diagnostics import Diagnostic
from msgc.source import Span
from msgc.topology.model import Topology
from msgc.tree import Mapping, at


def around(topology: Topology, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong on the disk around the file at `path`; nothing is run or written."""
    folder = os.path.dirname(path) or "."
    stack, stubs = claims(topology)
    return (
        *check_code(topology, folder),
        *check_claims(stack, stubs, folder, service=topology.service),
    )


def claims(topology: Topology) -> tuple[Claim, Claim]:
    """Return what `build` gives to msgc, stack and stubs, and where the file says so (or would)."""
    root, build = topology.root, topology.build
    return (
        Claim(path=build.stack, span=_place(root, "stack")),
        Claim(path=build.stubs, span=_place(root, "stubs")),
    )


def _place(root: Mapping, word: str) -> Span:
    written = root.get("build")
    if written is None:
        return root.key("service").span if "service" in root.entries else root.span
    return at(written, (word,)).span
