"""`msgc validate` and `msgc build` as they are mostly called: without options, so without click.

Importing click takes a quarter of what a validation costs, and there is nothing to parse.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgc.cli.exit_codes import CLEAN


def plain(arguments: Sequence[str]) -> int | None:
    """Run a command without options and return its exit code; None: this is for click to run."""
    if not is_plain(arguments):
        return None
    command, *paths = arguments
    return _validated(paths) if command == "validate" else _built(paths)


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether arguments are such a command and paths, and no shell asks for completions."""
    command, *paths = arguments or [""]
    if command not in {"validate", "build"} or "_MSGC_COMPLETE" in os.environ:
        return False
    return not any(path.startswith("-") for path in paths)


def _validated(paths: Sequence[str]) -> int | None:
    from msgc.cli.validating import findings  # noqa: PLC0415  # for this command

    try:
        found = findings(tuple(paths))
    except Exception:  # noqa: BLE001  # wrong usage or a bug: click's command meets and tells it
        return None
    if not found:
        return CLEAN
    from msgc.cli.findings import show, status  # noqa: PLC0415  # a clean file has nothing to report

    show(found)
    return status(found, strict=False)


def _built(paths: Sequence[str]) -> int | None:
    from msgc.cli.files import topologies  # noqa: PLC0415  # for this command

    try:
        meant = topologies(tuple(paths))
    except Exception:  # noqa: BLE001  # wrong usage: click's command meets and tells it
        return None
    from msgc.cli.building import Run, build  # noqa: PLC0415  # for this command
    from msgc.report.reporters import default  # noqa: PLC0415  # the same

    return build(meant, Run(reporter=default(), cached=len(meant) > 1))
