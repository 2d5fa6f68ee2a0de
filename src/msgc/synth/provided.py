"""The arguments of a stack's construct: what only the user's own app can hand over."""

from __future__ import annotations

from msgc.kinds import KINDS
from msgc.stack.model import Stack

_WORDS = {
    "AWS::Lambda::Function": "function",
    "AWS::IAM::Role": "role",
    **{kind.cdk.type: kind.word for kind in KINDS.values() if kind.cdk is not None},
}
"""What an argument is, by the type of its resource."""


def provided(stack: Stack) -> dict[str, str]:
    """Return the arguments of the construct, and which kind of resource each is."""
    return {
        existing.argument: _WORDS[existing.type]
        for existing in stack.existing
        if existing.argument is not None
    }


def importers() -> dict[str, tuple[str, ...]]:
    """Return by what a kind of end is found by its ARN: CDK's module and method, and that ARN."""
    return {
        kind.word: (kind.cdk.module, kind.cdk.importer, *kind.arn)
        for kind in KINDS.values()
        if kind.cdk is not None
    }
