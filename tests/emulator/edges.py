"""Over which edges messages are sent in the emulator, and why over the others none is.

Each way to each kind of end stands in `BEYOND`, or a test says with `carries` that it sends a
message over such an edge: `test_edges.py` looks whether one of both is so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from msgc.kinds import Way
from tests.edges import Pair

T = TypeVar("T", bound=Callable[..., Any])
CARRIES = "carries"
"""The attribute of a test with the name of its topology, and what messages go over."""


def carries(topology: str, *pairs: Pair) -> Callable[[T], T]:
    """Say of a test that it sends messages over these edges of `tests/cases/emulator/TOPOLOGY`."""

    def marked(test: T) -> T:
        setattr(test, CARRIES, (topology, pairs))
        return test

    return marked


@dataclass(frozen=True)
class Beyond:
    """Why the emulator brings nothing over an edge, and which kept template has one."""

    reason: str
    template: str


_NO_MAIL = "nobody can read what the emulator mails or texts: it only logs that it would"
_NO_FIREHOSE = "the emulator brings nothing into Firehose streams but what calls of its API put"
_NO_LOGS = "the emulator's rules don't write to log groups"
_NO_TYPE = "the emulator puts an event of Scheduler itself on the bus, whatever the schedule says"
_NO_QUEUES = "the emulator's pipes read streams of tables only, and no queues"
_FEW_TARGETS = "the emulator's pipes deliver to topics and state machines only"

BEYOND: dict[Pair, Beyond] = {
    (Way.SNS_SUBSCRIPTION, "email"): Beyond(_NO_MAIL, "ok-topic-endpoints"),
    (Way.SNS_SUBSCRIPTION, "email_json"): Beyond(_NO_MAIL, "ok-topic-endpoints"),
    (Way.SNS_SUBSCRIPTION, "sms"): Beyond(_NO_MAIL, "ok-topic-endpoints"),
    (Way.SNS_SUBSCRIPTION, "firehose"): Beyond(_NO_FIREHOSE, "ok-firehose"),
    (Way.EVENT_RULE, "firehose"): Beyond(_NO_FIREHOSE, "ok-firehose"),
    (Way.EVENT_RULE, "log_group"): Beyond(_NO_LOGS, "ok-state-machine"),
    (Way.SCHEDULE, "firehose"): Beyond(_NO_FIREHOSE, "ok-schedules"),
    (Way.SCHEDULE, "bus"): Beyond(_NO_TYPE, "ok-schedules"),
    (Way.PIPE, "queue"): Beyond(_NO_QUEUES, "stack-enrichments"),
    (Way.PIPE, "topic"): Beyond(_NO_QUEUES, "stack-pipes"),
    (Way.PIPE, "bus"): Beyond(_NO_QUEUES, "stack-pipes"),
    (Way.PIPE, "consumer"): Beyond(_NO_QUEUES, "stack-pipes"),
    (Way.PIPE, "firehose"): Beyond(_NO_QUEUES, "stack-pipe-ends"),
    (Way.PIPE, "state_machine"): Beyond(_NO_QUEUES, "stack-pipe-sends"),
    (Way.PIPE, "log_group"): Beyond(_NO_QUEUES, "stack-pipe-ends"),
    (Way.PIPE, "api_destination"): Beyond(_NO_QUEUES, "ok-api-destinations"),
    (Way.PIPE, "target"): Beyond(_NO_QUEUES, "ok-handed-over-targets"),
    (Way.STREAM_PIPE, "queue"): Beyond(_FEW_TARGETS, "stack-streams"),
    (Way.STREAM_PIPE, "bus"): Beyond(_FEW_TARGETS, "stack-streams"),
    (Way.STREAM_PIPE, "consumer"): Beyond(_FEW_TARGETS, "stack-pipe-sends"),
    (Way.STREAM_PIPE, "firehose"): Beyond(_FEW_TARGETS, "topology-audit-lake"),
    (Way.STREAM_PIPE, "log_group"): Beyond(_FEW_TARGETS, "stack-pipe-ends"),
    (Way.STREAM_PIPE, "api_destination"): Beyond(_FEW_TARGETS, "stack-pipe-ends"),
    (Way.STREAM_PIPE, "target"): Beyond(_FEW_TARGETS, "stack-pipe-ends"),
}
"""What is asserted on a template in place of a message."""
