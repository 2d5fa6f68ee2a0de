"""What is told about one thing of a messaging.yaml: chapters of rows, as text or as JSON."""

from __future__ import annotations

from typing import Any

from msgc.record import Record
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.messages import Message

Thing = Queue | Topic | Bus | Consumer | Producer | Message | Subscription
"""What can be explained: a closed union, taken apart by `match` with `assert_never`."""


class Candidate(Record):
    """A thing that a name may mean."""

    reference: str
    """`queue/invoicing`."""
    thing: Thing
    edges: tuple[Subscription, ...] = ()
    """Of a subscription: one for each of its targets."""
    is_implied: bool = False
    """Whether something else is declared where it stands, which its bare name means: a consumer's
    own subscription."""


class Step(Record):
    """Something that happens in the course of time."""

    seconds: int
    text: str


class Row(Record):
    """One line of a chapter."""

    name: str
    text: str
    why: str = ""
    """Where it comes from: a place in the file, or what it is derived from."""
    steps: tuple[Step, ...] = ()
    """What happens one after the other, if it is about time."""
    data: dict[str, Any] = {}  # noqa: RUF012  # a record's default
    """What programs read beside these."""


class Chapter(Record):
    """What is told about one question."""

    word: str
    """Its key in JSON."""
    title: str
    rows: tuple[Row, ...]


class Description(Record):
    """All that is told about a thing."""

    reference: str
    service: str
    environment: str
    """Empty without environments."""
    summary: str
    """What it is in AWS: "SQS queue `checkout-invoicing`"."""
    description: str
    """As the file has it."""
    span: Span
    chapters: tuple[Chapter, ...]
    """Those that have rows."""
