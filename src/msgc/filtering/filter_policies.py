"""Compile the filters of a subscription's edges into one SNS filter policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering.conditions import Condition, conditions, flattened
from msgc.filtering.foreign_topics import broken_owner
from msgc.filtering.foreign_types import narrowed, told_by_field, type_attribute
from msgc.filtering.model import FilterPolicy, Share
from msgc.filtering.on_wire import only_events, wire_filters
from msgc.filtering.rounding import rounding
from msgc.filtering.scopes import Obstacle, decide, no_type
from msgc.filtering.traffic import Clause, Traffic, clauses_of
from msgc.patterns import SNS_ATTRIBUTES, SNS_BODY, check_size
from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.messages import Message

NO_EVENT: dict[str, Any] = {"detail-type": [{"exists": False}]}
"""What tells a payload from an event, on a topic that gets both."""


_ONE_ENDPOINT = (
    "SNS has one subscription a topic and endpoint, so edges to one endpoint share a policy: give"
    " some of them a queue of their own"
)


class Compiled(Record):
    """A filter policy (None: everything passes), and the attributes that publishers send for it."""

    policy: FilterPolicy | None
    needs: tuple[tuple[Condition, tuple[Message, ...]], ...] = ()
    """Fields that go as attributes, each with the messages that it is looked at in."""


def compile_filters(
    traffic: Traffic, edges: tuple[Subscription, ...], diagnostics: list[Diagnostic]
) -> Compiled:
    """Return the filter policy of the edges from one topic to one endpoint."""
    clauses = clauses_of(traffic, edges)
    if any(clause.everything and not clause.filter for clause in clauses):
        return Compiled(policy=None)
    if (broken := broken_owner(traffic.topic)) is not None:
        diagnostics.append(broken)
        return Compiled(policy=None)
    scope, why = decide(traffic, clauses, edges, diagnostics)
    if scope is None:
        return Compiled(policy=None)
    if scope == "body":
        policy = _on_body(traffic, clauses, why, diagnostics)
        if policy is not None:
            diagnostics += _too_big(policy, edges)
        return Compiled(policy=policy)
    needs = tuple(
        (field, clause.order or traffic.messages)
        for clause in clauses
        for field in conditions(clause.filter)
    )
    for clause in clauses:
        diagnostics += rounding(clause, clause.order or traffic.messages)
    shares = [Share(edges=c.edges, policies=(_on_attributes(c),)) for c in clauses]
    policy = FilterPolicy(scope="MessageAttributes", shares=tuple(shares))
    diagnostics += _too_big(policy, edges)
    return Compiled(policy=policy, needs=needs)


def _too_big(policy: FilterPolicy, edges: tuple[Subscription, ...]) -> Iterator[Diagnostic]:
    first, *others = edges
    labels = tuple(
        Label(span=edge.place("filter"), message="joined into one policy with this")
        for edge in others
    )
    dialect = SNS_ATTRIBUTES if policy.scope == "MessageAttributes" else SNS_BODY
    for diagnostic in check_size(policy.policy, dialect, first.place("filter")):
        if others:
            help_ = f"{_ONE_ENDPOINT}; {diagnostic.help}"
            yield diagnostic.replace(labels=labels, help=help_)
        else:
            yield diagnostic


def _on_attributes(clause: Clause) -> dict[str, Any]:
    types = (
        {} if clause.everything else {type_attribute(clause.order): [m.type for m in clause.order]}
    )
    return {**types, **(flattened(clause.filter) or {})}


def _on_body(
    traffic: Traffic,
    clauses: list[Clause],
    why: Obstacle | None,
    diagnostics: list[Diagnostic],
) -> FilterPolicy | None:
    shares: list[Share] = []
    for clause in clauses:
        whole = _direct_as_a_whole(traffic, clause)
        if traffic.direct and not whole and not told_by_field(traffic, clause):
            diagnostics.append(no_type(traffic, clause, why))
            return None
        shares.append(Share(edges=clause.edges, policies=_body_clauses(traffic, clause)))
    return FilterPolicy(scope="MessageBody", shares=tuple(shares))


def _direct_as_a_whole(traffic: Traffic, clause: Clause) -> bool:
    """Whether a clause takes payloads of all types or of none, and needn't ask for a type."""
    return (
        clause.everything
        or not traffic.narrowed(clause.messages)
        or (traffic.events and clause.messages.isdisjoint(traffic.messages))
    )


def _body_clauses(traffic: Traffic, clause: Clause) -> tuple[dict[str, Any], ...]:
    """Return a policy for the payloads and one for the events, as far as the topic gets them."""
    found: list[dict[str, Any]] = []
    order = clause.order or (*traffic.messages, *traffic.event_messages)
    filters = wire_filters(clause.filter, order)
    payloads = traffic.direct and (clause.everything or not traffic.narrowed(clause.messages))
    if traffic.direct and not _direct_as_a_whole(traffic, clause):
        types = [m.type for m in clause.order if m in traffic.messages or not traffic.events]
        path = told_by_field(traffic, clause)
        filters = tuple(narrowed(filter_, path, types) for filter_ in filters)
        if path == ("type",) and any(m.envelope is None for m in traffic.messages):
            filters = tuple({**only_events(clause.order), **filter_} for filter_ in filters)
        payloads = True
    if payloads:
        found += ({**NO_EVENT, **each} if traffic.events else each for each in filters)
    if traffic.events:
        policy: dict[str, Any] = {}
        if not clause.everything and traffic.narrowed_events(clause.messages):
            types = [m.type for m in clause.order if _by_event(traffic, m)]
            policy["detail-type"] = list(dict.fromkeys(types))
        elif traffic.direct:
            policy["detail-type"] = [{"exists": True}]
        if policy.get("detail-type") != []:
            found += _about_details(policy, clause.filter, order)
    return tuple(found)


def _about_details(
    policy: dict[str, Any], filter_: dict[str, Any], messages: tuple[Message, ...]
) -> list[dict[str, Any]]:
    """Return a policy about events with a filter about their details, if there is one."""
    if not filter_:
        return [policy]
    return [{**policy, "detail": each} for each in wire_filters(filter_, messages)]


def _by_event(traffic: Traffic, message: Message) -> bool:
    return message in traffic.event_messages or traffic.event_untyped
