"""Runs the command line, and turns whatever stops it into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

import click

from msgc.cli.exit_codes import BUG, FAILED, INTERRUPTED
from msgc.cli.group import cli


def main() -> None:
    """Run `msgc` with the arguments of this process, and end the process."""
    gc.disable()  # one shot: what is allocated is needed until the end
    status = run(sys.argv[1:])
    with suppress(OSError):  # whoever read it has gone
        _flush()
    os._exit(status)  # nor need the interpreter take all of it apart on its way out


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        status = cli.main(arguments, prog_name="msgc", standalone_mode=False)
        _flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last line of defence: a report, no traceback
        return _stopped(error, arguments)
    return status if isinstance(status, int) else 0


def _stopped(error: Exception, arguments: list[str]) -> int:
    """Say what nothing else has caught."""
    if isinstance(error, BrokenPipeError):
        return FAILED  # the reader has gone (`msgc rules | head`), there is no one to say it to
    if isinstance(error, OSError) and error.filename is None:  # as of the output
        with suppress(OSError):
            click.echo(f"the output can't be written: {error.strerror}", err=True)
        return FAILED
    from msgc.cli.crash import report  # noqa: PLC0415  # only for a bug

    click.echo(report(error, arguments), err=True)
    return BUG


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # closed by the caller: `msgc rules >&-`
            stream.flush()
