"""The environments that a command looks at: all of a file, or the one that `--env` names."""

from __future__ import annotations

import click

from msgc.diagnostics import did_you_mean
from msgc.pipeline.check import Checked


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
