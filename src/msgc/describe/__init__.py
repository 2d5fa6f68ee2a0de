"""Describe one thing of a messaging.yaml: its edges, rights, limits, retries and defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.describe.alarms import alarms
from msgc.describe.connections import incoming, outgoing
from msgc.describe.encryption import encryption
from msgc.describe.limits import limits
from msgc.describe.model import Candidate, Chapter, Description, Row, Thing
from msgc.describe.resources import resources
from msgc.describe.retries import retries
from msgc.describe.rights import rights
from msgc.describe.settings import settings
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.messages import Message


def describe(candidate: Candidate, subject: Subject) -> Description:
    """Return all that can be told about a thing of a topology that is without errors."""
    topology, stack, graph = subject.topology, subject.stack, subject.graph
    chapters = (
        _chapter("resources", "is in AWS", resources(candidate, stack)),
        _chapter("in", "comes in", incoming(candidate, topology, graph)),
        _chapter("out", "goes out", outgoing(candidate, topology, graph)),
        _chapter("access", "who may do what", rights(candidate, stack)),
        _chapter("failures", "when it fails", retries(candidate, topology, subject.links)),
        _chapter("alarms", "alarms", alarms(candidate, topology, stack)),
        _chapter("limits", "limits of AWS", limits(candidate, subject)),
        _chapter("encryption", "at rest", encryption(candidate, stack)),
        _chapter("settings", "settings, and where they come from", settings(candidate, topology)),
    )
    return Description(
        reference=candidate.reference,
        service=topology.service,
        environment=topology.environment_name,
        summary=_summary(candidate.thing),
        description=candidate.thing.description,
        span=candidate.thing.key,
        chapters=tuple(chapter for chapter in chapters if chapter.rows),
    )


def _chapter(word: str, title: str, rows: Iterator[Row]) -> Chapter:
    return Chapter(word=word, title=title, rows=tuple(rows))


def _summary(thing: Thing) -> str:  # noqa: PLR0911  # one for each
    match thing:
        case Queue():
            return f"{'FIFO' if thing.fifo else 'standard'} SQS queue{_found(thing)}"
        case Topic():
            return f"{'FIFO' if thing.fifo else 'standard'} SNS topic{_found(thing)}"
        case Bus():
            return f"EventBridge bus{_found(thing)}"
        case Consumer():
            return "consumer, a worker" if thing.worker is not None else "consumer, a function"
        case Producer():
            return "producer"
        case Message():
            return "message" if thing.home is None else f"message of {thing.home.service}"
        case Subscription():
            return "subscription"
        case _:
            assert_never(thing)


def _found(place: Queue | Topic | Bus) -> str:
    """Return whose a place is, if it isn't the stack's own."""
    if place.is_default:
        return ", the account's own"
    return ", imported" if place.imported is not None else ""
