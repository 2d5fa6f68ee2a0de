"""Choose the scope of a filter policy: attributes where they can answer it, else the body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgc.diagnostics import Diagnostic, Label
from msgc.filtering import codes
from msgc.filtering.conditions import conditions, flattened, obstacle
from msgc.filtering.foreign_types import foreign_in, is_promised, untold_by_field
from msgc.filtering.traffic import Clause, Traffic
from msgc.record import Record
from msgc.topology.edges import Subscription

FIELDS = 4
"""Keys of a policy, without the one for the type."""


class Obstacle(Record):
    """Why attributes can't answer a filter; `hard` if the user can't overrule it either."""

    edge: Subscription
    why: str
    hard: bool
    advice: str | None = None


def decide(
    traffic: Traffic,
    clauses: list[Clause],
    edges: tuple[Subscription, ...],
    diagnostics: list[Diagnostic],
) -> tuple[Literal["attributes", "body"] | None, Obstacle | None]:
    """Return the scope of a policy, and why it isn't attributes; None if `filter_on` can't be."""
    by_hand = [edge for edge in edges if edge.filter_on is not None]
    other = next((e for e in by_hand if e.filter_on != by_hand[0].filter_on), None)
    if other is not None:
        first = by_hand[0]
        diagnostics.append(
            codes.MIXED_SUBSCRIPTIONS.at(
                other.place("filter_on"),
                f"`{first.name}` and `{other.name}` share one SNS subscription, "
                "but filter on different things",
                help="write the same `filter_on` in both",
                labels=(Label(span=first.place("filter_on"), message=f"`{first.filter_on}` here"),),
            )
        )
        return None, None
    found = next(_obstacles(traffic, clauses), None)
    named = next((c for c in clauses if foreign_in(c) is not None), None)
    if named is not None:
        return _only_on_attributes(named, found, by_hand, diagnostics), None
    if not by_hand:
        return ("attributes" if found is None else "body"), found
    if by_hand[0].filter_on == "body":
        why = "`filter_on: body` says where to look"
        if found is not None:
            why = f"{why}, and {found.why}"
        advice = found.advice if found else "write `filter_on: attributes`: those name the type"
        return "body", Obstacle(edge=by_hand[0], why=why, hard=False, advice=advice)
    if found is not None and found.hard:
        diagnostics.append(
            codes.NOT_ON_ATTRIBUTES.at(
                by_hand[0].place("filter_on"),
                f"the filter of `{found.edge.name}` can't be about attributes: {found.why}",
                help="write `filter_on: body`",
            )
        )
        return None, None
    return "attributes", None


def _only_on_attributes(
    clause: Clause,
    found: Obstacle | None,
    by_hand: list[Subscription],
    diagnostics: list[Diagnostic],
) -> Literal["attributes"] | None:
    """Return the scope of a filter on an attribute that isn't in the payload, or report it."""
    edge, name = clause.edges[0], foreign_in(clause)
    why = f"`{name}` is an attribute that isn't in the payload"
    if by_hand and by_hand[0].filter_on == "body":
        diagnostics.append(
            codes.NOT_ON_ATTRIBUTES.at(
                by_hand[0].place("filter_on"),
                f"the filter of `{edge.name}` can't be about the body: {why}",
                help="take `filter_on` away",
            )
        )
        return None
    if found is not None and found.hard:
        diagnostics.append(
            codes.NOT_ON_ATTRIBUTES.at(
                found.edge.place("filter"),
                f"the filter of `{edge.name}` has to be about attributes, since {why}; and it can't"
                f" be: {found.why}",
                help=f"take `{name}` out of the filter, or what stands against attributes",
            )
        )
        return None
    return "attributes"


def _obstacles(traffic: Traffic, clauses: list[Clause]) -> Iterator[Obstacle]:
    """Yield the reasons against attributes, the hard ones first."""
    first = clauses[0].edges[0]
    topic = traffic.topic
    if traffic.events:
        why = f"rules put events on `{topic.name}`, and those have no attributes"
        yield Obstacle(edge=first, why=why, hard=True)
    if traffic.pipes:
        who = traffic.pipes[0].name
        why = f"`{who}` puts payloads on `{topic.name}`, and those have no attributes"
        yield Obstacle(edge=first, why=why, hard=True)
    names: dict[str, Subscription] = {}
    for clause in clauses:
        edge = clause.edges[0]
        for field in conditions(clause.filter):
            names.setdefault(field.name, edge)
            if (why_not := obstacle(field, clause.order or topic.messages)) is not None:
                yield Obstacle(edge=edge, why=why_not, hard=True)
        if flattened(clause.filter) is None:
            why = "its `$or`s at several depths can't be told in one"
            yield Obstacle(edge=edge, why=why, hard=True)
    if len(names) > FIELDS:
        edge = list(names.values())[FIELDS]
        why = f"more than {FIELDS} fields beside the type are looked at"
        yield Obstacle(edge=edge, why=why, hard=True)
    yield from _unknown_publishers(traffic, clauses, first)
    yield from _unsent(traffic, clauses)
    for clause in clauses:
        if clause.filter and any(edge.untyped for edge in clause.edges):
            why = "it takes messages of any type"
            yield Obstacle(edge=clause.edges[0], why=why, hard=False)


def _unknown_publishers(
    traffic: Traffic, clauses: list[Clause], first: Subscription
) -> Iterator[Obstacle]:
    """Yield who may publish without attributes; a user who knows better can overrule it."""
    if not all(is_promised(clause, traffic) for clause in clauses):
        yield from _strangers(traffic, first)
    if not all(_tells_type_alone(clause, traffic) for clause in clauses):
        yield from _bare(traffic, first)


def _strangers(traffic: Traffic, first: Subscription) -> Iterator[Obstacle]:
    """Yield others who publish what isn't known to have attributes."""
    topic = traffic.topic
    if topic.elsewhere is not None:
        unknown = topic.elsewhere.sent().unknown
        if unknown is not None:
            why = f"`{topic.name}` belongs to `{topic.elsewhere.service}`, and {unknown}"
            advice = "if all of them send `message_type`, write `filter_on: attributes`"
            yield Obstacle(edge=first, why=why, hard=False, advice=advice)
    elif topic.imported is not None:
        why = f"`{topic.name}` is imported: what its publishers send isn't known here"
        advice = "if they send `message_type`, write `filter_on: attributes`"
        yield Obstacle(edge=first, why=why, hard=False, advice=advice)
    elif topic.others_publish:
        word = "allow" if topic.allowed.publish else "external"
        why = f"others publish to `{topic.name}` (`{word}`): what they send isn't known here"
        advice = "if they send `message_type`, write `filter_on: attributes`"
        yield Obstacle(edge=first, why=why, hard=False, advice=advice)


def _tells_type_alone(clause: Clause, traffic: Traffic) -> bool:
    """Whether a clause asks for nothing but the type, in an attribute that strangers send."""
    return not clause.filter and is_promised(clause, traffic)


def _bare(traffic: Traffic, first: Subscription) -> Iterator[Obstacle]:
    """Yield who publishes without attributes."""
    if traffic.bare_from:
        first_bare = traffic.bare_from[0]
        who = first_bare.name
        why = (
            f"`{who}` publishes by code of its own (`stubs: false`), which sends no attributes"
            if first_bare.outsider is None
            else f"`{who}` is outside of this service, and sends no attributes"
        )
        advice = f"if `{who}` sends `message_type` all the same, write `filter_on: attributes`"
        yield Obstacle(edge=first, why=why, hard=False, advice=advice)


def _unsent(traffic: Traffic, clauses: list[Clause]) -> Iterator[Obstacle]:
    """Yield fields that the service of a topic doesn't send as attributes: its own code decides."""
    elsewhere = traffic.topic.elsewhere
    if elsewhere is None or elsewhere.sent().unknown is not None:
        return
    sent = elsewhere.sent().attributes
    for clause in clauses:
        for field in conditions(clause.filter):
            for message in clause.order or traffic.messages:
                if message.type in elsewhere.types and field.name not in sent.get(message.type, {}):
                    why = f"`{elsewhere.service}` sends no attribute `{field.name}` with it"
                    advice = f"have it send that: `attributes: [{field.name}]` on the message there"
                    yield Obstacle(edge=clause.edges[0], why=why, hard=True, advice=advice)


def no_type(traffic: Traffic, clause: Clause, why: Obstacle | None) -> Diagnostic:
    """Report edges that take some types of a topic, with a filter that can't see the type."""
    edge = next((e for e in clause.edges if e.messages), clause.edges[0])
    taken = ", ".join(f"`{m.name}`" for m in edge.messages)
    reason = "the body doesn't name the type"
    labels: tuple[Label, ...] = ()
    if why is not None and why.edge in clause.edges:
        reason = f"{why.why}, and {reason}"
    elif why is not None:
        reason = f"it shares an SNS subscription with `{why.edge.name}`, and {reason}"
        labels = (Label(span=why.edge.place("filter"), message=why.why),)
    said, others = untold_by_field(traffic, clause)
    if others:
        bare = ", ".join(f"`{message.name}`" for message in others)
        reason += f" of {bare}"
        told = f"give {bare} {said}"
    else:
        told = "say which field tells the type: `discriminator: {field: ...}`"
    advice = (
        f"take all messages of `{traffic.topic.name}`, give {taken} a topic of its own, or {told}"
    )
    if why is not None and why.advice is not None:
        advice = f"{why.advice}; or {advice}"
    return codes.NO_TYPE_TO_FILTER_ON.at(
        edge.place("messages"),
        f"`{edge.name}` can't be narrowed to {taken}: {reason}",
        help=advice,
        labels=labels,
    )
