"""Draw services: valid messaging.yaml files with every way, every origin and every end.

A service is a list of parts, each of which stands by itself, so that a test can leave some out or
put them in another order. What each can be is in `tests.edges`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import yaml
from hypothesis import strategies as st

from msgc.kinds import Way
from tests.edges import OPTIONS, ORIGINS, PAIRS, Entry, Pair, edge, ends, options

Part = tuple[Entry, ...]
"""An edge or some code, with what is there for it alone: a section, a name and settings each."""
Draw = Callable[[st.SearchStrategy[Any]], Any]

_TEXT = {"type": "string"}
_ID = {"type": "string", "pattern": "^[a-z]+$", "minLength": 1, "maxLength": 20}
MESSAGES: tuple[Entry, ...] = (
    (
        "messages",
        "Placed",
        {
            "schema": {
                "type": "object",
                "required": ["id", "total"],
                "properties": {"id": _ID, "total": {"type": "number"}},
            }
        },
    ),
    (
        "messages",
        "Closed",
        {
            "schema": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string"}},
            }
        },
    ),
    (
        "messages",
        "Moved",
        {
            "envelope": "cloudevents",
            "schema": {"type": "object", "required": ["id"], "properties": {"id": _ID}},
            "group_by": "id",
            "deduplicate_by": "id",
        },
    ),
)
CARRIED = ["Placed", "Closed"]
PLACES: tuple[Entry, ...] = (
    ("inputs", "their-source", {}),
    ("inputs", "their-end", {}),
    ("inputs", "their-key", {}),
    ("inputs", "mail", {}),
    ("queues", "jobs", {"messages": CARRIED, "external": True}),
    ("queues", "audit", {"external": True}),
    ("queues", "late", {"delay": "10s", "dead_letter": False, "external": True}),
    ("queues", "lost", {"dead_letter": False, "external": True}),
    ("queues", "theirs", {"import": {"arn": "arn:aws:sqs:eu-west-1:444455556666:theirs"}}),
    ("queues", "turns", {"fifo": True, "messages": ["Moved"], "external": True}),
    ("topics", "orders", {"messages": CARRIED, "external": "subscribe"}),
    ("topics", "alerts", {"external": True}),
    (
        "topics",
        "theirs",
        {"import": {"arn": "arn:aws:sns:eu-west-1:444455556666:theirs"}, "messages": ["Placed"]},
    ),
    ("topics", "also-theirs", {"import": {"parameter": "/theirs/topic"}}),
    ("topics", "moves", {"fifo": True, "messages": ["Moved"], "external": True}),
    ("buses", "events", {"messages": CARRIED, "external": True}),
    ("buses", "copies", {"external": True}),
    ("buses", "theirs", {"import": {"name": "theirs"}, "messages": ["Placed"]}),
    ("buses", "also-theirs", {"import": {"parameter": "/theirs/bus"}}),
    ("buses", "steps", {"messages": ["Moved"], "dead_letter": {"queue": "lost"}, "external": True}),
)

LISTS: dict[str, tuple[list[Any], ...]] = {
    "topic": ([{"queue": "late"}, {"email": "list@example.com"}],),
    "bus": (
        [{"topic": "alerts"}, {"queue": "late"}, {"log_group": "/list"}, {"target": "provided"}],
        [{"state_machine": "provided"}],
    ),
    "schedule": ([{"queue": "late"}, {"topic": "alerts"}, {"queue": {"name": "their-end"}}],),
}
"""By the words of origins lists of targets."""
FIFO: tuple[dict[str, Any], ...] = (
    {"from": {"topic": "moves"}},
    {"from": {"bus": "steps"}},
    {"from": {"schedule": "rate(1 hour)"}, "send": {"message": "Moved", "body": {"id": "all"}}},
    {
        "from": {"stream": {"kinesis": "provided"}},
        "send": {"message": "Moved", "body": {"id": "<$.data.id>"}},
        "messages": ["Placed"],
    },
)
"""Edges to a queue that keeps the order."""
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"messages": ["Placed"]},
    {"messages": ["Placed"], "filter": {"total": [{"numeric": [">", 5]}]}},
)
OUTSIDERS: tuple[dict[str, Any], ...] = (
    {"account": "777788889999"},
    {"account": "777788889999", "role": {"arn": "arn:aws:iam::777788889999:role/shop"}},
    {"service": "s3.amazonaws.com", "arn": "arn:aws:s3:::uploads"},
)
"""Producers that are not of the account."""
ALLOWED: tuple[Any, ...] = (
    ["777788889999"], [{"org": "o-exampleorg1"}], [{"arn": "arn:aws:iam::777788889999:role/a-*"}],
)  # fmt: skip
"""Whom places let in."""


def text(parts: Iterable[Part | Entry]) -> str:
    """Return the messaging.yaml of parts, and of entries that are always there."""
    file: dict[str, Any] = {"version": 1, "service": "shop"}
    for part in parts:
        for section, name, settings in (part,) if isinstance(part[0], str) else part:
            file.setdefault(section, {})[name] = settings
    return yaml.safe_dump(file, sort_keys=False)


@st.composite
def services(draw: Draw, *, most: int = 5) -> list[Part]:
    """Draw what edges and code a service has, beside its messages and places."""
    found: list[Part] = [draw(edges(i)) for i in range(draw(st.integers(0, most)))]
    kinds = (_several_targets, _in_order, _consumer, _reached_twice, _chain, _producer, _open,
             _encrypted)  # fmt: skip
    count = draw(st.integers(0, most))
    more = [draw(draw(st.sampled_from(kinds))(i)) for i in range(count)]
    defaults: dict[object, Part] = {}  # of a section there are some once
    kept = [p for p in more if p[0][0] != "defaults" or defaults.setdefault(p[0][1], p) is p]
    return [*found, *kept]


@st.composite
def _encrypted(draw: Draw, number: int) -> Part:  # noqa: ARG001  # as the others
    section = draw(st.sampled_from(("queues", "topics", "buses")))
    return (("defaults", section, draw(st.sampled_from(OPTIONS["encryption"]))),)


@st.composite
def flows(draw: Draw) -> list[Part]:
    """Draw a service in which consumers get what is published, through places or at once."""
    pairs = tuple(each for each in PAIRS if each[0].origin in {"topic", "bus", "queue"})
    ending = tuple(each for each in pairs if each[1] == "consumer")
    kinds = (edges(10, ending, 1), edges(11, ending, 1), _chain(12, pairs, 1), _chain(13, pairs, 1),
             edges(14, pairs, 1), _consumer(15), _reached_twice(16))  # fmt: skip
    return [draw(each) for each in draw(st.lists(st.sampled_from(kinds), min_size=2, unique=True))]


@st.composite
def edges(
    draw: Draw, number: int, pairs: tuple[Pair, ...] = PAIRS, origins: int | None = None
) -> Part:
    """Draw an edge of any way to any kind of end, with some of the options that it may have."""
    pair: Pair = draw(st.sampled_from(pairs))
    origin = draw(st.sampled_from(ORIGINS[pair[0].origin][:origins]))
    words = draw(st.lists(st.sampled_from(options(pair) or ("",)), max_size=6, unique=True))
    said = [draw(st.sampled_from(OPTIONS[word])) for word in words if word]
    return tuple(edge(pair, origin, draw(st.sampled_from(ends(pair))), said, number))


@st.composite
def _several_targets(draw: Draw, number: int) -> Part:
    word = draw(st.sampled_from(sorted(LISTS)))
    settings = {"from": ORIGINS[word][0], "to": draw(st.sampled_from(LISTS[word]))}
    if word == "schedule":
        settings["send"] = {"message": "Closed", "body": {"id": "all"}}
    return (("subscriptions", f"list-{number}", settings),)


@st.composite
def _in_order(draw: Draw, number: int) -> Part:
    settings = {**draw(st.sampled_from(FIFO)), "to": {"queue": "turns"}}
    return (("subscriptions", f"ordered-{number}", settings),)


@st.composite
def _consumer(draw: Draw, number: int) -> Part:
    """Draw a consumer of a topic, a bus or the queue of its own: buffered, publishing, reading."""
    place = draw(st.sampled_from([{"topic": "orders"}, {"bus": "events"}]))
    code = draw(st.sampled_from([
        {"function": "provided"}, {"function": {"code": "app", "timeout": "20s", "retries": 1}},
        {"function": {"code": "app", "on_failure": {"queue": "lost"}}},
        {"function": "provided", "buffered": True},
        {"worker": {"role": "provided"}, "buffered": {"wait": "5s"}},
    ]))  # fmt: skip
    more = draw(st.sampled_from([
        {}, {"publishes": [{"queue": "jobs"}, {"bus": "events"}]}, {"reads": [{"queue": "lost"}]},
        {"publishes": [{"topic": "orders"}]},
    ]))  # fmt: skip
    options = draw(st.sampled_from(FILTERS))
    return (("consumers", f"code-{number}", {"from": place, **code, **more, **options}),)


@st.composite
def _reached_twice(draw: Draw, number: int) -> Part:
    """Draw a consumer that several edges of one kind or of several lead to."""
    first, second = draw(st.sampled_from([
        ({"topic": "orders"}, {"bus": "events"}), ({"bus": "events"}, {"bus": "events"}),
        ({"queue": f"own-{number}"}, {"topic": "orders"}),
        ({"stream": {"kinesis": "provided"}}, {"topic": "orders"}),
    ]))  # fmt: skip
    name = f"hub-{number}"
    return (
        ("queues", f"own-{number}", {"messages": ["Closed"], "external": True}),
        ("consumers", name, {"from": first, "function": "provided", **_typed(first)}),
        ("subscriptions", f"also-{number}", {"from": second, "to": {"consumer": name}}),
    )


def _typed(origin: dict[str, Any]) -> dict[str, Any]:
    return {"messages": ["Placed"]} if "stream" in origin else {}


@st.composite
def _chain(
    draw: Draw, number: int, among: tuple[Pair, ...] = PAIRS, origins: int | None = None
) -> Part:
    """Draw a place between an edge of any way and a consumer."""
    word = draw(st.sampled_from(["queue", "topic", "bus"]))
    pairs = [each for each in among if each[1] == word]
    if word == "bus":  # an event is forwarded once only
        pairs = [each for each in pairs if each[0] is not Way.EVENT_RULE]
    pair: Pair = draw(st.sampled_from(pairs))
    origin = draw(st.sampled_from(ORIGINS[pair[0].origin][:origins]))
    name = f"middle-{number}"
    section = {"queue": "queues", "topic": "topics", "bus": "buses"}[word]
    return (
        (section, name, {"external": "subscribe"}),
        *edge(pair, origin, name, (), 1000 + number),
        ("consumers", f"last-{number}", {"from": {word: name}, "function": "provided"}),
    )


@st.composite
def _producer(draw: Draw, number: int) -> Part:
    """Draw somebody who publishes or reads: of the account, of another, or an AWS service."""
    if draw(st.booleans()):
        return _outsider(draw, number)
    role = draw(st.sampled_from([
        {}, {"role": "provided"}, {"role": {"arn": "arn:aws:iam::111122223333:role/shop"}},
        {"stubs": False},
    ]))  # fmt: skip
    places = [{"bus": "events"}, {"queue": "jobs"}, {"topic": "orders"}, {"topic": "theirs"}]
    if "stubs" in role:  # in the others, only generated code tells the type
        places = places[:1]
    targets = draw(st.lists(st.sampled_from(places), min_size=1, unique_by=str))
    reads = draw(st.sampled_from([{}, {"reads": [{"queue": "lost"}, {"queue": "jobs-dlq"}]}]))
    return (("producers", f"sender-{number}", {"publishes": targets, **role, **reads}),)


def _outsider(draw: Draw, number: int) -> Part:
    """Draw an account, a role or an AWS service that publishes to several places of its own."""
    outsider = draw(st.sampled_from(OUTSIDERS))
    words = ["queue", "topic"] if "service" in outsider else ["queue", "topic", "bus"]
    told = draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    reads = draw(st.sampled_from([{}, {"reads": [{"queue": "lost"}]}]))
    settings = {
        **outsider,
        "publishes": [{word: f"told-{number}"} for word in told] + [{"queue": "audit"}],
        **({} if "service" in outsider else reads),
    }
    sections = {"queue": "queues", "topic": "topics", "bus": "buses"}
    place = {"messages": ["Placed"], "external": "subscribe"}
    return (
        *((sections[word], f"told-{number}", place) for word in told),
        ("producers", f"sender-{number}", settings),
    )


@st.composite
def _open(draw: Draw, number: int) -> Part:
    """Draw a place that lets somebody of other accounts in."""
    section = draw(st.sampled_from(["queues", "topics", "buses"]))
    publish, subscribe = draw(st.sampled_from(ALLOWED)), draw(st.sampled_from(ALLOWED))
    allow = {"publish": publish, "subscribe": subscribe}
    return ((section, f"open-{number}", {"allow": allow, "messages": ["Placed"]}),)
