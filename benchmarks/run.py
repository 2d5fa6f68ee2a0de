"""Prints msgc's speed beside what it is held to: `python benchmarks/run.py [NAME]...`.

Names are those of `BENCHMARKS` below; without one, all of them run.
Not a test: a machine's load changes every figure, so the ratios are for people to read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from cases import (
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
)
from installed import Installed, installed
from rows import Row, table

BENCHMARKS: dict[str, Callable[[Installed], list[Row]]] = {
    "validate": validate.rows,
    "build": build.rows,
    "consumer": consumer.rows,
    "patterns": patterns.rows,
    "payloads": payloads.rows,
    "models": models.rows,
    "checks": checks.rows,
    "publish": publish.rows,
    "synth": synth.rows,
    "growth": growth.rows,
}


def main(names: list[str]) -> int:
    """Run these benchmarks; 1 if a figure is over its bar, 2 for a name there isn't."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
        return 2
    rows: list[Row] = []
    with installed() as environment:
        for name in names or BENCHMARKS:
            print(f"running {name} ...", file=sys.stderr, flush=True)
            rows += BENCHMARKS[name](environment)
    print(table(rows))
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
