"""Times what msgc makes of large files that are hostile, and of one that isn't.

Each family at half the size and at the whole size, in a process of its own: checked, reported, and
built as far as it is free of errors. What is much slower than half of it is timed once more, as one
run may have been unlucky.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable

from hostile import FAMILIES, Files
from large_service import service
from measure import Timing, answer

from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.report.text import text_report

_LINEAR = 2.3


class _Memory:
    def __init__(self, files: Files) -> None:
        self._files = files

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(path)
        return self._files[path].encode()

    def read_referred(self, path: str, origin: str) -> bytes:  # noqa: ARG002  # there is one folder
        return self.read(path)

    def messaging_files(self, origin: str) -> tuple[str, ...]:  # noqa: ARG002  # as above
        return ("messaging.yaml",)

    def matching(self, pattern: str, folder: str) -> tuple[str, ...]:  # noqa: ARG002  # as above
        return ()


def _seconds(files: Files) -> float:
    start = time.process_time()
    outcome = check("messaging.yaml", _Memory(files))
    text_report(outcome.diagnostics)
    if outcome.value is not None and outcome.ok:
        emit(outcome.value.variants)
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


def _harmless(size: int) -> Files:
    """Return a service as it is written by people, of about that size."""
    unit = len(service(1000, 1000)) / 1000
    count = round(size / unit / 10) * 10
    return {"messaging.yaml": service(count, count)}


def _usual(size: int) -> list[float]:
    # Or it would have too many resources, and not be emitted.
    os.environ["MSGC_RESOURCE_LIMIT"] = "off"
    try:
        return _halves(_harmless, size)
    finally:
        del os.environ["MSGC_RESOURCE_LIMIT"]


def _halves(make: Callable[[int], Files], size: int) -> list[float]:
    return [_apart(make(size // 2)), _apart(make(size))]


def _timed(make: Callable[[int], Files], size: int) -> Timing:
    half, whole = _halves(make, size)
    if whole > _LINEAR * half:
        half, whole = map(min, zip((half, whole), _halves(make, size), strict=True))
    return Timing([half, whole])


def main(size: int) -> None:
    """Time all families, and the harmless file before, between and after them."""
    families = list(FAMILIES.items())
    middle = len(families) // 2
    harmless = [_usual(size)]
    timings: dict[str, Timing] = {}
    for several in (families[:middle], families[middle:]):
        timings |= {name: _timed(make, size) for name, make in several}
        harmless.append(_usual(size))
    best = Timing([min(seconds) for seconds in zip(*harmless, strict=True)])
    answer({"harmless": best, **timings})


if __name__ == "__main__":
    main(int(sys.argv[1]))
