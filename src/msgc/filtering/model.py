"""The types of compiled SNS filter policies."""

from __future__ import annotations

from typing import Any, Literal

from msgc.record import Record
from msgc.topology.edges import Subscription


class Share(Record):
    """The part of a filter policy for some of its edges: any of its policies may match."""

    edges: tuple[Subscription, ...]
    policies: tuple[dict[str, Any], ...]


class FilterPolicy(Record):
    """An SNS filter policy, compiled from what its edges ask for."""

    scope: Literal["MessageAttributes", "MessageBody"]
    shares: tuple[Share, ...]

    @property
    def policy(self) -> dict[str, Any]:
        """The policy itself, which matches what any of the shares matches."""
        policies = [policy for share in self.shares for policy in share.policies]
        return policies[0] if len(policies) == 1 else {"$or": policies}
