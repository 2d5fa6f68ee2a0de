"""Fold grants on KMS keys into the policies of the keys.

A key is made before what is encrypted with it, and its policy with it: what a statement names, it
names by a text that follows from names, or by what many have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.record import Record
from msgc.stack.arns import arn_by_name, source_arn
from msgc.stack.iam.grant import ACTIONS, EVENTS, LOGS, Action, Grant
from msgc.stack.iam.link_grants import sns_services
from msgc.stack.iam.openings import admitting
from msgc.stack.iam.resource_policies import RulesOf, Source, TopicsNamed, sns_sender
from msgc.stack.model import Statement
from msgc.stack.values import Address, Join, Pseudo, Value, text
from msgc.topology.deferred import deferred, spelling
from msgc.topology.ends import Bus, Consumer, Producer, Topic
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Outsider, Principals
from msgc.topology.settings import ByArn, ByName, ByParameter, Key, Provided

NAMED_IN_KEYS = 80
"""Topics that the policy of a key names one by one: it has at most 32 KiB."""
CONTEXT = "kms:EncryptionContext:aws:events:event-bus:arn"
LOG_CONTEXT = "kms:EncryptionContext:SourceArn"
_ANY = ("*",)
"""In the policy of a key: that key."""


class Admission(Record):
    """Somebody outside of the service who uses a key through a place."""

    who: Outsider
    grant: Grant
    via: str
    """The service of the place: `sqs`."""
    statement: Statement


def of_services(topology: Topology, granted: Iterable[Grant], key: Key) -> tuple[Statement, ...]:
    """Return what AWS's services may do with a key, a statement for each sort of use."""
    own = [grant for grant in granted if grant.on is key and isinstance(grant.who, str)]
    return (
        *_senders(topology, [grant for grant in own if grant.may == "encrypt"]),
        *_keepers([grant for grant in own if grant.may in {"keep", "archive"}]),
        *_loggers([grant for grant in own if grant.may in {"seal", "unseal"}]),
    )


def _senders(topology: Topology, granted: list[Grant]) -> Iterator[Statement]:
    """Yield what lets SNS and EventBridge send to queues that are encrypted."""
    topics: dict[Topic, None] = {}
    services: set[str] = set()
    sources: dict[Bus, None] = {}
    rules: dict[Bus, None] = {}
    for grant in granted:
        match grant.source:
            case Topic() as topic:
                topics[topic] = None
                services.update(sns_services(topic))
            case EventRule(bus=bus):
                rules[bus] = None
            case Bus() as bus:
                sources[bus] = None
            case None:
                raise AssertionError(grant)  # whoever sends for nothing has a role
            case _:
                assert_never(grant.source)
    if topics:
        sender = sns_sender(topology, topics, services, NAMED_IN_KEYS)
        yield _sending(
            sender.principals,
            [_source(source) for source in sender.sources],
            regional=sender.elsewhere,
        )
    if sources or rules:
        buses = [arn_by_name(bus) for bus in _by_name(sources)]
        yield _sending((EVENTS,), [*buses, *map(_rules_of, _by_name(rules))])


def _sending(
    services: tuple[str, ...], sources: Iterable[Value], *, regional: bool = False
) -> Statement:
    return Statement(
        actions=ACTIONS["encrypt"],
        resources=_ANY,
        services=services,
        regional_sns=regional,
        condition={"ArnLike": {"aws:SourceArn": tuple(dict.fromkeys(sources))}},
    )


def _by_name(buses: Iterable[Bus]) -> list[Bus]:
    return sorted(buses, key=lambda bus: bus.name)


def _source(source: Source) -> Value:
    match source:
        case Topic() | Bus():
            return arn_by_name(source)
        case TopicsNamed() | RulesOf() | EventRule():
            return source_arn(source)
        case _:
            assert_never(source)


def _rules_of(bus: Bus) -> Value:
    """Return what the ARNs of a bus's rules have in common, as far as the file tells."""
    match bus.imported:
        case None:
            return source_arn(RulesOf(bus=bus))
        case ByName(name=name):
            return Address(service="events", resource=text(name, before="rule/", behind="/*"))
        case ByArn(arn=arn) if ":event-bus/" in spelling(arn):
            rules = spelling(arn).replace(":event-bus/", ":rule/") + "/*"
            return text(deferred(rules))
        case ByArn() | ByParameter() | Provided():
            # It may be the default one, whose rules have no name of a bus in their ARNs.
            return Address(service="events", resource="rule/*")
        case _:
            assert_never(bus.imported)


def _keepers(granted: list[Grant]) -> Iterator[Statement]:
    """Yield what EventBridge needs for what is on buses and in archives.

    To look at the key, it says neither for what nor for whom; nor does an archive.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
    """
    if not granted:
        return
    yield Statement(actions=("kms:DescribeKey",), resources=_ANY, services=(EVENTS,))
    kept: tuple[Action, ...] = ("keep", "archive")
    for may in kept:
        arns = _buses(granted, may)
        if arns:
            told: dict[str, Value] = {CONTEXT: arns}
            if may == "keep":
                told["aws:SourceArn"] = arns
            yield Statement(
                actions=tuple(a for a in ACTIONS[may] if a != "kms:DescribeKey"),
                resources=_ANY,
                services=(EVENTS,),
                condition={"StringEquals": told},
            )


def _buses(granted: list[Grant], may: Action) -> tuple[Value, ...]:
    found: dict[Bus, None] = {}
    for grant in granted:
        match grant.source:
            case Bus() as bus if grant.may == may:
                found[bus] = None
            case Bus() | Topic() | EventRule() | None:
                pass
            case _:
                assert_never(grant.source)
    return tuple(arn_by_name(bus) for bus in _by_name(found))


def _loggers(granted: list[Grant]) -> Iterator[Statement]:
    """Yield what lets logs be encrypted on their way.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
    """
    services: tuple[tuple[Action, str], ...] = (("seal", EVENTS), ("unseal", LOGS))
    for may, service in services:
        if any(grant.may == may for grant in granted):
            logs: Value = Address(service="logs", resource="*")
            yield Statement(
                actions=ACTIONS[may],
                resources=_ANY,
                services=(service,),
                condition={"StringLike": {LOG_CONTEXT: logs}},
            )


def of_outsiders(granted: Iterable[Grant], key: Key) -> Iterator[Admission]:
    """Yield who outside of the service uses a key, each once."""
    seen: set[str] = set()
    for grant in granted:
        if grant.on is not key or grant.via is None:
            continue
        match grant.who:
            case AwsService() | Accounts() | Organizations() | Principals() as who:
                who = _without_source(who, grant)
                via = kind_of(grant.via).arn[0]
                known = repr((who, grant.may, via))
                if known not in seen:
                    seen.add(known)
                    yield Admission(
                        who=who, grant=grant, via=via, statement=_admitted(who, grant.may, via)
                    )
            case (
                Consumer() | Producer() | SnsSubscription() | EventRule() | Pipe()
                | ScheduledSend() | str()
            ):  # fmt: skip
                pass  # by policies of their own, or above
            case _:
                assert_never(grant.who)


def _without_source(who: Outsider, grant: Grant) -> Outsider:
    """Return EventBridge without what it publishes for: it doesn't tell KMS, where it calls SNS.

    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    match who:
        case AwsService(name=name) if name == EVENTS and grant.via is not None:
            is_topic = kind_of(grant.via).arn[0] == "sns"
            return who.replace(source=None, says_account=False) if is_topic else who
        case AwsService() | Accounts() | Organizations() | Principals():
            return who
        case _:
            assert_never(who)


def _admitted(who: Outsider, may: Action, via: str) -> Statement:
    """Return the statement that lets somebody use a key; whoever isn't a service, by one only."""
    statement = Statement(actions=ACTIONS[may], resources=_ANY)
    match who:
        case AwsService():
            return admitting(who, statement, {})
        case Accounts() | Organizations() | Principals():
            service = Join(parts=(f"{via}.", Pseudo(name="AWS::Region"), ".amazonaws.com"))
            return admitting(who, statement, {"StringEquals": {"kms:ViaService": service}})
        case _:
            assert_never(who)
