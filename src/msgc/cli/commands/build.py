"""`msgc build`: validate, then write the CDK stack and the stubs."""

from __future__ import annotations

import click

from msgc.cli import options
from msgc.cli.building import Run, build
from msgc.cli.files import topologies
from msgc.cli.intent import check_intent
from msgc.evolution.intent import Intent
from msgc.report.reporters import Reporter


@click.command
@options.paths
@click.option("--check", is_flag=True, help="Write nothing; fail with a diff if anything is stale.")
@click.option("-v", "--verbose", is_flag=True, help="List the files that didn't change, too.")
@click.option(
    "--no-cache", is_flag=True, help="Work out anew what hasn't changed since it was built."
)
@click.option(
    "--accept",
    metavar="KEY",
    multiple=True,
    help="Lose what the inventory has under this key, and all that hangs on it.",
)
@click.option(
    "--why", metavar="TEXT", default="", help="What it is lost for; the inventory keeps it."
)
@click.option(
    "--forget",
    metavar="KEY",
    multiple=True,
    help="Strike a key from the inventory: it was deleted by hand, or never deployed.",
)
@click.option(
    "--adopt", is_flag=True, help="Take what the file says now for deployed: the first inventory."
)
@click.option(
    "--locked", is_flag=True, help="Write all but the inventory; fail if that would change."
)
@options.output_format
@options.strict
@click.pass_context
def command(  # noqa: PLR0913  # one parameter an option
    ctx: click.Context,
    paths: tuple[str, ...],
    reporter: Reporter,
    *,
    check: bool,
    verbose: bool,
    no_cache: bool,
    accept: tuple[str, ...],
    why: str,
    forget: tuple[str, ...],
    adopt: bool,
    locked: bool,
    strict: bool,
) -> None:
    """Validate, then write the CDK stack and the typed stubs.

    PATH is a messaging.yaml or a folder with one in it or below it; by default the current folder,
    or the nearest above it that has one.
    The files are written below the folder of messaging.yaml, where its `build` says. Nothing is
    written when there is an error, files that don't change aren't touched, and a file that msgc
    didn't write is never overwritten.

    Beside messaging.yaml, `messaging.inventory` says what is deployed and would be missed; commit
    it. An edit that would lose some of it stops the build, until it is accepted or undone.

    Of several services, only those are worked out of which something has changed since they were
    built. What is kept for that lies in your folder for caches, or in $MSGC_CACHE_DIR.
    """
    named = topologies(paths)
    intent = Intent(accepted=accept, why=why.strip(), forgotten=forget, adopt=adopt)
    check_intent(intent, named, check=check, locked=locked)
    run = Run(
        reporter=reporter,
        intent=intent,
        cached=len(named) > 1 and not no_cache,
        check=check,
        locked=locked,
        verbose=verbose,
        strict=strict,
    )
    ctx.exit(build(named, run))
