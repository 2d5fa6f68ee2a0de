"""Reads and writes the sample message by its stubs; prints the figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from measure import answer, in_turn
from sample_messaging import OrderPlaced


def calls(text: str) -> dict[str, Callable[[], object]]:
    """Return what is timed; both sides of the codec must say the same."""
    codec = _codec()
    ours = codec.decode_text(OrderPlaced, text)
    if (written := codec.encode_text(ours)) != text:
        sys.exit(f"not the sample:\n{written}")
    return {
        "msgc decode": lambda: codec.decode_text(OrderPlaced, text),
        "msgc encode": lambda: codec.encode_text(ours),
    }


def _codec() -> Any:
    """Return the runtime's module: a publisher's and a handler's way, which has no public name."""
    package = import_module("sample_messaging._runtime.codec")
    if hasattr(package, "decode_text"):  # as it was before it became a package
        return package
    return import_module("sample_messaging._runtime.codec.codec")


def compact(sample: Path) -> str:
    """Return the message without spaces, as it is sent."""
    return json.dumps(json.loads(sample.read_text()), separators=(",", ":"))


def main(sample: Path) -> None:
    answer(in_turn(calls(compact(sample)), blocks=200, calls_a_block=20))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
