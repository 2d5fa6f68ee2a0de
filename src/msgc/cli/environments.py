"""The environments that a command looks at: all of a file, or the one that `--env` names."""

from __future__ import annotations

from collections.abc import Iterator

import click

from msgc.diagnostics import did_you_mean
from msgc.pipeline.check import Checked
from msgc.topology.model import Topology


def within(ctx: click.Context, checked: Checked, environment: str | None) -> Checked:
    """Return what a file is in an environment; another name than it has is wrong usage.

    A file without environments is what it is: a workspace may have some of both.
    """
    if environment is None or not checked.environments:
        return checked
    try:
        return checked.within(environment)
    except KeyError:
        meant = did_you_mean(environment, checked.environments)
        path = checked.document.source.path
        ctx.fail(f"{path} has no environment `{environment}`; {meant}")


def each(checked: Checked) -> tuple[Checked, ...]:
    """Return what a file is in each of its environments, or alone."""
    return tuple(checked.within(name) for name in checked.environments) or (checked,)


def by_environment(texts: list[tuple[str, Topology, str]]) -> Iterator[str]:
    """Yield the texts about each file; what is the same in all of its environments is said once."""
    files: dict[str, dict[str, list[str]]] = {}
    for path, topology, text in texts:
        files.setdefault(path, {}).setdefault(topology.environment_name, []).append(text)
    for found in files.values():
        different = {tuple(said) for said in found.values()}
        if len(different) == 1:
            yield from different.pop()
            continue
        for environment, said in found.items():
            yield "\n\n".join([f"In {environment}:", *said])
