"""The reference page about edges: what leads where, by which service of AWS, with which options.

All of it comes from `msgc.kinds`: the kinds of ends, and the ways in which messages come to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.kinds import KINDS, Kind, Way
from msgc.topology.aws_services import SERVICES, SUFFIX

_ORIGINS = ("topic", "bus", "schedule", "queue", "stream")


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Edges\n"
    yield "What a subscription leads to (`to`), and where from (`from`). Each becomes one of AWS's"
    yield "own mechanisms; a consumer's `from` is a subscription to it, and is read in the row"
    yield "`consumer`.\n"
    yield "## From where to where\n"
    yield f"| to | {' | '.join(f'from a {origin}' for origin in _ORIGINS)} |"
    yield f"| --- |{' --- |' * len(_ORIGINS)}"
    for kind in KINDS.values():
        cells = (_mechanisms(kind, origin) for origin in _ORIGINS)
        yield f"| `{kind.word}` | {' | '.join(cells)} |"
    yield ""
    yield "From a queue or a stream to a consumer, Lambda reads for the function; with `send` or"
    yield "`enrich` on the edge a pipe does, since something else arrives then. A worker reads its"
    yield "queue itself. FIFO topics feed queues only; what comes from a bus is forwarded to"
    yield "another bus once. Which limits of AWS hold besides is told by [findings](findings.md).\n"
    yield "## What an edge may say\n"
    yield "Besides `description`. An option that means nothing on an edge"
    yield "is an error (`option-not-here`). Where some targets only have it, they are named.\n"
    ways = [way for way in Way if any(way in kind.ways for kind in KINDS.values())]
    yield f"| option | {' | '.join(_title(way) for way in ways)} |"
    yield f"| --- |{' --- |' * len(ways)}"
    for option in _options(ways):
        yield f"| `{option}` | {' | '.join(_where(option, way) for way in ways)} |"
    yield ""
    yield "`batch`, `concurrency` and `partial_failures` of what is polled for a function stand on"
    yield "the consumer: [consumers](../consumers.md). What each of them means, and its default, is"
    yield "in [the language](language.md#subscription).\n"
    yield from _batches()
    yield from _services()


def _batches() -> Iterator[str]:
    yield "## What a pipe hands on at once\n"
    yield "`batch: {size}` of a pipe is no more than its target takes (`pipe-batch-too-large`).\n"
    yield "| to | messages |"
    yield "| --- | --- |"
    for kind in _kinds(Way.PIPE):
        most = kind.ways[Way.PIPE].most_at_once
        yield f"| `{kind.word}` | {'as many as are read' if most is None else most} |"
    yield ""


def _services() -> Iterator[str]:
    """Yield the services that the file can name as producers."""
    yield "## AWS services that publish\n"
    yield "Producers with `service`: who they are, what they publish to, and what the policy of the"
    yield "place may ask of them, by `arn` and `account`.\n"
    yield "| service | `service` | to | of |"
    yield "| --- | --- | --- | --- |"
    for name, known in SERVICES.items():
        if not known.by_role:
            of = ", ".join(f"`{condition}`" for condition in known.conditions) or "-"
            to = ", ".join(f"`{kind}`" for kind in known.to)
            yield f"| [{known.what}]({known.source}) | `{name}{SUFFIX}` | {to} | {of} |"
    roles = ", ".join(known.what for known in SERVICES.values() if known.by_role)
    yield ""
    yield "By a role that they assume, and so as producers with `role` and `stubs: false`:"
    yield f"{roles}."
    yield "Any other service is let in as it is written."


def _mechanisms(kind: Kind, origin: str) -> str:
    found = dict.fromkeys(_name(way) for way in kind.ways if way.origin == origin)
    return ", ".join(found) or "-"


def _title(way: Way) -> str:
    return f"{way.origin}: {_name(way)}"


def _name(way: Way) -> str:
    match way:
        case Way.SNS_SUBSCRIPTION:
            return "SNS subscription"
        case Way.EVENT_RULE:
            return "EventBridge rule"
        case Way.SCHEDULE:
            return "EventBridge schedule"
        case Way.PIPE | Way.STREAM_PIPE:
            return "EventBridge pipe"
        case Way.EVENT_SOURCE_MAPPING | Way.STREAM_MAPPING:
            return "event source mapping"
        case Way.LONG_POLL:
            return "long polling"
        case _:
            assert_never(way)


def _options(ways: list[Way]) -> list[str]:
    """Return every option that some edge has, those first that many have."""
    found = {option for way in ways for option in way.options}
    found |= {option for way in ways for kind in _kinds(way) for option in kind.ways[way].options}
    return sorted(found, key=lambda option: (-sum(_has(option, way) != [] for way in ways), option))


def _kinds(way: Way) -> list[Kind]:
    return [kind for kind in KINDS.values() if way in kind.ways]


def _has(option: str, way: Way) -> list[Kind]:
    of_all = option in way.options
    return [kind for kind in _kinds(way) if of_all or option in kind.ways[way].options]


def _where(option: str, way: Way) -> str:
    having = _has(option, way)
    if len(having) == len(_kinds(way)):
        return "yes"
    without = [kind for kind in _kinds(way) if kind not in having]
    if having and len(without) < len(having):
        return f"not to {_listed(without)}"
    return f"to {_listed(having)}" if having else "-"


def _listed(kinds: list[Kind]) -> str:
    return ", ".join(f"`{kind.word}`" for kind in kinds)
