"""The units of messaging.yaml: seconds and bytes, how they are spelled, and AWS's defaults."""

from __future__ import annotations

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
KIB = 1024
MIB = 1024 * KIB

DEFAULT_QUEUE_SIZE = MIB
DEFAULT_TOPIC_SIZE = 256 * KIB
"""How large a message may be where AWS isn't told otherwise."""
DEFAULT_RETENTION = 4 * DAY
"""How long SQS keeps a message where it isn't told otherwise."""

SECONDS = {"d": DAY, "h": HOUR, "m": MINUTE, "s": 1}
"""The largest first."""
BYTES = {"MiB": MIB, "KiB": KIB}


def duration(seconds: int) -> str:
    """`180` → `3m`, `90` → `90s`."""
    for unit, factor in SECONDS.items():
        if seconds and seconds % factor == 0:
            return f"{seconds // factor}{unit}"
    return f"{seconds}s"


def size(count: int) -> str:
    """`262144` → `256KiB`; what is no whole number of KiB is given in bytes."""
    for unit, factor in BYTES.items():
        if count and count % factor == 0:
            return f"{count // factor}{unit}"
    return f"{count} bytes"
