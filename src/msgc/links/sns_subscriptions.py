"""Topic subscriptions: all edges from one topic to one endpoint, joined into the one SNS allows."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any
from zlib import crc32

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering import codes
from msgc.filtering.fields import Condition
from msgc.filtering.policies import compile_filters
from msgc.filtering.traffic import Traffic
from msgc.links.model import SnsSubscription
from msgc.record import Record
from msgc.topology import names
from msgc.topology.edges import Subscription
from msgc.topology.ends import Message, Outside, Target, Topic, kind_of
from msgc.topology.model import Topology
from msgc.topology.values import ByArn, Provided


class Subscribers(Record):
    """The subscriptions of all topics, and what their filters need as attributes."""

    subscriptions: tuple[SnsSubscription, ...]
    needs: dict[tuple[Topic, Message], dict[str, Condition]]
    """For each message of a topic the fields that some filter looks at, by attribute name."""


def subscribers(
    topology: Topology, traffic: dict[Topic, Traffic], diagnostics: list[Diagnostic]
) -> Subscribers:
    """Return the subscriptions of all topics, in the order of their first edges."""
    groups: dict[tuple[Topic, Hashable], tuple[Target, list[Subscription]]] = {}
    for edge in topology.subscriptions.values():
        if isinstance(edge.origin, Topic) and kind_of(edge.target).by_topic is not None:
            group = (edge.origin, _identity(edge.target))
            groups.setdefault(group, (edge.target, []))[1].append(edge)
    found: list[SnsSubscription] = []
    needs: dict[tuple[Topic, Message], dict[str, Condition]] = {}
    for (topic, _), (target, members) in groups.items():
        edges = tuple(members)
        diagnostics += _mixed(edges)
        compiled = compile_filters(traffic[topic], edges, diagnostics)
        for field, messages in compiled.needs:
            for message in messages:
                needs.setdefault((topic, message), {}).setdefault(field.name, field)
        found.append(
            SnsSubscription(
                topic=topic,
                protocol=_protocol(target),
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


def _protocol(target: Target) -> str:
    by_topic = kind_of(target).by_topic
    assert by_topic is not None  # noqa: S101  # as `resolve` has seen
    return by_topic.protocol


def _identity(target: Target) -> Hashable:
    """Return what makes two endpoints the same to SNS."""
    if isinstance(target, Outside):
        return target.kind.word, target.text, _address(target)
    return target


def _words(target: Target) -> str:
    """Return protocol and endpoint for a logical id.

    Of a URL the host is readable, of people's addresses nothing: templates are passed around.
    """
    if not isinstance(target, Outside):
        return names.pascal(target.name) + names.pascal(
            _WORDS.get(kind_of(target).word, kind_of(target).word)
        )
    text = target.text or _address(target)
    host = re.match(r"\w+://([^/?#:]*)", text)
    words = names.pascal(host[1].lower())[:100] if host else ""
    return f"{names.pascal(_protocol(target))}{words}{_digest(text)}"


_WORDS = {"consumer": "function"}
"""What an end is called in an id, where it isn't its word."""


def _address(target: Outside) -> str:
    match target.address:
        case ByArn(arn=arn):
            return arn
        case Provided(argument=argument):
            return argument
        case None:
            return ""


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
