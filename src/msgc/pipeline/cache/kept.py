"""What is kept of the build of a service: everything that another run would have to work out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from msgc.diagnostics import Diagnostic
from msgc.pipeline.cache.encoding import Decoder, Encoder
from msgc.pipeline.project_check import Project
from msgc.pipeline.workspace_check import Member
from msgc.record import Record
from msgc.source import Source
from msgc.workspace.looks import Look
from msgc.workspace.sent import Sent


class Kept(Record):
    """A build that left the disk as it wanted it."""

    diagnostics: tuple[Diagnostic, ...]
    """Warnings and notes: what has errors isn't built."""
    member: Member
    project: Project
    sent: dict[str, Sent] | None
    """What it sends to its topics, by their names, if anybody wanted to know."""


Looked = list[tuple[Look, str]]


Files = Mapping[str, Mapping[str, str]]


def written(kept: Kept, looks: Looked, files: Files) -> bytes:
    """Return what is kept in a file, with the looks that it was made from and what it wrote."""
    encoder = Encoder()
    values = [encoder.encode(getattr(kept, field)) for field in Kept._fields]
    whole = {"looks": looks, "files": files, "values": values, "paths": list(encoder.paths)}
    return json.dumps(whole, separators=(",", ":")).encode("utf-8", "surrogatepass")


def looks_of(content: bytes) -> tuple[Looked, Files, Any]:
    """Return the looks of a file, the files that were written, and the rest for `values_of`."""
    whole = json.loads(content)
    return [(tuple(look), answer) for look, answer in whole["looks"]], whole["files"], whole


def values_of(whole: Any, source: Callable[[str], Source]) -> Kept:
    """Return what was kept; raises whatever a damaged file leads to."""
    decoder = Decoder(whole["paths"], source)
    values = map(decoder.decode, whole["values"])
    return Kept(**dict(zip(Kept._fields, values, strict=True)))
