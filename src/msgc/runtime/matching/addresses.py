"""IP addresses in texts, which have several spellings, and blocks of them.

Read as event-ruler reads them, by Java's rules, which aren't Python's `ipaddress`.
"""

from __future__ import annotations

import re

Address = tuple[int, int]
"""How many bits it has, and their value."""
Block = tuple[int, int, int]
"""How many bits its addresses have, the first of them and the last."""


def address_of(text: str) -> Address | None:
    """Return the IP address that a text spells, if any: `::1` is `0:0:0:0:0:0:0:1`."""
    return _version_6(text) if ":" in text else _version_4(text)


def _version_4(text: str) -> Address | None:
    if len(text) > 15 or not re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", text):
        return None
    value = 0
    for part in text.split("."):
        if int(part) > 0xFF:
            return None
        value = value << 8 | int(part)
    return 32, value


def _version_6(text: str) -> Address | None:
    head, gap, tail = text.partition("::")
    before, after = (part.split(":") if part else [] for part in (head, tail))
    missing = 8 - len(before) - len(after)
    if missing < 1 if gap else missing:
        return None
    value = 0
    for group in (*before, *["0"] * missing, *after):
        if not re.fullmatch(r"[0-9a-fA-F]+", group) or int(group, 16) > 0xFFFF:
            return None
        value = value << 16 | int(group, 16)
    # One of version 4 in the clothes of version 6 is one of version 4.
    return (32, value & 0xFFFFFFFF) if value >> 32 == 0xFFFF else (128, value)


def block_of(text: str) -> Block:
    """Return the block that a text names; an address without bits is one of itself.

    Raises `ValueError`, in event-ruler's words.
    """
    start, *bits = text.rstrip("/").split("/") if "/" in text else [text, ""]
    if len(bits) != 1:
        message = "Malformed CIDR, one '/' required"
        raise ValueError(message)
    if bits[0] and not re.fullmatch(r"[+-]?[0-9]+", bits[0]):
        message = "Malformed CIDR, mask bits must be an integer"
        raise ValueError(message)
    fixed = int(bits[0]) if bits[0] else None
    if fixed is not None and fixed < 0:
        message = "Malformed CIDR, mask bits must not be negative"
        raise ValueError(message)
    address = address_of(start)
    if address is None:
        message = f"Nonstandard IP address: {start}"
        raise ValueError(message)
    width, value = address
    if fixed is None:
        return width, value, value
    if fixed >= width:
        message = f"IPv{4 if width == 32 else 6} mask bits must be < {width}"
        raise ValueError(message)
    free = (1 << width - fixed) - 1
    return width, value & ~free, value | free
