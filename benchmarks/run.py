"""Prints msgc's speed beside what it is held to: `python benchmarks/run.py [NAME]...`.

Names are those of `BENCHMARKS` below; without one, all of them run. `--against COMMIT` compares
today's msgc with that of another commit instead.
`--quick` runs everything a few times only, to see that it runs.
Not a test: a machine's load changes every figure, so the ratios are for people to read.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from cases import (
    batch,
    build,
    checks,
    consumer,
    growth,
    models,
    patterns,
    payloads,
    publish,
    synth,
    validate,
    workspace,
)
from installed import Installed, installed, installed_with_before
from measure import QUICK
from pair import Pair
from rows import Row, table

BENCHMARKS: dict[str, Callable[[Installed], list[Row]]] = {
    "validate": validate.rows,
    "build": build.rows,
    "consumer": consumer.rows,
    "patterns": patterns.rows,
    "payloads": payloads.rows,
    "batch": batch.rows,
    "models": models.rows,
    "checks": checks.rows,
    "publish": publish.rows,
    "synth": synth.rows,
    "workspace": workspace.rows,
    "growth": growth.rows,
}

AGAINST: dict[str, Callable[[Pair], list[Row]]] = {
    "validate": validate.against,
    "build": build.against,
    "consumer": consumer.against,
    "patterns": patterns.against,
    "payloads": payloads.against,
    "publish": publish.against,
    "synth": synth.against,
    "growth": growth.against,
}
"""Not `models` and `checks`, which call what has other names in other commits, nor `workspace`,
whose files older ones can't read, nor what is only measured beside others."""

T = TypeVar("T")


def main(arguments: list[str]) -> int:
    """Run these benchmarks; 1 if a figure is over its bar or can't be had."""
    options = _options(arguments)
    if options.quick:
        os.environ[QUICK] = "1"
    if options.against is None:
        with installed() as today:
            rows, failed = _run(BENCHMARKS, options.names, today)
    else:
        with installed_with_before(options.against) as both:
            rows, failed = _run(AGAINST, options.names, Pair(*both))
    print(table(rows))
    print(*failed, sep="\n", end="")
    return 0 if all(row.held for row in rows) and not failed else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--against", metavar="COMMIT", help="compare with the msgc of a commit")
    parser.add_argument("--quick", action="store_true", help="only to see that everything runs")
    options = parser.parse_args(arguments)
    known = BENCHMARKS if options.against is None else AGAINST
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}")
    return options


def _run(
    benchmarks: Mapping[str, Callable[[T], list[Row]]], names: Iterable[str], what: T
) -> tuple[list[Row], list[str]]:
    """Return the rows of all, and what is to be said of those that failed."""
    rows: list[Row] = []
    failed: list[str] = []
    for name in names or benchmarks:
        start = time.perf_counter()
        print(f"running {name} ...", end=" ", file=sys.stderr, flush=True)
        try:
            rows += benchmarks[name](what)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            failed.append(f"{name} failed: {error}\n")
        print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    return rows, failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
