"""`msgc`, and `python -m msgc`: the command line, which Ctrl-C ends from its first moment on."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback, also while it is imported."""
    gc.disable()  # one shot: what is allocated is needed until the end
    sys.unraisablehook = _unraisable
    try:
        from msgc.cli.import_finder import install  # noqa: PLC0415  # the first of them all

        install()
        from msgc.cli.main import main as run  # noqa: PLC0415  # 50 ms, in which Ctrl-C may come

        run()
    except KeyboardInterrupt:
        _interrupted()


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """End where Ctrl-C comes in a callback of the interpreter, which would go on after it."""
    if found.exc_type is KeyboardInterrupt:
        _interrupted()
    sys.__unraisablehook__(found)


def _interrupted() -> None:
    if sys.stderr is not None:
        sys.stderr.write("\ninterrupted\n")  # as click does: `^C` stands on that line
        sys.stderr.flush()
    os._exit(130)  # `exit_codes.INTERRUPTED`, which may not be there yet


if __name__ == "__main__":
    main()
