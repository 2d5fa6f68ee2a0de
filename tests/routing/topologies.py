"""Topologies, and messages for them, made at random from a seed.

Every filter is one that AWS takes and that some payload passes; fields are there or not, in lists
and in objects, and values are few, so that filters say yes about as often as no.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "OrderPlaced": {
        "type": "object",
        "required": ["id", "total", "country"],
        "properties": {
            "id": {"type": "string"},
            "total": {"type": "number", "minimum": -1000, "maximum": 1000},
            "country": {"type": "string", "maxLength": 8},
            "gift": {"type": "boolean"},
            "customer": {
                "type": "object",
                "required": ["tier"],
                "properties": {"tier": {"enum": ["gold", "silver", "basic"]}},
            },
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["sku", "quantity"],
                    "properties": {
                        "sku": {"type": "string", "maxLength": 4},
                        "quantity": {"type": "integer", "minimum": 0, "maximum": 9},
                    },
                },
            },
        },
    },
    "OrderCancelled": {
        "type": "object",
        "required": ["id", "reason"],
        "properties": {
            "id": {"type": "string"},
            "reason": {"type": "string", "maxLength": 12},
        },
    },
}

_FILTERS: dict[str, tuple[dict[str, Any], ...]] = {
    "OrderPlaced": (
        {"total": [{"numeric": [">=", 100]}]},
        {"total": [{"numeric": [">", 0, "<=", 500]}]},
        {"total": [0, 12.5, {"numeric": ["<", -10]}]},
        {"total": [{"anything-but": [12.5, 0]}]},
        {"country": ["NL", "BE"]},
        {"country": [{"prefix": "N"}, {"suffix": "E"}]},
        {"country": [{"anything-but": ["NL", "US"]}]},
        {"country": [{"anything-but": {"prefix": "N"}}]},
        {"country": [{"equals-ignore-case": "nl"}]},
        {"gift": [True]},
        {"gift": [{"exists": False}]},
        {"gift": [{"exists": True}], "total": [{"numeric": ["<", 200]}]},
        {"customer": {"tier": ["gold", "silver"]}},
        {"customer": {"tier": [{"exists": False}]}},
        {"items": {"sku": ["A"]}},
        {"items": {"sku": ["A"], "quantity": [{"numeric": [">", 3]}]}},
        {"$or": [{"gift": [True]}, {"customer": {"tier": ["gold"]}}]},
        {"country": ["NL"], "$or": [{"total": [{"numeric": [">", 400]}]}, {"gift": [False]}]},
    ),
    "OrderCancelled": (
        {"reason": ["fraud", "other"]},
        {"reason": [{"prefix": "fr"}]},
        {"reason": [{"anything-but": ["fraud"]}]},
    ),
}


def topology(random: Random, *, receivers: int = 12) -> dict[str, Any]:
    """Return a messaging.yaml: topics, buses, and a queue of its own for each receiver."""
    names = list(SCHEMAS)
    further = _edge(random, {"bus": "commerce"}, {"bus": "further"}, names)
    events = _edge(random, {"bus": "commerce"}, {"topic": "events"}, names)
    mixed = _edge(random, {"bus": "commerce"}, {"topic": "mixed"}, names[1:])
    file: dict[str, Any] = {
        "version": 1,
        "service": "routes",
        "messages": {name: {"schema": schema} for name, schema in SCHEMAS.items()},
        "topics": {"orders": {"messages": names}, "placed": {"messages": names[:1]}, "events": {},
                   # payloads and events on one topic
                   "mixed": {"messages": names[:1]}},
        "buses": {"commerce": {"messages": names}, "further": {}},
        "queues": {"direct": {"messages": names[:1], "external": True}},
        "subscriptions": {
            "further": further,
            "events": events,
            "mixed": mixed,
        },
        "producers": {
            "shop": {
                "publishes": [
                    {"topic": "orders"}, {"topic": "placed"}, {"topic": "mixed"},
                    {"bus": "commerce"}, {"queue": "direct"},
                ]
            }
        },
    }  # fmt: skip
    carried = {
        "placed": names[:1],
        "further": further.get("messages", names),
        "events": events.get("messages", names),
    }
    for i in range(receivers):
        origin = random.choice(
            [{"topic": "orders"}, {"topic": "placed"}, {"topic": "events"},
             {"topic": "mixed"}, {"bus": "commerce"}, {"bus": "further"}]
        )  # fmt: skip
        queue = f"receiver-{i}"
        file["queues"][queue] = {"external": True}
        (name,) = origin.values()
        ways = 2 if "topic" in origin and random.random() < 0.3 else 1  # one subscription of two
        raw = random.random() < 0.7
        for way in range(ways):
            edge = _edge(random, origin, {"queue": queue}, carried.get(name, names))
            if "topic" in origin:
                edge["raw"] = raw
            file["subscriptions"][f"edge-{i}-{way}"] = edge
    return file


def _edge(
    random: Random, origin: dict[str, str], target: dict[str, str], carried: list[str]
) -> dict[str, Any]:
    message = random.choice(carried)
    edge: dict[str, Any] = {"from": origin, "to": target}
    if random.random() < 0.8:
        edge["messages"] = [message]
        if random.random() < 0.85:
            edge["filter"] = random.choice(_FILTERS[message])
        if origin == {"topic": "orders"} and "items" in edge.get("filter", ()):
            del edge["messages"]  # a list is in the body, which doesn't say the type
    if "bus" in origin and random.random() < 0.1:
        edge["enabled"] = False
    return edge


def text(file: dict[str, Any]) -> str:
    """Return the file; JSON is YAML."""
    return json.dumps(file, indent=1)


def payload(random: Random, message: str, id_: str = "o-1") -> dict[str, Any]:
    """Return a payload of a message."""
    if message == "OrderCancelled":
        return {"id": id_, "reason": random.choice(["fraud", "other", "frost", "broken"])}
    found: dict[str, Any] = {
        "id": id_,
        "total": random.choice([0, 12.5, 150, 450.25, 999, -20, 100]),
        "country": random.choice(["NL", "nl", "BE", "US", "DE", "N"]),
    }
    if random.random() < 0.6:
        found["gift"] = random.random() < 0.5
    if random.random() < 0.6:
        found["customer"] = {"tier": random.choice(["gold", "silver", "basic"])}
    if random.random() < 0.6:
        found["items"] = [
            {"sku": random.choice("AB"), "quantity": random.randrange(10)}
            for _ in range(random.randrange(3))
        ]
    return found
