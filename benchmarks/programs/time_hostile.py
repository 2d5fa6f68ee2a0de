"""Times what msgc makes of large hostile files: run by `growth.py` in the installed environment.

Each family at half the size and at the whole size, in a process of its own: checked, reported, and
built as far as it is free of errors.
"""

from __future__ import annotations

import gc
import os
import sys
import time

from hostile import FAMILIES, Files
from measure import Timing, answer

from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.report.text import text_report


class _Memory:
    def __init__(self, files: Files) -> None:
        self._files = files

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(path)
        return self._files[path].encode()

    def read_referred(self, path: str, origin: str) -> bytes:  # noqa: ARG002  # there is one folder
        return self.read(path)


def _seconds(files: Files) -> float:
    start = time.process_time()
    outcome = check("messaging.yaml", _Memory(files))
    text_report(outcome.diagnostics)
    if outcome.value is not None and outcome.ok:
        emit(outcome.value.topology, outcome.value.links)
    return time.process_time() - start


def _apart(files: Files) -> float:
    """Return the processor time in a process that nothing else has grown."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        gc.disable()  # as the program does
        os.write(writing, str(_seconds(files)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return float(said)


def main(size: int) -> None:
    """Time all families."""
    answer(
        {
            name: Timing([_apart(make(size // 2)), _apart(make(size))])
            for name, make in FAMILIES.items()
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
