"""What findings say of a stack's resources: how many of each type it has."""

from __future__ import annotations

from collections import Counter

from msgc.stack import Stack


def counted(part: Stack) -> str:
    """Return how many resources of each type a stack has."""
    counts = Counter(each.type for each in part.resources)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {kind.removeprefix('AWS::')}" for kind, count in ordered)
