"""The records of queues and streams, as the placeholders of pipes see them."""

from __future__ import annotations

from typing import assert_never

from msgc.filtering.edge_filter import event_object, event_shape
from msgc.filtering.on_wire import wire_shape
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Field,
    MapShape,
    NumberShape,
    ObjectShape,
    Shape,
    StringShape,
)
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.origins import Schedule, Stream

_TEXT = StringShape()


def records(edge: Subscription, *, body_is_event: bool) -> tuple[ObjectShape, ...]:
    """Return the record that a pipe hands on, for each type of message; or what was answered."""
    if edge.enrich is not None:
        return tuple(wire_shape(message) for message in edge.answered)
    match edge.origin:
        case Queue():
            return tuple(_of_queue(edge.key, body) for body in _bodies(edge, events=body_is_event))
        case Stream(service="kinesis"):
            return tuple(_of_kinesis(edge.key, body) for body in _bodies(edge, events=False))
        case Stream():
            return (_of_table(edge.key),)
        case Topic() | Bus() | Schedule():
            return ()
        case _:
            assert_never(edge.origin)


def is_guessed(edge: Subscription) -> bool:
    """Whether the file doesn't say all that is in the records: a table's items are its own."""
    if edge.enrich is not None:
        return not edge.answered
    match edge.origin:
        case Stream(service="dynamodb"):
            return True
        case Queue() | Stream():
            return edge.untyped
        case Topic() | Bus() | Schedule():
            return False
        case _:
            assert_never(edge.origin)


def _bodies(edge: Subscription, *, events: bool) -> list[Shape]:
    found: list[Shape] = [
        event_shape(message) if events else wire_shape(message) for message in edge.messages
    ]
    if edge.untyped:
        anything = MapShape(values=AnyShape())
        event = event_object(edge.key, type_=_TEXT, source=_TEXT, detail=anything)
        found.append(event if events else anything)
    return found


def _of_queue(span: Span, body: Shape) -> ObjectShape:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html."""
    return _object(
        span,
        "Record",
        messageId=_TEXT,
        receiptHandle=_TEXT,
        body=body,
        attributes=MapShape(values=_TEXT),
        messageAttributes=MapShape(values=AnyShape()),
        md5OfBody=_TEXT,
        eventSource=_TEXT,
        eventSourceARN=_TEXT,
        awsRegion=_TEXT,
    )


def _of_kinesis(span: Span, data: Shape) -> ObjectShape:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-kinesis.html."""
    return _object(
        span,
        "Record",
        kinesisSchemaVersion=_TEXT,
        partitionKey=_TEXT,
        sequenceNumber=_TEXT,
        data=data,
        approximateArrivalTimestamp=NumberShape(),
        eventSource=_TEXT,
        eventVersion=_TEXT,
        eventID=_TEXT,
        eventName=_TEXT,
        invokeIdentityArn=_TEXT,
        awsRegion=_TEXT,
        eventSourceARN=_TEXT,
    )


def _of_table(span: Span) -> ObjectShape:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html."""
    values = MapShape(values=_attribute_value(span))
    change = _object(
        span,
        "StreamRecord",
        ApproximateCreationDateTime=NumberShape(),
        Keys=values,
        NewImage=values,
        OldImage=values,
        SequenceNumber=_TEXT,
        SizeBytes=NumberShape(integer=True),
        StreamViewType=_TEXT,
    )
    return _object(
        span,
        "Record",
        eventID=_TEXT,
        eventName=StringShape(enum=("INSERT", "MODIFY", "REMOVE")),
        eventVersion=_TEXT,
        eventSource=_TEXT,
        awsRegion=_TEXT,
        dynamodb=change,
        eventSourceARN=_TEXT,
    )


def _attribute_value(span: Span) -> Shape:
    """Return the shape of a value in a table, which says its type; what is in it is any."""
    anything = AnyShape()
    return _object(
        span,
        "AttributeValue",
        S=_TEXT,
        N=_TEXT,
        B=_TEXT,
        BOOL=BooleanShape(),
        NULL=BooleanShape(),
        M=MapShape(values=anything),
        L=ArrayShape(items=anything),
        SS=ArrayShape(items=_TEXT),
        NS=ArrayShape(items=_TEXT),
        BS=ArrayShape(items=_TEXT),
    )


def _object(span: Span, name: str, **shapes: Shape) -> ObjectShape:
    fields = tuple(
        Field(wire=wire, python=wire, shape=shape, required=True, span=span)
        for wire, shape in shapes.items()
    )
    return ObjectShape(name=name, fields=fields, closed=True, span=span)
