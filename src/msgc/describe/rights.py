"""Who may do what with a thing: the grants of the stack, which its policies are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.describe.model import Candidate, Row
from msgc.describe.wording import outsider
from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.routing.wording import receiver, reference
from msgc.stack import Stack
from msgc.stack.iam.grant import ACTIONS, Grant
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.origins import Stream
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Principals
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket


def rights(candidate: Candidate, stack: Stack) -> Iterator[Row]:
    """Yield the rights on a thing, and those that it has."""
    found: dict[tuple[str, str], Row] = {}
    for grant in stack.access.grants:
        if _concerns(grant, candidate, stack):
            row = _row(grant, candidate)
            before = found.get((row.name, row.text))
            if before is not None and row.why != before.why:
                row = row.replace(why=f"{before.why}; {row.why}")
            found[row.name, row.text] = row
    yield from found.values()
    yield from _tls(candidate, stack)


def _concerns(grant: Grant, candidate: Candidate, stack: Stack) -> bool:
    thing = candidate.thing
    match thing:
        case Queue() | Topic() | Bus():
            by_key = grant.via is thing
            return by_key or grant.on in (thing, stack.links.addresses[thing].parameter)
        case Consumer():
            return thing in {grant.on, grant.who}
        case Producer():
            return grant.who is thing or grant.by is thing
        case Subscription():
            return grant.by in candidate.edges or _is_of(grant, candidate)
        case Message():
            return False
        case _:
            assert_never(thing)


def _is_of(grant: Grant, candidate: Candidate) -> bool:
    """Whether a right belongs to what a subscription becomes, perhaps with others of its ends."""
    return grant.edge is not None and any(edge in grant.edge.edges for edge in candidate.edges)


def _row(grant: Grant, candidate: Candidate) -> Row:
    who, on, actions = _who(grant), _on(grant), actions_of(grant)
    events = [f"{each.source}: {', '.join(each.types)}" for each in grant.events]
    given = f", of `{'`; `'.join(events)}` only" if events else ""
    shown = "" if grant.on is candidate.thing else f" on {on}"
    return Row(
        name=who,
        text=f"{', '.join(actions) or 'as it is handed over'}{shown}{given}",
        why=grant.why,
        data={"actions": list(actions), "on": on},
    )


def actions_of(grant: Grant) -> tuple[str, ...]:
    """Return the actions that a grant stands for in a policy."""
    if grant.actions:
        return grant.actions
    match grant.who:
        case str() | AwsService() if grant.may == "send":
            return ("sqs:SendMessage",)
        case (
            Consumer() | Producer() | SnsSubscription() | EventRule() | Pipe() | ScheduledSend()
            | AwsService() | Accounts() | Organizations() | Principals() | str()
        ):  # fmt: skip
            return ACTIONS[grant.may]
        case _:
            assert_never(grant.who)


def _who(grant: Grant) -> str:
    match grant.who:
        case Consumer() | Producer() as publisher:
            return f"{publisher.word}/{publisher.name}"
        case SnsSubscription() | EventRule() | Pipe() | ScheduledSend() as made:
            return f"the role of {reference(made.edges[0])}"
        case AwsService() | Accounts() | Organizations() | Principals() as who:
            return outsider(who)
        case str() as service:
            return f"{service}{_source(grant)}"
        case _:
            assert_never(grant.who)


def _source(grant: Grant) -> str:
    match grant.source:
        case Topic() | Bus() as place:
            return f", for {reference(place)}"
        case EventRule() as rule:
            return f", for {reference(rule.edge)}"
        case None:
            return ""
        case _:
            assert_never(grant.source)


def _on(grant: Grant) -> str:  # noqa: PLR0911  # one for each
    match grant.on:
        case Queue() | Topic() | Bus() | Consumer() | Outside() as end:
            return receiver(end)
        case Stream() as stream:
            return f"the stream of {stream.name}"
        case GivenFunction():
            return "the function that is asked"
        case Key():
            return f"the key {grant.on.alias or grant.on.name}"
        case ClaimTable(name=name):
            return f"table {name}"
        case PayloadBucket(prefix=prefix) as bucket:
            return f"objects {prefix}* of the bucket {spelling(bucket.physical_name)}"
        case str() as parameter:
            return f"parameter {parameter}"
        case _:
            assert_never(grant.on)


def _tls(candidate: Candidate, stack: Stack) -> Iterator[Row]:
    """Yield what everybody is denied: whatever comes without TLS."""
    place = _made_place(candidate)
    if place is None:
        return
    for resource in stack.resources:
        document = resource.properties.get("PolicyDocument")
        if resource.declared is place and _refuses(document):
            yield Row(name="everybody", text="nothing without TLS", why="house rule", data={})


def _made_place(candidate: Candidate) -> Place | None:
    match candidate.thing:
        case Queue() | Topic() | Bus() as place:
            return place
        case Consumer() | Producer() | Message() | Subscription():
            return None
        case _:
            assert_never(candidate.thing)


def _refuses(document: object) -> bool:
    match document:
        case {"Statement": tuple(statements)}:
            return any(s.get("Effect") == "Deny" for s in statements)
        case _:
            return False
