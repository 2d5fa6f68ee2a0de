"""How near a thing is to what AWS limits: ranges of options, sizes of policies, counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, assert_never

from msgc.describe.model import Candidate, Row
from msgc.lint.limits.pattern_lengths import measured
from msgc.lint.limits.ranges import RANGES, Range
from msgc.lint.limits.stack_limits import LIMITS
from msgc.lint.run import RESOURCE_LIMIT
from msgc.lint.subject import Subject
from msgc.stack.deployed import LONGEST_REGION, Deployed
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.units import duration, size

_RESOURCES = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
)


def limits(candidate: Candidate, subject: Subject) -> Iterator[Row]:
    """Yield what AWS limits about a thing, with how much of it is used."""
    yield from _ranges(candidate)
    deployed = Deployed(subject.stack, LONGEST_REGION)
    mine = (candidate.thing, *candidate.edges)
    for limit in LIMITS:
        quota = "quota, which AWS raises" if limit.adjustable else "limit"
        for total in limit.totals(subject.stack):
            if any(total.about is each for each in mine):
                of = _of(total.of(deployed), limit.most, limit.unit, limit.source)
                yield Row(name=total.name, why=f"{limit.service} {quota}", **of)
    for length in measured(subject):
        if any(length.about is each for each in mine):
            of = _of(length.length, length.most, length.unit, None)
            yield Row(name="filter", why=f"{length.service} limit", **of)
    yield from _share(candidate, subject)


def _share(candidate: Candidate, subject: Subject) -> Iterator[Row]:
    """Yield how full each stack is in which a thing lies, and how much of that it takes."""
    mine = (candidate.thing, *candidate.edges)
    for part in subject.parts:
        every = part.resources
        made = sum(any(resource.declared is each for each in mine) for resource in every)
        if made:
            of = _of(len(every), RESOURCE_LIMIT, f"resources, {made} for this", _RESOURCES)
            is_only = subject.topology.placement is None
            name = "the whole stack" if is_only else f"stack {part.name}"
            yield Row(name=name, why="CloudFormation limit", **of)


def _of(used: int, most: int, unit: str, source: str | None) -> dict[str, Any]:
    """Return the text of a row, and its numbers."""
    percent = f"{100 * used / most:.0f}" if used * 100 >= most or not used else "under 1"
    return {
        "text": f"{used:,} of {most:,} {unit} ({percent} %)",
        "data": {"used": used, "most": most, "source": source},
    }


def _ranges(candidate: Candidate) -> Iterator[Row]:
    kind = _kind(candidate)
    for limit in RANGES:
        if limit.of != kind:
            continue
        used = limit.value(candidate.thing)
        if used is not None:
            text = f"{_shown(limit, used)}; AWS takes {_shown(limit, limit.least)}"
            data = {
                "used": used,
                "least": limit.least,
                "most": limit.most,
                "unit": limit.unit,
                "source": limit.source,
            }
            yield Row(
                name=".".join(limit.path),
                text=f"{text} to {_shown(limit, limit.most)}",
                why=f"{limit.service} limit",
                data=data,
            )


def _kind(candidate: Candidate) -> Literal["queue", "topic", "consumer", "subscription"] | None:
    """Return whose ranges apply: none where it isn't the stack that decides."""
    match candidate.thing:
        case Queue() as queue:
            return "queue" if queue.imported is None else None
        case Topic() as topic:
            return "topic" if topic.imported is None else None
        case Consumer():
            return "consumer"
        case Subscription():
            return "subscription"
        case Bus() | Producer() | Message():
            return None
        case _:
            assert_never(candidate.thing)


def _shown(limit: Range, value: int) -> str:
    match limit.unit:
        case "seconds":
            return duration(value)
        case "bytes":
            return size(value)
        case "times":
            return str(value)
        case _:
            assert_never(limit.unit)
