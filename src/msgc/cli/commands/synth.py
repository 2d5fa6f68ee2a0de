"""`msgc synth`: the generated stack, run through the CDK into a cloud assembly."""

from __future__ import annotations

import os
from pathlib import Path

import click

from msgc.cli import options
from msgc.cli.console import say
from msgc.cli.environments import within
from msgc.cli.exit_codes import CLEAN
from msgc.cli.files import topologies
from msgc.cli.findings import show, status
from msgc.diagnostics import Diagnostic, listing
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.report.reporters import Reporter
from msgc.source import Disk
from msgc.synth import Assembly, synthesise


@click.command
@options.paths
@click.option(
    "-o",
    "--output",
    "outdir",
    type=click.Path(file_okay=False),
    help="Where the assembly goes; `cdk.out` beside messaging.yaml by default.",
)
@options.environment
@options.output_format
@options.strict
@click.pass_context
def command(  # noqa: PLR0913  # one an option
    ctx: click.Context,
    paths: tuple[str, ...],
    outdir: str | None,
    environment: str | None,
    reporter: Reporter,
    *,
    strict: bool,
) -> None:
    """Run the generated stack through aws-cdk-lib into a cloud assembly.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    Runs the code that `msgc build` wrote, in a process of its own. Needs `pip install "msgc[cdk]"`,
    which brings Node; no AWS credentials, no network.
    """
    files = topologies(paths)
    if outdir and len(files) > 1:
        ctx.fail("--output takes one assembly, and there are several messaging.yaml")
    found: list[Diagnostic] = []
    assemblies: list[Assembly] = []
    for path in files:
        outcome = check(path, Disk(), check_project=check_project)
        found += outcome.diagnostics
        checked = outcome.value
        if checked is None or not outcome.ok:
            continue
        folder = Path(path).parent
        named = within(ctx, checked, environment).environments
        made = synthesise(
            checked.variants,
            folder,
            Path(outdir) if outdir else None,
            environment=named[0] if environment and named else None,
        )
        found += made.diagnostics
        if made.value is not None:
            assemblies.append(made.value)
    show(found, reporter)
    code = status(found, strict=strict)
    if reporter.for_people and code == CLEAN:
        for assembly in assemblies:
            stacks = listing(assembly.stacks, "and")
            say(f"synthesised {stacks} into {os.path.relpath(assembly.folder)}")
    ctx.exit(code)
