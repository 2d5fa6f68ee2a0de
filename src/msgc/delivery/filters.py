"""SNS filter policies: the edges of one subscription compiled, and the scope that can say them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgc.delivery import codes
from msgc.delivery.fields import TYPE_ATTRIBUTE, Condition, conditions, obstacle
from msgc.delivery.plan import FilterPolicy
from msgc.diagnostics import Diagnostic, Label
from msgc.patterns import SNS_ATTRIBUTES, SNS_BODY, check_size
from msgc.record import Record
from msgc.topology.graph import Graph
from msgc.topology.model import Bus, Message, Subscription, Topic

FIELDS = 4
"""Keys of a policy, without the one for the type."""

NO_EVENT: dict[str, Any] = {"detail-type": [{"exists": False}]}
"""What tells a payload from an event, on a topic that gets both."""


class Traffic(Record):
    """What passes a topic: payloads that were published to it, and events that rules put there."""

    topic: Topic
    direct: bool
    messages: tuple[Message, ...]
    """The types of the payloads."""
    events: bool
    event_messages: tuple[Message, ...]
    event_untyped: bool

    @classmethod
    def of(cls, topic: Topic, graph: Graph) -> Traffic:
        """Return what passes a topic."""
        rules = [e for e in graph.subscriptions_to(topic) if isinstance(e.origin, Bus)]
        return cls(
            topic=topic,
            direct=bool(topic.messages) or topic.imported is not None or not rules,
            messages=topic.messages,
            events=bool(rules),
            event_messages=tuple(dict.fromkeys(m for rule in rules for m in rule.messages)),
            event_untyped=any(rule.untyped for rule in rules),
        )

    def narrowed(self, messages: frozenset[Message]) -> bool:
        """Whether these types are fewer than those published to the topic."""
        return not messages.issuperset(self.messages)

    def narrowed_events(self, messages: frozenset[Message]) -> bool:
        """Whether these types are fewer than those of the events."""
        return self.event_untyped or not messages.issuperset(self.event_messages)


class Clause(Record):
    """Edges with one filter: what they let through of each type."""

    edges: tuple[Subscription, ...]
    messages: frozenset[Message]
    everything: bool
    """No type is left out."""
    filter: dict[str, Any]

    @property
    def order(self) -> tuple[Message, ...]:
        """The types in the order of the file."""
        return tuple(dict.fromkeys(m for edge in self.edges for m in edge.messages))


class Compiled(Record):
    """A policy, or none where everything passes, and what publishers have to send for it."""

    policy: FilterPolicy | None
    needs: tuple[tuple[Condition, tuple[Message, ...]], ...] = ()
    """Fields that go as attributes, each with the messages that it is looked at in."""


def compile_filters(
    traffic: Traffic, edges: tuple[Subscription, ...], diagnostics: list[Diagnostic]
) -> Compiled:
    """Return the one policy of edges that go from one topic to one endpoint."""
    clauses = _clauses(traffic, edges)
    if any(clause.everything and not clause.filter for clause in clauses):
        return Compiled(policy=None)
    scope, obstacle_ = _scope(traffic, clauses, edges, diagnostics)
    if scope is None:
        return Compiled(policy=None)
    if scope == "body":
        policy = _on_body(traffic, clauses, obstacle_, diagnostics)
        if policy is not None:
            diagnostics += _too_big(policy, edges)
        return Compiled(policy=policy)
    needs = tuple(
        (field, clause.order or traffic.messages)
        for clause in clauses
        for field in conditions(clause.filter)
    )
    policies = [_on_attributes(clause) for clause in clauses]
    policy = FilterPolicy(scope="MessageAttributes", policy=either(policies))
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
        yield diagnostic.replace(labels=labels)


def either(policies: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the policy that matches what one of these matches."""
    return policies[0] if len(policies) == 1 else {"$or": policies}


def _clauses(traffic: Traffic, edges: tuple[Subscription, ...]) -> list[Clause]:
    """Join edges that differ in nothing but the types they take."""
    groups: list[tuple[dict[str, Any], list[Subscription]]] = []
    for edge in edges:
        wanted = edge.filter or {}
        for filter_, members in groups:
            if filter_ == wanted and repr(filter_) == repr(wanted):  # True is not 1 here
                members.append(edge)
                break
        else:
            groups.append((wanted, [edge]))
    clauses = []
    for filter_, members in groups:
        messages = frozenset(m for edge in members for m in edge.messages)
        everything = any(edge.untyped for edge in members) or not (
            (traffic.direct and traffic.narrowed(messages))
            or (traffic.events and traffic.narrowed_events(messages))
        )
        clauses.append(
            Clause(edges=tuple(members), messages=messages, everything=everything, filter=filter_)
        )
    return clauses


class _Obstacle(Record):
    """Why attributes can't say it; `hard` if not even the user can decide otherwise."""

    edge: Subscription
    why: str
    hard: bool
    advice: str | None = None


def _scope(
    traffic: Traffic,
    clauses: list[Clause],
    edges: tuple[Subscription, ...],
    diagnostics: list[Diagnostic],
) -> tuple[Literal["attributes", "body"] | None, _Obstacle | None]:
    """Decide which scope the policy has, and why it isn't attributes."""
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
    if not by_hand:
        return ("attributes" if found is None else "body"), found
    if by_hand[0].filter_on == "body":
        advice = "take `filter_on: body` away"
        why = "`filter_on: body` says where to look"
        return "body", _Obstacle(edge=by_hand[0], why=why, hard=False, advice=advice)
    if found is not None and found.hard:
        diagnostics.append(
            codes.NOT_ON_ATTRIBUTES.at(
                by_hand[0].place("filter_on"),
                f"the filter of `{found.edge.name}` can't be about attributes: {found.why}",
                help="take `filter_on` away, or write `filter_on: body`",
            )
        )
        return None, None
    return "attributes", None


def _obstacles(traffic: Traffic, clauses: list[Clause]) -> Iterator[_Obstacle]:
    """Yield the reasons against attributes, those that nobody can overrule before others."""
    first = clauses[0].edges[0]
    topic = traffic.topic
    if traffic.events:
        why = f"rules put events on `{topic.name}`, and those have no attributes"
        yield _Obstacle(edge=first, why=why, hard=True)
    names: dict[str, Subscription] = {}
    for clause in clauses:
        edge = clause.edges[0]
        for field in conditions(clause.filter):
            names.setdefault(field.name, edge)
            if (why_not := obstacle(field, clause.order or topic.messages)) is not None:
                yield _Obstacle(edge=edge, why=why_not, hard=True)
        if _flat(clause.filter) is None:
            why = "its `$or`s at several depths can't be told in one"
            yield _Obstacle(edge=edge, why=why, hard=True)
    if len(names) > FIELDS:
        edge = list(names.values())[FIELDS]
        why = f"more than {FIELDS} fields beside the type are looked at"
        yield _Obstacle(edge=edge, why=why, hard=True)
    if topic.imported is not None:
        why = f"`{topic.name}` is imported: what its publishers send isn't known here"
        advice = "if they send `message_type`, write `filter_on: attributes`"
        yield _Obstacle(edge=first, why=why, hard=False, advice=advice)
    for clause in clauses:
        if clause.filter and any(edge.untyped for edge in clause.edges):
            why = "it takes messages of any type"
            yield _Obstacle(edge=clause.edges[0], why=why, hard=False)


def _on_attributes(clause: Clause) -> dict[str, Any]:
    types = {} if clause.everything else {TYPE_ATTRIBUTE: [m.type for m in clause.order]}
    return {**types, **(_flat(clause.filter) or {})}


def _flat(
    pattern: dict[str, Any], prefix: str = "", into: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Return a filter with dotted names for nested fields and texts for booleans.

    None if two parts of it would get one name: attributes are one level, so their `$or` is too.
    """
    flat = {} if into is None else into
    for key, value in pattern.items():
        if isinstance(value, dict):
            if _flat(value, f"{prefix}{key}.", flat) is None:
                return None
            continue
        name = key if key == "$or" else prefix + key
        if name in flat:
            return None
        if key == "$or":
            branches = [_flat(branch, prefix) for branch in value]
            if None in branches:
                return None
            flat[name] = branches
        else:
            flat[name] = [_text(matcher) for matcher in value]
    return flat


def _text(matcher: Any) -> Any:
    return ("true" if matcher else "false") if isinstance(matcher, bool) else matcher


def _on_body(
    traffic: Traffic,
    clauses: list[Clause],
    why: _Obstacle | None,
    diagnostics: list[Diagnostic],
) -> FilterPolicy | None:
    policies: list[dict[str, Any]] = []
    for clause in clauses:
        if traffic.direct and not _direct_as_a_whole(traffic, clause):
            diagnostics.append(_no_type(traffic, clause, why))
            return None
        policies += _body_clauses(traffic, clause)
    return FilterPolicy(scope="MessageBody", policy=either(policies))


def _direct_as_a_whole(traffic: Traffic, clause: Clause) -> bool:
    """Whether a clause takes all payloads or none of them, so that their type doesn't matter."""
    return (
        clause.everything
        or not traffic.narrowed(clause.messages)
        or (traffic.events and clause.messages.isdisjoint(traffic.messages))
    )


def _body_clauses(traffic: Traffic, clause: Clause) -> list[dict[str, Any]]:
    """Return a policy for the payloads and one for the events, as far as the topic gets them."""
    found: list[dict[str, Any]] = []
    payloads = traffic.direct and (clause.everything or not traffic.narrowed(clause.messages))
    if payloads:
        found.append({**NO_EVENT, **clause.filter} if traffic.events else clause.filter)
    if traffic.events:
        policy: dict[str, Any] = {}
        if not clause.everything and traffic.narrowed_events(clause.messages):
            types = [m.type for m in clause.order if _by_event(traffic, m)]
            policy["detail-type"] = list(dict.fromkeys(types))
        elif traffic.direct:
            policy["detail-type"] = [{"exists": True}]
        if clause.filter:
            policy["detail"] = clause.filter
        if policy.get("detail-type") != []:
            found.append(policy)
    return found


def _by_event(traffic: Traffic, message: Message) -> bool:
    return message in traffic.event_messages or traffic.event_untyped


def _no_type(traffic: Traffic, clause: Clause, why: _Obstacle | None) -> Diagnostic:
    edge = next((e for e in clause.edges if e.messages), clause.edges[0])
    taken = ", ".join(f"`{m.name}`" for m in edge.messages)
    reason = "the body doesn't name the type"
    labels: tuple[Label, ...] = ()
    if why is not None and why.edge in clause.edges:
        reason = f"{why.why}, and {reason}"
    elif why is not None:
        reason = f"it shares an SNS subscription with `{why.edge.name}`, and {reason}"
        labels = (Label(span=why.edge.place("filter"), message=why.why),)
    advice = f"take all messages of `{traffic.topic.name}`, or give {taken} a topic of its own"
    if why is not None and why.advice is not None:
        advice = f"{why.advice}; or {advice}"
    return codes.NO_TYPE_TO_FILTER_ON.at(
        edge.place("messages"),
        f"`{edge.name}` can't be narrowed to {taken}: {reason}",
        help=advice,
        labels=labels,
    )
