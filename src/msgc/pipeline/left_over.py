"""Find outputs that a service left under its former name, beside those that it has now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from msgc.artifact import Output, owner
from msgc.claims import Claim, codes
from msgc.diagnostics import Diagnostic
from msgc.disk import read_regular
from msgc.source import Disk
from msgc.topology.names import snake
from msgc.workspace import Workspace

_BEGINNING = 4096
"""Bytes of a file in which its banner stands, below a licence perhaps."""


def left_over(claims: Iterable[Claim], path: str, service: str) -> Iterator[Diagnostic]:
    """Yield the folders beside outputs at their default places that no service has any more.

    Nothing is looked at but the names in the folders of these outputs, and in what is called as a
    default output the banner. `path` is that of messaging.yaml.
    """
    folder, known = os.path.dirname(path) or ".", None
    for claim in claims:
        default = claim.output.default
        if default is None or claim.path != default.format(service=snake(service)):
            continue
        for name, whose in _others(claim, folder):
            if known is None:
                known = Workspace(Disk()).members(path).services
            if whose != service and whose not in known:
                place = f"{os.path.dirname(claim.path)}/{name}"
                yield codes.LEFT_OVER.at(
                    claim.span,
                    f"`{place}` was generated for `{whose}`, and no messaging.yaml of this"
                    " repository has a service of that name",
                    help="take the folder away, if it is what this service was called; msgc"
                    " touches only what is its own",
                )


def _others(claim: Claim, folder: str) -> Iterator[tuple[str, str]]:
    """Yield folders that are called as other services' outputs are, and whose they are."""
    parent, own = os.path.split(claim.path)
    before, _, after = os.path.basename(claim.output.default or "").partition("{service}")
    try:
        names = sorted(os.listdir(os.path.join(folder, parent)))
    except OSError:
        return
    for name in names:
        if name != own and name.startswith(before) and name.endswith(after):
            whose = _owner(os.path.join(folder, parent, name, "__init__.py"), claim.output)
            if whose is not None:
                yield name, whose


def _owner(path: str, output: Output) -> str | None:
    try:
        content = read_regular(path)
    except (OSError, ValueError):
        return None
    return owner(content[:_BEGINNING], output.banners)
