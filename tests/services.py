"""Draw services: valid messaging.yaml files with every kind of place, origin and end.

A service is a list of entries, each a section, a name and its settings, so that a test can leave
some out or put them in another order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st

Entry = tuple[str, str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

MESSAGES: tuple[Entry, ...] = (
    (
        "messages",
        "Placed",
        {
            "schema": {
                "type": "object",
                "required": ["id", "total"],
                "properties": {"id": {"type": "string"}, "total": {"type": "number"}},
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
)
CARRIED = ["Placed", "Closed"]
PLACES: tuple[Entry, ...] = (
    ("queues", "jobs", {"messages": CARRIED, "external": True}),
    ("queues", "audit", {"external": True}),
    ("queues", "late", {"delay": "10s", "dead_letter": False, "external": True}),
    ("topics", "orders", {"messages": CARRIED, "external": "subscribe"}),
    ("topics", "alerts", {"external": True}),
    ("buses", "events", {"messages": CARRIED, "external": True}),
    ("buses", "copies", {"external": True}),
)
OUTSIDE: dict[str, tuple[Any, ...]] = {
    "topic": (
        {"queue": "audit"}, {"queue": "late"}, {"email": "ops@example.com"},
        {"https": "https://example.com/hook"}, {"firehose": "provided"},
        [{"queue": "late"}, {"email": "list@example.com"}],
    ),
    "bus": (
        {"queue": "audit"}, {"topic": "alerts"}, {"bus": "copies"}, {"log_group": "/events"},
        {"state_machine": "provided"}, {"firehose": "provided"}, {"target": "provided"},
        {"api_destination": {"url": "https://example.com", "connection": "provided"}},
        [{"topic": "alerts"}, {"queue": "late"}, {"log_group": "/list"}, {"target": "provided"}],
    ),
}  # fmt: skip
"""What edges of each origin may lead to, beside consumers."""
ORIGINS = {"topic": "orders", "bus": "events"}
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"messages": ["Placed"]},
    {"messages": ["Placed"], "filter": {"total": [{"numeric": [">", 5]}]}},
)


def text(entries: list[Entry] | tuple[Entry, ...]) -> str:
    """Return the messaging.yaml of entries."""
    file: dict[str, Any] = {"version": 1, "service": "shop"}
    for section, name, settings in entries:
        file.setdefault(section, {})[name] = settings
    return yaml.safe_dump(file, sort_keys=False)


@st.composite
def services(draw: Draw) -> list[Entry]:
    """Draw what edges and code a service has, beside its messages and places."""
    found: list[Entry] = []
    for i in range(draw(st.integers(0, 4))):
        word = draw(st.sampled_from(sorted(ORIGINS)))
        to = draw(st.sampled_from(OUTSIDE[word]))
        options = draw(st.sampled_from(FILTERS))
        edge = {"from": {word: ORIGINS[word]}, "to": to, **options}
        found.append(("subscriptions", f"edge-{i}", edge))
    consumers = draw(st.lists(_consumer(), max_size=3))
    found += [("consumers", f"code-{i}", each) for i, each in enumerate(consumers)]
    for i in range(draw(st.integers(0, 2))):
        targets = draw(
            st.lists(
                st.sampled_from([{"queue": "jobs"}, {"topic": "orders"}, {"bus": "events"}]),
                min_size=1,
                unique_by=str,
            )
        )
        role = draw(st.sampled_from([{}, {"role": "provided"}]))
        found.append(("producers", f"sender-{i}", {"publishes": targets, **role}))
    return found


@st.composite
def _consumer(draw: Draw) -> dict[str, Any]:
    """Draw a consumer: of a topic or bus, buffered or not, or of a queue."""
    word = draw(st.sampled_from(["topic", "bus", "queue"]))
    function: Any = draw(st.sampled_from(["provided", {"code": "app", "timeout": "20s"}]))
    if word == "queue":
        return {"from": {"queue": "jobs"}, "function": function}
    buffered = draw(st.sampled_from([{}, {"buffered": True}]))
    options = draw(st.sampled_from(FILTERS))
    return {"from": {word: ORIGINS[word]}, "function": function, **buffered, **options}
