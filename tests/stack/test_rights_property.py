"""Over drawn services: every edge has the rights of its row of the kinds, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, assert_never

import pytest
from hypothesis import given, settings

from msgc.kinds import (
    Bound,
    Confirmation,
    LogPolicy,
    OwnRole,
    Permission,
    ResourcePolicy,
    Role,
    Way,
)
from msgc.links.mechanisms import (
    EventRule,
    EventSourceMapping,
    Link,
    LongPoll,
    Pipe,
    ScheduledSend,
    SnsSubscription,
    StreamMapping,
)
from msgc.stack import plan
from msgc.stack.iam.deliveries import granted_arn
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.stack.model import Resource, Stack
from msgc.topology import names
from msgc.topology.ends import Consumer, Producer, Queue
from msgc.topology.origins import Stream
from msgc.topology.settings import Key
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Part, services, text

pytestmark = pytest.mark.once

Right = tuple[str, str, tuple[str, ...]]
"""Who has it, what it is, and of a role the actions that its kind of end takes."""
SERVICES = ("sns", "events", "pipes", "scheduler")
"""Who delivers with roles."""


def stack_of(parts: list[Part]) -> Stack:
    links = links_of(text([*MESSAGES, *PLACES, *parts]))
    return plan(links.topology, links)


def wanted(link: Link) -> set[Right]:
    """Return what a link's way and the row of its target ask for."""
    return {*_reads(link), *_asks(link), *_logs(link), *_delivers(link), *_keeps(link)}


def _reads(link: Link) -> Iterator[Right]:
    way = link.edges[0].way
    match link.origin:
        case Queue():
            who = ("edge", "drain") if way is Way.PIPE else ("consumer", "receive")
            yield (*who, ())
        case Stream(service=service):
            may = "follow" if service == "dynamodb" else "read"
            yield "edge" if way is Way.STREAM_PIPE else "consumer", may, ()


def _asks(link: Link) -> Iterator[Right]:
    if link.edges[0].enrich is not None:
        yield "edge", "ask", ()


def _logs(link: Link) -> Iterator[Right]:
    if link.edges[0].log is not None:
        yield "edge", "write", ()


def _delivers(link: Link) -> Iterator[Right]:
    access = link.edges[0].delivery.access
    match access:
        case ResourcePolicy():
            yield "service", "send", ()
        case Permission():
            yield "service", "invoke", ()
        case LogPolicy():
            yield "service", "log", ()
        case Role(actions=actions):
            yield "edge", "deliver", actions
        case OwnRole() | Confirmation() | Bound():
            pass
        case _:
            assert_never(access)


def _keeps(link: Link) -> Iterator[Right]:
    """Yield what it takes to keep what can't be delivered."""
    match link:
        case SnsSubscription(dead_letter=queue) | EventRule(dead_letter=queue):
            found: Iterable[Right] = [("service", "send", ())]
        case ScheduledSend(dead_letter=queue):
            found = [("edge", "discard", ())]
        case Pipe():
            queue, found = link.edge.dead_letter, [("edge", "send", ("sqs:SendMessage",))]
        case StreamMapping():
            queue, found = link.edge.dead_letter, [("consumer", "send", ())]
        case EventSourceMapping() | LongPoll():
            queue, found = None, []  # the queue has one of its own
        case _:
            assert_never(link)
    yield from found if queue is not None else []


def held(grant: Grant) -> Right:
    match grant.who:
        case str():
            who = "service"
        case Consumer():
            who = "consumer"
        case _:
            assert grant.who is grant.edge
            who = "edge"
    return who, grant.may, grant.actions


@settings(max_examples=60, deadline=None)
@given(services())
def test_every_link_has_the_rights_of_its_row(parts: list[Part]) -> None:
    stack = stack_of(parts)
    publishers = {
        *stack.links.topology.producers.values(),
        *stack.links.topology.consumers.values(),
    }
    found: dict[Any, set[Right]] = {}
    for grant in stack.access.grants:
        if isinstance(grant.on, Key):
            continue  # see test_keys
        if grant.by not in publishers and grant.by in stack.links.topology.subscriptions.values():
            found.setdefault(grant.by, set()).add(held(grant))
    asked: dict[Any, set[Right]] = {}
    for link in stack.links.all:
        asked.setdefault(link.edges[0], set()).update(wanted(link))
    assert found == {edge: rights for edge, rights in asked.items() if rights}


@settings(max_examples=60, deadline=None)
@given(services())
def test_what_is_granted_is_written_and_nothing_else(parts: list[Part]) -> None:
    """Permissions and roles of edges one by one; who may send to a queue, in its policy."""
    stack = stack_of(parts)
    grants = stack.access.grants
    off = {made for made in stack.links.sns_subscriptions if not made.is_made}
    invoking = sum(grant.may == "invoke" and grant.edge not in off for grant in grants)
    assert len(stack.of("AWS::Lambda::Permission")) == invoking
    assert Counter(in_roles_of_edges(stack)) == Counter(
        (grant.by.name, action, repr(granted_arn(grant.on)))
        for grant in grants
        if grant.who is grant.edge and grant.edge not in off and not isinstance(grant.on, str)
        for action in grant.actions or ACTIONS[grant.may]
    )
    let_in = {
        (rights.holder, name)
        for rights in stack.rights
        if stack.items_by_path[rights.holder].type == "AWS::SQS::Queue"
        for statement in rights.statements
        for name in statement.services
    }
    assert len(let_in) == len(
        {
            (grant.on, grant.who)
            for grant in grants
            if grant.may == "send" and isinstance(grant.who, str) and is_made(grant.on)
        }
    )


def is_made(end: object) -> bool:
    """Whether the stack writes the policy of a queue."""
    return isinstance(end, Queue) and end.imported is None


def in_roles_of_edges(stack: Stack) -> Iterator[tuple[str, str, str]]:
    """Yield what the roles say with which services deliver: for which edge, what, and on what.

    One that is handed over has its policy for dead letters beside it.
    """
    edges = stack.links.topology.subscriptions.values()
    documents: list[tuple[str, Any]] = []
    for role in stack.of("AWS::IAM::Role"):
        if not assumed_by(role).isdisjoint(f"{name}.amazonaws.com" for name in SERVICES):
            policies = sequence(role.properties["Policies"])
            documents += [(role.declared.name, each["PolicyDocument"]) for each in policies]
    for policy in stack.of("AWS::IAM::Policy"):
        if policy.declared in edges:
            documents.append((policy.declared.name, policy.properties["PolicyDocument"]))
    for name, document in documents:
        for statement in sequence(document["Statement"]):
            assert statement.keys() == {"Action", "Effect", "Resource"}
            for action in sequence(statement["Action"]):
                yield name, action, repr(statement["Resource"])


def assumed_by(role: Resource) -> set[str]:
    document: Any = role.properties["AssumeRolePolicyDocument"]
    return {statement["Principal"]["Service"] for statement in document["Statement"]}


def sequence(value: Any) -> Iterable[Any]:
    return value if isinstance(value, tuple) else (value,)


@settings(max_examples=60, deadline=None)
@given(services())
def test_code_has_exactly_the_actions_that_it_is_granted(parts: list[Part]) -> None:
    """Of consumers and producers, however their policies are attached."""
    stack = stack_of(parts)
    granted: dict[str, set[str]] = {}
    for grant in stack.access.grants:
        match grant.who:
            case Consumer() | Producer() as publisher:
                granted.setdefault(publisher.name, set()).update(ACTIONS[grant.may])
            case _:
                pass
    written: dict[str, set[str]] = {}
    for holder, actions in policies_of_code(stack):
        written.setdefault(holder, set()).update(actions)
    assert written == granted


def policies_of_code(stack: Stack) -> Iterator[tuple[str, set[str]]]:
    for rights in stack.rights:
        match rights.declared:
            case Consumer() | Producer() as publisher:
                for statement in rights.statements:
                    yield publisher.name, set(statement.actions)
            case _:
                pass
    edges = stack.links.topology.subscriptions.values()
    for policy in (*stack.of("AWS::IAM::Policy"), *stack.of("AWS::IAM::ManagedPolicy")):
        document: Any = policy.properties["PolicyDocument"]
        for statement in document["Statement"] if policy.declared not in edges else ():
            yield policy.declared.name, set(sequence(statement["Action"]))


@settings(max_examples=60, deadline=None)
@given(services())
def test_places_let_in_whom_the_file_names_and_nobody_else(parts: list[Part]) -> None:
    openings = [each for each in stack_of(parts).openings if not each.via]  # and not into keys
    let_in = Counter((each.place[0], each.may) for each in openings)
    asked: Counter[tuple[str, str]] = Counter()
    senders: dict[tuple[str, str], set[str]] = {}
    for section, name, settings_ in (entry for part in parts for entry in part):
        if "allow" in settings_:
            place = names.pascal(name) + {"queues": "Queue", "topics": "Topic"}.get(section, "Bus")
            asked.update({(place, may): 1 for may in settings_["allow"]})
        if settings_.keys() & {"account", "service"}:
            who = repr(
                {
                    word: said
                    for word, said in settings_.items()
                    if word not in {"publishes", "reads"}
                }
            )
            for may, word in (("publish", "publishes"), ("subscribe", "reads")):
                for target in settings_.get(word, ()):
                    (kind, called), *_ = target.items()
                    place = names.pascal(called) + kind.capitalize()
                    senders.setdefault((place, may), set()).add(who)
    for let, found in senders.items():
        asked[let] += len(found)
    assert let_in == +asked
