"""How much a file may hold; how large it may be is said where it is read, in `msgc.disk`."""

from __future__ import annotations

MAX_DEPTH = 100
"""Levels of lists and mappings in each other."""

MAX_ALIASED_NODES = 100_000
"""Values that all aliases of a file stand for."""

MAX_ALIASED_TEXT = 4 * 1024 * 1024
"""Characters that all aliases of a file stand for: what is wrong with them is said for each."""

MAX_VALUES = 1_000_000
"""Keys, values, lists and mappings of a file; each takes a few hundred bytes of memory."""


class Budget:
    """How many more values may be read, by one file or by several together."""

    __slots__ = ("aliased", "aliased_text", "left")

    def __init__(self, left: int = MAX_VALUES) -> None:
        self.left = left
        self.aliased = MAX_ALIASED_NODES
        """Of those that aliases stand for."""
        self.aliased_text = MAX_ALIASED_TEXT
