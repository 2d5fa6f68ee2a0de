"""What findings say of a stack's resources: whose they are, and how many of each type."""

from __future__ import annotations

from collections import Counter

from msgc.lint.subject import Subject
from msgc.stack import Stack


def whose(subject: Subject, part: Stack) -> str:
    """Return what a stack is called: by the service, if that has no other."""
    if subject.topology.placement is None:
        return f"the stack of service `{subject.topology.service}`"
    return f"the stack `{part.name}`"


def counted(part: Stack) -> str:
    """Return how many resources of each type a stack has."""
    counts = Counter(each.type for each in part.resources)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {kind.removeprefix('AWS::')}" for kind, count in ordered)
