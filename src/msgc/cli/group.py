"""The click group of all commands, each imported when it is called."""

from __future__ import annotations

import io
from importlib import import_module

import click

from msgc import __version__
from msgc.cli.console import say
from msgc.cli.exit_codes import INTERRUPTED

COMMANDS = (
    "init", "validate", "build", "synth", "route", "test", "graph", "explain", "rules", "schema",
)  # fmt: skip
"""In the order in which a user meets them; each is `msgc.cli.commands.<name>.command`."""


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return all names, in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"msgc.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from msgc.diagnostics import did_you_mean  # noqa: PLC0415  # only after a mistake

            hint = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"no such command '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="msgc %(version)s")
def cli() -> None:
    """Compile messaging.yaml into an AWS CDK stack and typed Python stubs.

    Exit codes: 0 clean, 1 an error (with --strict also a warning) or output out of date,
    2 wrong usage, 3 a bug in msgc, 130 interrupted.
    """


def run_command(arguments: list[str]) -> int:
    """Run one command and return its exit code; wrong usage is told."""
    try:
        status = cli.main(arguments, prog_name="msgc", standalone_mode=False)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        say(shown.getvalue().rstrip("\n"), err=True)
        return error.exit_code
    except click.Abort:
        say("interrupted", err=True)
        return INTERRUPTED
    return status if isinstance(status, int) else 0
