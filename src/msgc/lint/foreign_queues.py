"""Queues of others to which AWS sends for this service: only their owners can let it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.lint.subject import Subject
from msgc.record import Record
from msgc.stack.iam.grant import Grant
from msgc.topology.declared import Declared
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket


class Sending(Record):
    """An AWS service that sends to an imported queue."""

    queue: Queue
    service: str
    """`sns.amazonaws.com`."""
    source: Topic | Bus | EventRule
    """For what it sends: its ARN is what the queue's policy asks for."""
    by: Declared
    """What of the file it does that for."""
    option: str
    """Where that names the queue: `to`, or `dead_letter`."""


def sent_to_others(subject: Subject) -> Iterator[Sending]:
    """Yield what AWS services send to imported queues, as their policies have to allow it."""
    for grant in subject.stack.access.grants:
        queue = _imported(grant)
        if queue is not None and isinstance(grant.who, str) and grant.source is not None:
            yield Sending(
                queue=queue,
                service=grant.who,
                source=grant.source,
                by=grant.by,
                option="dead_letter" if grant.edge is None else "to",
            )


def _imported(grant: Grant) -> Queue | None:
    if grant.may != "send":
        return None
    match grant.on:
        case Queue() as queue:
            return queue if queue.imported is not None else None
        case (
            Topic()
            | Bus()
            | Consumer()
            | Outside()
            | Stream()
            | GivenFunction()
            | ClaimTable()
            | PayloadBucket()
            | Key()
            | str()
        ):
            return None
        case _:
            assert_never(grant.on)
