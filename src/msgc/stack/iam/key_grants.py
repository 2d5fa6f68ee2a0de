"""Grants on KMS keys: what it takes, beside a right, to use a place that is encrypted.

Whoever sends to an encrypted queue or topic needs a data key, which SQS and SNS check by decrypting
it; who reads decrypts. EventBridge encrypts what is on a bus by itself.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.links.model import Links
from msgc.stack.iam.grant import EVENTS, LOGS, Action, Grant
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Queue, Topic
from msgc.topology.model import Topology
from msgc.topology.origins import Stream
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Principals
from msgc.topology.placement import Placement
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket

_SENDS: frozenset[Action] = frozenset({"send", "discard", "publish", "deliver"})
_READS: frozenset[Action] = frozenset({"receive", "drain"})
_STRENGTH: dict[Action, int] = {"decrypt": 0, "encrypt": 1, "keep": 2}
"""Each of these allows what those before it do."""


def key_grants(granted: Iterable[Grant], topology: Topology, links: Links) -> Iterator[Grant]:
    """Yield the rights on keys that other rights take; of one with another in it, only that."""
    needed = (
        *(each for grant in granted for each in _of_grant(grant, _moved_into(topology))),
        *(each for bus in topology.buses.values() for each in _of_bus(bus)),
        *(each for pipe in links.pipes for each in _of_pipe(pipe)),
    )
    strongest: dict[tuple[Any, Any], int] = {}
    for grant in needed:
        who, strength = (grant.who, grant.on), _STRENGTH.get(grant.may, 0)
        strongest[who] = max(strongest.get(who, 0), strength)
    given: set[tuple[Any, Any]] = set()
    for grant in needed:
        who = (grant.who, grant.on)
        if grant.who is grant.edge:  # its role has a statement for each
            if who in given or _STRENGTH[grant.may] < strongest[who]:
                continue
            given.add(who)
        if is_let_in(grant) or _STRENGTH[grant.may] == strongest[who]:
            yield grant if topology.placement is None else _placed(grant, topology.placement)


def _placed(grant: Grant, placement: Placement) -> Grant:
    """Return a right on a key that says whether the key is of another stack than whoever has it."""
    match grant.who:
        case Consumer() | Producer():
            stack = placement.publisher(grant.who)
        case SnsSubscription() | EventRule() | Pipe() | ScheduledSend():
            stack = placement.edge(grant.who.edges[0])
        case str() | AwsService() | Accounts() | Organizations() | Principals():
            return grant  # by the policy of the key
        case _:
            assert_never(grant.who)
    match grant.on:
        case Key(is_made=True, stack=own):
            return grant if grant.abroad else grant.replace(abroad=own != stack)
        case (
            Key() | Queue() | Topic() | Bus() | Consumer() | Outside() | Stream() | GivenFunction()
            | ClaimTable() | PayloadBucket() | str()
        ):  # fmt: skip
            return grant
        case _:
            assert_never(grant.on)


def is_let_in(grant: Grant) -> bool:
    """Whether the policy of a key says it, for each source and each service of its own."""
    match grant.who:
        case Consumer() | Producer() | SnsSubscription() | EventRule() | Pipe() | ScheduledSend():
            return False
        case str() | AwsService() | Accounts() | Organizations() | Principals():
            return True
        case _:
            assert_never(grant.who)


def _moved_into(topology: Topology) -> dict[Queue, tuple[Key, ...]]:
    """Return by dead-letter queue the keys of what SQS moves there, which stays as it is encrypted.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
    """
    found: dict[Queue, dict[Key, None]] = {}
    for queue in topology.queues.values():
        if queue.dead_letter is not None and queue.encryption is not None:
            found.setdefault(queue.dead_letter.queue, {})[queue.encryption] = None
    return {queue: tuple(keys) for queue, keys in found.items()}


def _of_grant(  # noqa: C901  # one for each
    grant: Grant, moved: dict[Queue, tuple[Key, ...]]
) -> Iterator[Grant]:
    """Yield what a right on a place takes of its key."""
    yield from _of_another_service(grant)
    match grant.on:
        case Queue() as queue:
            own = () if queue.encryption is None else (queue.encryption,)
            if grant.may in _SENDS:
                yield from (_on(key, grant, "encrypt", queue) for key in own)
            elif grant.may in _READS:
                keys = dict.fromkeys((*own, *moved.get(queue, ())))
                yield from (_on(key, grant, "decrypt", queue) for key in keys)
        case Topic(encryption=key) as topic:
            if key is not None and grant.may in _SENDS:
                yield _on(key, grant, "encrypt", topic)
        case Bus(encryption=key) as bus:
            if key is not None and grant.may == "rule":  # which EventBridge keeps as it does events
                yield _on(key, grant, "decrypt", bus)
        case PayloadBucket(encryption=key) as bucket:
            if key is not None:
                yield _on_objects(key, grant, bucket)
        case Consumer() | Outside() | Stream() | GivenFunction() | ClaimTable() | Key() | str():
            return
        case _:
            assert_never(grant.on)


def _of_another_service(grant: Grant) -> Iterator[Grant]:
    """Yield what a role takes of the key of a place of another service, by its alias."""
    match grant.on:
        case Queue(elsewhere=there) | Topic(elsewhere=there) as place:
            key = None if there is None else there.key
            if key is None or is_let_in(grant):
                return  # whoever has no role is let in by the policy of the key alone
            if grant.may in _SENDS:
                yield _on(key, grant, "encrypt", place).replace(abroad=True)
            elif grant.may in _READS:
                yield _on(key, grant, "decrypt", place).replace(abroad=True)
        case (
            Bus() | Consumer() | Outside() | Stream() | GivenFunction() | ClaimTable()
            | PayloadBucket() | Key() | str()
        ):  # fmt: skip
            return
        case _:
            assert_never(grant.on)


def _on(key: Key, grant: Grant, may: Action, place: Place) -> Grant:
    does = "uses" if may == "decrypt" else "sends to"
    why = f"`{grant.by.name}` {does} `{place.name}`, which is encrypted with it"
    if may == "decrypt" and key is not place.encryption and place.elsewhere is None:
        why = f"`{grant.by.name}` reads from `{place.name}` what was encrypted with it before"
    return grant.replace(may=may, on=key, actions=(), events=(), via=place, why=why)


def _on_objects(key: Key, grant: Grant, bucket: PayloadBucket) -> Grant:
    """Return what it takes to put an encrypted object into a bucket, or to read it.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    may: Action = "encrypt" if grant.may == "store" else "decrypt"
    why = f"`{grant.by.name}` uses large messages, which are encrypted with it"
    return grant.replace(may=may, on=key, why=why, abroad=bucket.is_foreign_key)


def _of_bus(bus: Bus) -> Iterator[Grant]:
    """Yield what EventBridge needs for what is on a bus, in its archive and in its logs.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    """
    key = bus.encryption
    if key is None:
        return
    why = f"EventBridge encrypts with it what is on `{bus.name}`"
    yield Grant(who=EVENTS, may="keep", on=key, source=bus, by=bus, why=why)
    if bus.archive_days is not None:
        why = f"EventBridge encrypts the archive of `{bus.name}` with it"
        yield Grant(who=EVENTS, may="archive", on=key, source=bus, by=bus, why=why)
    if bus.log is not None:
        why = f"what is logged about `{bus.name}` is encrypted with it on its way"
        yield Grant(who=EVENTS, may="seal", on=key, source=bus, by=bus, why=why)
        yield Grant(who=LOGS, may="unseal", on=key, source=bus, by=bus, why=why)


def _of_pipe(pipe: Pipe) -> Iterator[Grant]:
    """Yield what the role of a pipe needs of the pipe's own key, and the delivery of its logs.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-pipes-cmkey.html
    """
    edge = pipe.edge
    if edge.encryption is None:
        return
    why = f"EventBridge encrypts with it what it keeps of `{edge.name}`"
    yield Grant(who=pipe, may="keep", on=edge.encryption, edge=pipe, by=edge, why=why)
    if edge.log is not None and edge.log.detail:
        why = f"what is logged about `{edge.name}` is encrypted with it on its way"
        yield Grant(who=LOGS, may="unseal", on=edge.encryption, by=edge, why=why)
