"""Topic subscriptions: all edges from one topic to one endpoint, joined into the one SNS allows."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any, Literal
from zlib import crc32

from msgc.delivery import codes
from msgc.delivery.fields import Condition
from msgc.delivery.filters import compile_filters
from msgc.delivery.plan import TopicSubscription
from msgc.delivery.traffic import Traffic
from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.topology import names
from msgc.topology.model import (
    Consumer,
    Email,
    HttpEndpoint,
    Message,
    Queue,
    Sms,
    Subscription,
    Topic,
    Topology,
)

Endpoint = Queue | Consumer | HttpEndpoint | Email | Sms
Protocol = Literal["sqs", "lambda", "https", "http", "email", "email-json", "sms"]


class Subscribers(Record):
    """The subscriptions of all topics, and what their filters need as attributes."""

    subscriptions: tuple[TopicSubscription, ...]
    needs: dict[tuple[Topic, Message], dict[str, Condition]]
    """For each message of a topic the fields that some filter looks at, by attribute name."""


def subscribers(
    topology: Topology, traffic: dict[Topic, Traffic], diagnostics: list[Diagnostic]
) -> Subscribers:
    """Return the subscriptions of all topics, in the order of their first edges."""
    groups: dict[tuple[Topic, Hashable], tuple[Endpoint, list[Subscription]]] = {}
    for edge in topology.subscriptions.values():
        if isinstance(edge.origin, Topic) and isinstance(edge.target, Endpoint):
            group = (edge.origin, _identity(edge.target))
            groups.setdefault(group, (edge.target, []))[1].append(edge)
    found: list[TopicSubscription] = []
    needs: dict[tuple[Topic, Message], dict[str, Condition]] = {}
    for (topic, _), (target, members) in groups.items():
        edges = tuple(members)
        diagnostics += _mixed(edges)
        compiled = compile_filters(traffic[topic], edges, diagnostics)
        for field, messages in compiled.needs:
            for message in messages:
                needs.setdefault((topic, message), {}).setdefault(field.name, field)
        found.append(
            TopicSubscription(
                topic=topic,
                protocol=protocol(target),
                target=target,
                edges=edges,
                policy=compiled.policy,
                raw=edges[0].raw,
                dead_letter=edges[0].dead_letter,
                retry=edges[0].retry,
                construct_id=f"{names.pascal(topic.name)}TopicTo{_words(target)}Subscription",
            )
        )
    return Subscribers(subscriptions=tuple(found), needs=needs)


def protocol(target: Endpoint) -> Protocol:
    """Return SNS's word for a kind of endpoint."""
    match target:
        case Queue():
            return "sqs"
        case Consumer():
            return "lambda"
        case HttpEndpoint(url=url):
            return "https" if url.lower().startswith("https:") else "http"
        case Email(json=json):
            return "email-json" if json else "email"
        case Sms():
            return "sms"


def _identity(target: Endpoint) -> Hashable:
    """Return what makes two endpoints the same to SNS."""
    match target:
        case HttpEndpoint(url=url):
            return url
        case Email(address=address, json=json):
            return address, json
        case Sms(number=number):
            return "sms", number
        case _:
            return target


def _words(target: Endpoint) -> str:
    """Return protocol and endpoint for a logical id.

    Of a URL the host is readable, of people's addresses nothing: templates are passed around.
    """
    match target:
        case Queue(name=name):
            return f"{names.pascal(name)}Queue"
        case Consumer(name=name):
            return f"{names.pascal(name)}Function"
        case HttpEndpoint(url=url):
            host = re.match(r"\w+://([^/?#:]*)", url)
            words = names.pascal(host[1].lower())[:100] if host else ""
            return f"{protocol(target).capitalize()}{words}{_digest(url)}"
        case Email(address=address):
            return f"{names.pascal(protocol(target))}{_digest(address)}"
        case Sms(number=number):
            return f"Sms{_digest(number)}"


def _digest(text: str) -> str:
    """Return eight characters that stand for a text, the same in every run."""
    return f"{crc32(text.encode()):08X}"


def _mixed(edges: tuple[Subscription, ...]) -> list[Diagnostic]:
    """Report the settings that edges of one subscription disagree on."""
    first = edges[0]
    found = []
    for edge in edges[1:]:
        options: tuple[tuple[str, Any, Any], ...] = (
            ("raw", first.raw, edge.raw),
            ("dead_letter", first.dead_letter, edge.dead_letter),
            ("retry", _retry(first), _retry(edge)),
        )
        found += [
            codes.MIXED_SUBSCRIPTIONS.at(
                edge.place(option),
                f"`{first.name}` and `{edge.name}` share one SNS subscription, "
                f"but differ in `{option}`",
                help=f"write the same `{option}` in both",
                labels=(Label(span=first.place(option), message=f"`{first.name}` is here"),),
            )
            for option, one, other in options
            if one != other
        ]
    return found


def _retry(edge: Subscription) -> tuple[int | None, int | None] | None:
    return (edge.retry.attempts, edge.retry.max_age) if edge.retry else None
