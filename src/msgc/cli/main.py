"""Runs the command line, and turns whatever stops it into an exit code."""

from __future__ import annotations

import gc
import os
import sys

import click

from msgc.cli.exit_codes import BUG, FAILED, INTERRUPTED
from msgc.cli.group import cli


def main() -> None:
    """Run `msgc` with the arguments of this process, and end the process."""
    gc.disable()  # one shot: what is allocated is needed until the end
    status = run(sys.argv[1:])
    gc.freeze()  # nor need the interpreter look through all of it once more on its way out
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        status = cli.main(arguments, prog_name="msgc", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`msgc rules | head`): nothing to say, and no one to say it to. The
        # interpreter flushes once more at exit; give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001  # the last line of defence: a report, no traceback
        from msgc.cli.crash import report  # noqa: PLC0415  # only for a bug

        click.echo(report(error, arguments), err=True)
        return BUG
    return status if isinstance(status, int) else 0
