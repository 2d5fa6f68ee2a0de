"""Read what a user wants routed: an event, an SNS notification, or a payload."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from msgc import payloads
from msgc.diagnostics import Diagnostic, Outcome, did_you_mean, listing
from msgc.links.model import Links
from msgc.patterns import matches
from msgc.record import Record
from msgc.routing.codes import NOT_AN_EVENT, UNPUBLISHABLE, UNREADABLE_PAYLOAD
from msgc.routing.publishing import on_bus, on_place, published
from msgc.runtime.errors import RefusedError
from msgc.runtime.testing.parcels import Parcel
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_place, kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.tree import Node, Scalar, Sequence, at, to_json


class Input(Record):
    """One message at the place where its way begins, or what a schedule sends."""

    place: Place | Schedule
    message: Message | None
    """None: a type that the file doesn't know."""
    parcel: Parcel


def understood(
    topology: Topology,
    links: Links,
    node: Node,
    *,
    message: Message | None,
    place: Place | None,
) -> Outcome[tuple[Input, ...]]:
    """Return what a JSON value is, and where it is put: once for each place.

    `message` and `place` are what the user said of it; without, its shape and its fields decide.
    """
    reader = _Reader(topology, links, node, message, place)
    found = tuple(reader.read())
    diagnostics = tuple(reader.diagnostics)
    return Outcome(found or None, diagnostics)


def example(
    topology: Topology, links: Links, message: Message, number: int, place: Place | None
) -> Outcome[tuple[Input, ...]]:
    """Return an example of a message where it is published, or at one place.

    `number` is that of an example that the message has.
    """
    return _put(
        (place,) if place is not None else places_of(topology, message),
        message,
        lambda place: published(links, place, message, message.examples[number]),
        message.place("examples", number),
    )


def _put(
    places: tuple[Place, ...],
    message: Message | None,
    make: Callable[[Place], Parcel],
    span: Span,
) -> Outcome[tuple[Input, ...]]:
    """Put a message on each place; say where it can't be."""
    found: list[Input] = []
    refused: list[Diagnostic] = []
    for place in places:
        try:
            found.append(Input(place=place, message=message, parcel=make(place)))
        except RefusedError as error:
            text = f"it can't be sent to `{place.name}`: {error}"
            refused.append(UNPUBLISHABLE.at(span, text))
    return Outcome(tuple(found), tuple(refused))


def places_of(topology: Topology, message: Message) -> tuple[Place, ...]:
    """Return where this file's producers put a message; for a stranger's, where it comes in."""
    found = tuple(place for place in topology.places if message in place.messages)
    if found:
        return found
    edges = topology.subscriptions.values()
    starts = (_entry(edge) for edge in edges if message in edge.messages)
    entries = {place: None for place in starts if place is not None}
    return tuple(place for place in entries if kind_of(place).carries_events) or tuple(entries)


def _entry(edge: Subscription) -> Place | None:
    """Return the place at which what takes an edge comes in; of a schedule, that behind it."""
    match edge.origin:
        case Queue() | Topic() | Bus():
            return edge.origin
        case Schedule():
            return as_place(edge.target)
        case Stream():
            return None  # its records are others'
        case _:
            assert_never(edge.origin)


class _Reader:
    def __init__(
        self,
        topology: Topology,
        links: Links,
        node: Node,
        message: Message | None,
        place: Place | None,
    ) -> None:
        self._topology = topology
        self._links = links
        self._node = node
        self._message = message
        self._place = place
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> Iterator[Input]:
        for number in _beyond_floats(self._node):
            self._say("the number is beyond the range of a float", number)
        value = to_json(self._node)
        if self.diagnostics:
            return
        if not isinstance(value, dict):
            self._not_an_event("it is no JSON object")
        elif isinstance(value.get("detail-type"), str) and "detail" in value:
            yield from self._event(value)
        elif isinstance(value.get("Message"), str) and value.keys() & _OF_NOTIFICATIONS:
            yield from self._notification(value)
        else:
            yield from self._payload(value)

    def _event(self, event: dict[str, Any]) -> Iterator[Input]:
        message = self._message or self._typed(event)
        detail = at(self._node, ("detail",))
        if message is not None:
            for violation in _violations(message, event["detail"]):
                self.diagnostics.append(
                    UNREADABLE_PAYLOAD.at(
                        at(detail, violation.path).span,
                        f"the detail doesn't fit `{message.name}`: {violation}",
                    )
                )
        yield from self._at(self._buses(event, message), message, lambda _: on_bus(event))

    def _typed(self, event: dict[str, Any]) -> Message | None:
        for message in self._topology.messages.values():
            pattern = {"source": list(message.sources), "detail-type": [message.type]}
            if matches(pattern, event):
                return message
        return None

    def _buses(self, event: dict[str, Any], message: Message | None) -> tuple[Place, ...]:
        if self._place is not None:
            return (self._place,)
        buses = tuple(self._topology.buses.values())
        from_aws = str(event.get("source", "")).startswith("aws.")
        known = tuple(bus for bus in buses if message is not None and message in bus.messages)
        found = known or tuple(bus for bus in buses if bus.is_default is from_aws) or buses
        if not found:
            self._not_an_event("it is an event, and the file has no bus")
        return found

    def _notification(self, value: dict[str, Any]) -> Iterator[Input]:
        attributes = _attributes(value.get("MessageAttributes"))
        known = (m for m in self._topology.messages.values() if _says(attributes, m))
        message = self._message or next(known, None)
        yield from self._at(
            self._topics(value, message),
            message,
            lambda place: on_place(place, value["Message"], attributes),
        )

    def _topics(self, value: dict[str, Any], message: Message | None) -> tuple[Place, ...]:
        if self._place is not None and kind_of(self._place).carries_events:
            self._not_an_event("it is a notification of SNS, and a bus takes events")
            return ()
        if self._place is not None:
            return (self._place,)
        topics = tuple(self._topology.topics.values())
        name = str(value.get("TopicArn", "")).rpartition(":")[2]
        named = tuple(topic for topic in topics if name and _named(topic, name))
        carrying = tuple(topic for topic in topics if message in topic.messages)
        found = named or carrying or topics
        if not found:
            self._not_an_event("it is a notification, and the file has no topic")
        return found

    def _payload(self, value: dict[str, Any]) -> Iterator[Input]:
        wrapped = self._in_envelope(value)
        message = self._message or wrapped or self._fitting(value)
        if message is None:
            return
        wrong = (
            payloads.violations(message.payload, value)
            if wrapped is None
            else _violations(message, value)
        )
        for violation in wrong:
            where = at(self._node, violation.path)
            self._say(f"it doesn't fit `{message.name}`: {violation}", where)
        if wrong:
            return
        places = (self._place,) if self._place else places_of(self._topology, message)
        if not places:
            self._not_an_event(f"`{message.name}` is published nowhere", "say where with `--to`")
        payload = value if wrapped is None else value["data"]
        event = None if wrapped is None else value
        yield from self._at(
            places,
            message,
            lambda place: published(self._links, place, message, payload, wrapped=event),
        )

    def _in_envelope(self, value: dict[str, Any]) -> Message | None:
        """Return the message of which a value is the CloudEvent; None: it is a bare payload."""
        known = [m for m in self._topology.messages.values() if m.envelope is not None]
        if not known:
            return None
        from msgc.runtime.cloudevents import is_event  # noqa: PLC0415  # few messages are any

        if not is_event(value):
            return None
        meant = known if self._message is None else [self._message]
        return next((m for m in meant if m.envelope and m.type == value["type"]), None)

    def _fitting(self, value: dict[str, Any]) -> Message | None:
        """Return the only message that a payload can be of."""
        messages = self._topology.messages.values()
        if "specversion" in value and any(message.envelope for message in messages):
            types = {message.type for message in messages if message.envelope}
            said = f"it is a CloudEvent of the type `{value.get('type')}`, which no message has"
            self._not_an_event(said, did_you_mean(str(value.get("type")), types))
            return None
        wrong = {message: payloads.violations(message.payload, value) for message in messages}
        fitting = [message for message, violations in wrong.items() if not violations]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = listing((f"`{message.name}`" for message in fitting), "and")
            self._not_an_event(f"it fits {names}", "say which it is with `--message`")
        elif wrong:
            told = [f"`{m.name}` ({violations[0]})" for m, violations in wrong.items()]
            more = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
            self._not_an_event(
                f"it fits no message: not {listing(told[:_TOLD], 'or')}{more}",
                "say which it is meant to be with `--message`, to see all that is wrong",
            )
        else:
            self._not_an_event("the file has no messages")
        return None

    def _at(
        self, places: tuple[Place, ...], message: Message | None, make: Callable[[Place], Parcel]
    ) -> Iterator[Input]:
        given = _put(places, message, make, self._node.span)
        self.diagnostics += given.diagnostics
        yield from given.value or ()

    def _say(self, text: str, node: Node) -> None:
        self.diagnostics.append(UNPUBLISHABLE.at(node.span, text))

    def _not_an_event(self, text: str, advice: str | None = None) -> None:
        self.diagnostics.append(NOT_AN_EVENT.at(self._node.span, text, help=advice))


def _violations(message: Message, sent: Any) -> tuple[payloads.Violation, ...]:
    """Return what is wrong with what is sent of a message, its envelope included."""
    if message.envelope is None:
        return payloads.violations(message.payload, sent)
    from msgc.runtime.cloudevents import opened  # noqa: PLC0415  # few messages have one
    from msgc.runtime.codec.violations import InvalidPayload  # noqa: PLC0415

    try:
        opened(sent, message.name)
    except InvalidPayload as error:
        return error.violations
    found = payloads.violations(message.payload, sent["data"])
    return tuple(payloads.Violation(("data", *each.path), each.message) for each in found)


_TOLD = 3
"""How many messages are told that a payload isn't."""
_OF_NOTIFICATIONS = frozenset({"Type", "TopicArn", "MessageAttributes"})


def _says(attributes: dict[str, dict[str, str]], message: Message) -> bool:
    """Whether attributes say that something is a message, by our attribute or by its own."""
    own = message.discriminator.attribute if message.discriminator is not None else None
    for name in ("message_type", own):
        if name is not None and name in attributes:
            return attributes[name].get("StringValue") == message.type
    return False


def _named(topic: Topic, name: str) -> bool:
    return name in {topic.physical_name, topic.name}


def _attributes(written: Any) -> dict[str, dict[str, str]]:
    """Return message attributes as boto3 takes them, from that or from SNS's envelope."""
    table = written if isinstance(written, dict) else {}
    found: dict[str, dict[str, str]] = {}
    for name, attribute in table.items():
        if isinstance(attribute, dict):
            kind = attribute.get("DataType", attribute.get("Type"))
            text = attribute.get("StringValue", attribute.get("Value"))
            if isinstance(kind, str) and isinstance(text, str):
                found[name] = {"DataType": kind, "StringValue": text}
    return found


def _beyond_floats(node: Node) -> Iterator[Scalar]:
    """Yield the numbers that are too large for one: what JSON has without quotes isn't text."""
    if isinstance(node, Scalar):
        if node.plain and isinstance(node.value, str):
            yield node
    else:
        below = node.items if isinstance(node, Sequence) else [v for _, v in node.items()]
        for child in below:
            yield from _beyond_floats(child)
