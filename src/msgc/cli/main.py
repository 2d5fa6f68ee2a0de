"""The entry point: runs a command, and turns any exception into an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

from msgc.cli.console import say
from msgc.cli.exit_codes import BUG, FAILED
from msgc.cli.plain import plain

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What a stream answers that takes no more; a file would be named with it."""


def main() -> None:
    """Run `msgc` with the arguments of this process, and end the process."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a code page has few characters
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status = run(sys.argv[1:])
    for stream in filter(None, (sys.stdout, sys.stderr)):  # one may be closed: `msgc rules >&-`
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(status)  # nor need the interpreter take all of it apart on its way out


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; Ctrl-C is for whoever started it."""
    try:
        status = plain(arguments)
        if status is None:
            from msgc.cli.group import run_command  # noqa: PLC0415  # loads click

            status = run_command(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as error:  # noqa: BLE001  # the last line of defence: a report, no traceback
        return _stopped(error, arguments)
    return status


def _stopped(error: Exception, arguments: list[str]) -> int:
    """Say what nothing else has caught."""
    if isinstance(error, BrokenPipeError):
        return FAILED  # the reader has gone (`msgc rules | head`), there is no one to say it to
    if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename is None:
        with suppress(OSError):
            say(f"the output can't be written: {error.strerror}", err=True)
        return FAILED
    from msgc.cli.crash import report  # noqa: PLC0415  # only for a bug

    say(report(error, arguments), err=True)
    return BUG
