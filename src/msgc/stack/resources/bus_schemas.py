"""Plan the schema registries of buses, with a schema for each message that is put there."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterator
from functools import lru_cache

from msgc.payloads.draft4 import Draft4, draft4
from msgc.stack.model import Handle, Item, Resource
from msgc.stack.values import Attribute, Json, Path, Value, value
from msgc.topology import ids, names
from msgc.topology.ends import Bus
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.tree import JsonValue

LONGEST_REGISTRY = 64
"""Characters in a registry's name: letters, digits, `.`, `-` and `_`.

https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html
"""
LONGEST_SCHEMA = 385

_ENVELOPE: dict[str, object] = {
    "account": {"type": "string"},
    "detail-type": {"type": "string"},
    "id": {"type": "string"},
    "region": {"type": "string"},
    "resources": {"type": "array", "items": {"type": "string"}},
    "source": {"type": "string"},
    "time": {"type": "string", "format": "date-time"},
    "version": {"type": "string"},
}
"""What every event has beside its `detail`, as AWS's own registries say it."""


def bus_schemas(topology: Topology) -> Iterator[Item]:
    """Yield the registry of each bus that publishes its schemas, and these."""
    for bus in topology.buses.values():
        if not bus.schemas or not bus.messages:
            continue
        registry: Path = (ids.schemas(bus),)
        description = f"Messages on the event bus {bus.built_as} of {topology.built_as}."
        yield Resource(
            path=registry,
            type="AWS::EventSchemas::Registry",
            properties={
                "RegistryName": registry_name(topology, bus),
                "Description": description,
            },
            declared=bus,
            handle=Handle(name=names.snake(f"{bus.name}-schemas")),
        )
        for message in bus.messages:
            yield _schema(bus, registry, message)


def _schema(bus: Bus, registry: Path, message: Message) -> Resource:
    properties: dict[str, Value] = {
        "RegistryName": Attribute(of=registry, name="Name"),
        "SchemaName": schema_name(message),
        "Type": "JSONSchemaDraft4",
        "Content": Json(value=value(content(message))),
    }
    if message.description:
        properties["Description"] = message.description[:256]
    return Resource(
        path=(ids.schema(bus, message),),
        type="AWS::EventSchemas::Schema",
        properties=properties,
        declared=message,
    )


def content(message: Message) -> dict[str, object]:
    """Return the schema of a message's events, in the form of AWS's registries.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html
    """
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": message.built_as,
        "x-amazon-events-source": message.source,
        "x-amazon-events-detail-type": message.type,
        "type": "object",
        "required": sorted([*_ENVELOPE, "detail"]),
        "properties": {**_ENVELOPE, "detail": {"$ref": f"#/definitions/{message.built_as}"}},
        "definitions": _definitions(message),
    }


def _definitions(message: Message) -> dict[str, JsonValue]:
    """Return the schema of what is in an event's `detail`, and what it refers to."""
    payload = translated(message).definitions
    if message.envelope is None:
        return payload
    texts = ("id", "type", "datacontenttype", "dataschema", "subject")
    event: dict[str, JsonValue] = {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "data"],
        "properties": {
            "specversion": {"enum": ["1.0"]},
            **{name: {"type": "string", "minLength": 1} for name in texts},
            "source": {"type": "string", "minLength": 1},
            "time": {"type": "string", "format": "date-time"},
            "data": {"$ref": f"#/definitions/{_payload_name(message)}"},
        },
    }
    return {**payload, message.built_as: event}


def _payload_name(message: Message) -> str:
    """Return the name of a payload's definition: the message's own, if no event is around it."""
    return message.built_as if message.envelope is None else f"{message.built_as}.data"


@lru_cache(maxsize=100)
def translated(message: Message) -> Draft4:
    """Return a message's schema in draft 4; it may lie on several buses."""
    return draft4(message.schema, _payload_name(message))


def registry_name(topology: Topology, bus: Bus) -> str:
    """Return what a registry is called: as the bus, or where this is another's, by the service."""
    own = names.physical(topology.built_as, bus.built_as, suffix=topology.suffix)
    return _cut(bus.physical_name if bus.is_made else own, LONGEST_REGISTRY)


def schema_name(message: Message) -> str:
    """Return `com.example.checkout@OrderPlaced`, as EventBridge names what it discovers."""
    return _cut(f"{_legal(message.source)}@{_legal(message.type)}", LONGEST_SCHEMA)


def _legal(text: str) -> str:
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in ".-_"))


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 9]}-{crc32(name.encode()):08x}"
