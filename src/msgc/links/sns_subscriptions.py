"""SNS subscriptions: all edges from one topic to one endpoint, joined into the one SNS allows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Literal, assert_never

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering import codes
from msgc.filtering.conditions import Condition
from msgc.filtering.filter_policies import compile_filters
from msgc.filtering.model import FilterPolicy
from msgc.filtering.traffic import Traffic
from msgc.kinds import Way
from msgc.links.edges import TopicEdge
from msgc.links.mechanisms import SnsSubscription
from msgc.links.model import Arrival
from msgc.record import Record, values_of
from msgc.topology import ids, names
from msgc.topology.deferred import deferred, spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Origin, Outside, Queue, Topic
from msgc.topology.graph import Graph
from msgc.topology.messages import Message
from msgc.topology.narrowing import identity, kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.settings import HttpPolicy, found_by, written_arn


class SnsSubscriptions(Record):
    """The subscriptions of all topics, and what their filters need as attributes."""

    subscriptions: tuple[SnsSubscription, ...]
    needs: dict[tuple[Topic, Message], dict[str, Condition]]
    """For each message of a topic the fields that some filter looks at, by attribute name."""


def sns_subscriptions(
    edges: tuple[TopicEdge, ...], traffic: dict[Topic, Traffic], diagnostics: list[Diagnostic]
) -> SnsSubscriptions:
    """Return the subscriptions of all topics, in the order of their first edges."""
    groups: dict[tuple[Topic, Hashable], tuple[End, list[Subscription]]] = {}
    for each in edges:
        group = (each.topic, identity(each.edge.target))
        groups.setdefault(group, (each.edge.target, []))[1].append(each.edge)
    found: list[SnsSubscription] = []
    needs: dict[tuple[Topic, Message], dict[str, Condition]] = {}
    for (topic, _), (target, members) in groups.items():
        joined = tuple(members)
        diagnostics += _mixed(joined)
        compiled = compile_filters(traffic[topic], joined, diagnostics)
        for field, messages in compiled.needs:
            for message in messages:
                needs.setdefault((topic, message), {}).setdefault(field.name, field)
        found.append(
            SnsSubscription(
                topic=topic,
                protocol=joined[0].delivery.protocol,
                target=target,
                edges=joined,
                policy=_policy_of_those_on(traffic[topic], joined, compiled.policy, diagnostics),
                raw=joined[0].raw,
                dead_letter=joined[0].dead_letter,
                http_policy=_http_policy(joined[0]),
                construct_id=f"{ids.stem(topic)}TopicTo{_words(joined[0])}Subscription",
            )
        )
    return SnsSubscriptions(subscriptions=tuple(found), needs=needs)


def _policy_of_those_on(
    traffic: Traffic,
    joined: tuple[Subscription, ...],
    policy: FilterPolicy | None,
    diagnostics: list[Diagnostic],
) -> FilterPolicy | None:
    """Return the policy of the edges that are switched on; which attributes are sent isn't theirs.

    `policy` is that of all of them. Its scope stays, as publishers send what that asks for.
    """
    on = tuple(edge for edge in joined if edge.enabled)
    if not on or len(on) == len(joined):
        return policy
    own = compile_filters(traffic, on, []).policy
    if own is not None and policy is not None and own.scope != policy.scope:
        off = next(edge for edge in joined if not edge.enabled)
        diagnostics.append(
            codes.MIXED_SUBSCRIPTIONS.at(
                off.place("enabled"),
                f"`{off.name}` and `{on[0].name}` share one SNS subscription, whose filter would"
                " be about something else without this one",
                help="write the same `filter_on` in both",
                labels=(Label(span=on[0].key, message=f"`{on[0].name}` is here"),),
            )
        )
    return own


def _words(edge: Subscription) -> str:
    """Return protocol and endpoint for a logical id: the endpoint as it was when first built.

    Of a URL the host is readable, of people's addresses nothing: templates are passed around. An
    endpoint that is an input has the input's name.
    """
    target = edge.target
    match target:
        case Outside():
            protocol = target.kind.ways[Way.SNS_SUBSCRIPTION].protocol
            given = _input(edge, target)
            if given is not None:
                return f"{names.pascal(protocol)}{names.pascal(given)}"
            text = _endpoint(edge, target)
            words = names.pascal(names.host(text).lower())[:100]
            return f"{names.pascal(protocol)}{words}{names.digest(text)}"
        case Consumer():
            return f"{names.pascal(target.built_as)}Function"
        case Queue() | Topic() | Bus():
            was = edge.endpoint_was
            stem = ids.stem(target) if was is None else names.pascal(was)
            return stem + names.pascal(kind_of(target).word)
        case _:
            assert_never(target)


def _input(edge: Subscription, target: Outside) -> str | None:
    """Return the name of the input that an endpoint is, or was."""
    was = edge.endpoint_was
    text = target.text or written_arn(target.address) if was is None else deferred(was)
    alone = None if text is None or isinstance(text, str) else text.alone
    return alone.name if alone is not None and alone.is_input else None


def _endpoint(edge: Subscription, target: Outside) -> str:
    """Return the endpoint as the file has or had it, which is one text for one endpoint."""
    if edge.endpoint_was is not None:
        return edge.endpoint_was
    return spelling(target.text) if target.text else found_by(target.address)


def _mixed(edges: tuple[Subscription, ...]) -> list[Diagnostic]:
    """Report the settings that edges of one subscription disagree on."""
    first = edges[0]
    found = []
    for edge in edges[1:]:
        options: tuple[tuple[str, Any, Any], ...] = (
            ("raw", first.raw, edge.raw),
            ("deploy", first.made_by, edge.made_by),
            ("dead_letter", first.dead_letter, edge.dead_letter),
            ("retry", _retry(first), _retry(edge)),
            ("delivery", _written(first.http_policy), _written(edge.http_policy)),
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


def _written(policy: HttpPolicy | None) -> dict[str, Any] | None:
    return None if policy is None else values_of(policy)


def _http_policy(edge: Subscription) -> HttpPolicy | None:
    """Return how SNS posts along an edge: as it says, or as its topic does; `retry` counts most."""
    if "delivery" not in edge.delivery.options:
        return None
    policy = edge.http_policy or _of_topic(edge.origin)
    attempts = edge.retry.attempts if edge.retry else None
    if attempts is None:
        return policy
    return (policy or HttpPolicy()).replace(num_retries=attempts)


def _of_topic(place: Origin) -> HttpPolicy | None:
    match place:
        case Topic(http_policy=policy):
            return policy
        case Queue() | Bus() | Stream() | Schedule():
            return None
        case _:
            assert_never(place)


def arrivals(
    edge: Subscription, traffic: Traffic, graph: Graph, *, in_queue: bool
) -> Iterator[Arrival]:
    """Yield what an edge out of a topic brings: payloads, with attributes or bare, and events.

    A queue gets SNS's envelope around them unless delivery is raw; a function's event has it.
    """
    topic = traffic.topic
    envelopes: tuple[Literal["sns"], ...] = ("sns",) if in_queue and not edge.raw else ()
    direct = tuple(
        m for m in edge.messages if m in traffic.messages or m not in traffic.event_messages
    )
    anything = edge.untyped and not edge.messages
    untyped = edge.untyped and (anything or topic.imported is not None)
    if traffic.pipes:
        direct = _both(direct, topic.messages)
    bare: tuple[Message, ...] = ()
    if traffic.bare_from and edge.filter_on != "attributes":
        with_type, without = graph.put_on(topic)
        bare = _both(direct, without)
        direct = tuple(m for m in direct if m in with_type or m not in without)
    if traffic.direct and (direct or untyped):
        yield Arrival(
            envelopes=envelopes,
            attributes=_with_attributes(topic, direct),
            messages=direct,
            untyped=untyped,
            edges=(edge,),
        )
    if bare:
        yield Arrival(
            envelopes=envelopes,
            attributes=False,
            messages=bare,
            untyped=False,
            edges=(edge,),
        )
    for into in graph.brought_to(topic):
        untyped = into.delivers_untyped
        passed = edge.messages if untyped else _both(edge.messages, into.delivered)
        unknown = edge.untyped and (anything or untyped)
        around: tuple[Literal["eventbridge"], ...] = ("eventbridge",) if into.brings_events else ()
        if passed or unknown:
            yield Arrival(
                envelopes=(*envelopes, *around),
                attributes=False,
                messages=passed,
                untyped=unknown,
                edges=(edge, into),
            )


def _with_attributes(topic: Topic, messages: tuple[Message, ...]) -> bool:
    """Whether `message_type` comes along.

    Generated publishers send it. Of an imported topic we can't know; one with several types has
    to, since nothing else would tell them apart.
    """
    return bool(topic.messages) if topic.imported is None else len(messages) > 1


def _both(one: tuple[Message, ...], other: tuple[Message, ...]) -> tuple[Message, ...]:
    known = frozenset(other)
    return tuple(message for message in one if message in known)
