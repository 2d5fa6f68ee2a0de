"""Reads and writes the sample message in turn by its stubs and by pydantic; prints the figures."""

from __future__ import annotations

import sys
from pathlib import Path

from measure import answer, in_turn

from programs.pydantic_models import Order
from programs.time_codec import calls, compact


def main(sample: Path) -> None:
    text = compact(sample)
    theirs = Order.model_validate_json(text)
    # Both leave out what is None, and both write what they have read: the work is the same.
    if (written := theirs.model_dump_json(exclude_none=True)) != text:
        sys.exit(f"not the sample:\n{written}")
    beside = {
        "pydantic decode": lambda: Order.model_validate_json(text),
        "pydantic encode": lambda: theirs.model_dump_json(exclude_none=True),
    }
    answer(in_turn(calls(text) | beside, blocks=500, calls_a_block=20))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
