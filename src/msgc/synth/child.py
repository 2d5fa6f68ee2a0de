"""Run a child process that is never left behind, by a timeout or by Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from msgc.record import Record


class Ended(Record):
    """How a child ended; `code` is None if it was stopped because its time was up."""

    code: int | None
    output: str


def run(command: Sequence[str], environment: Mapping[str, str], timeout: float) -> Ended:
    """Run a command to its end and return what it printed; on any interruption, kill it first.

    The child is the leader of a group of its own, because the Node that it starts must go too.
    """
    process = subprocess.Popen(  # noqa: S603  # our own runner
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _kill(process)
        output, _ = process.communicate()
        return Ended(code=None, output=output)
    except BaseException:
        _kill(process)
        process.communicate()
        raise
    return Ended(code=process.returncode, output=output)


def _kill(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()
