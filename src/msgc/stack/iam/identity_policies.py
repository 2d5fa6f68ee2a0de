"""Fold grants into the rights of each consumer and producer.

One right for each set of actions and conditions, with its places sorted by name: what stands in a
policy depends on the edges of its owner alone, not on where they are in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule, Pipe, ScheduledSend, SnsSubscription
from msgc.record import Record
from msgc.stack.iam.grant import Action, Events, Grant
from msgc.topology.deferred import spelling
from msgc.topology.ends import Bus, Consumer, Outside, Place, Producer, Publisher, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Principals
from msgc.topology.settings import (
    ByArn,
    ClaimTable,
    GivenFunction,
    Key,
    PayloadBucket,
    Provided,
)


class Right(Record):
    """Something that is allowed on some places, Systems Manager parameters or KMS keys."""

    may: Action
    places: tuple[Place | Stream, ...] = ()
    parameters: tuple[str, ...] = ()
    events: Events | None = None
    keys: tuple[Key, ...] = ()
    abroad: tuple[Key, ...] = ()
    """Those of other stacks, which go by their aliases."""
    tables: tuple[ClaimTable, ...] = ()
    buckets: tuple[PayloadBucket, ...] = ()
    function: Consumer | None = None
    """Whose function needs it for itself: to trace, to write its logs, to be in a VPC."""


_OF_FUNCTIONS: tuple[Action, ...] = ("trace", "note", "join")
"""What a function may do for itself, in the order in which a policy has it."""
_ORDER: tuple[Action, ...] = ("receive", "follow", "read", "send", "publish")


def identities(granted: Iterable[Grant]) -> dict[Publisher, tuple[Right, ...]]:
    """Return the rights of everybody who has any."""
    own: dict[Publisher, list[Grant]] = {}
    for grant in granted:
        match grant.who:
            case Consumer() | Producer() as publisher:
                own.setdefault(publisher, []).append(grant)
            case (
                SnsSubscription() | EventRule() | Pipe() | ScheduledSend() | str()
                | AwsService() | Accounts() | Organizations() | Principals()
            ):  # fmt: skip
                pass  # with a role of the edge's own, or by the policy of the end
            case _:
                assert_never(grant.who)
    return {publisher: tuple(_folded(rights)) for publisher, rights in own.items()}


def _folded(granted: list[Grant]) -> list[Right]:  # noqa: C901  # one for each
    places: dict[Action, dict[Place | Stream, None]] = {}
    buses: dict[tuple[str, tuple[str, ...]], dict[Place | Stream, None]] = {}
    streams: dict[str, Stream] = {}
    parameters: set[str] = set()
    keys: dict[Action, dict[Key, None]] = {}
    tables: dict[ClaimTable, None] = {}
    buckets: dict[Action, dict[PayloadBucket, None]] = {}
    itself: dict[Action, Consumer] = {}
    for grant in granted:
        match grant.on:
            case Key() as key:
                keys.setdefault(grant.may, {})[key] = None
            case ClaimTable() as table:
                tables[table] = None
            case PayloadBucket() as bucket:
                buckets.setdefault(grant.may, {})[bucket] = None
            case str() as path:
                parameters.add(path)
            case Bus() as bus:
                for events in grant.events:
                    buses.setdefault((events.source, events.types), {})[bus] = None
            case Stream() as stream:
                first = streams.setdefault(_address(stream), stream)
                places.setdefault(grant.may, {})[first] = None
            case Queue() | Topic() as place:
                places.setdefault(grant.may, {})[place] = None
            case Consumer() as function if grant.may in _OF_FUNCTIONS:
                itself[grant.may] = function
            case Consumer() | Outside() | GivenFunction():
                raise AssertionError(grant)  # nothing publishes to these by itself
            case _:
                assert_never(grant.on)
    remembers = [Right(may="remember", tables=tuple(tables))] if tables else []
    return [
        *_rights(places, buses, parameters, itself),
        *remembers,
        *_of_buckets(buckets),
        *_of_keys(keys, _abroad(granted)),
    ]


def _of_buckets(buckets: dict[Action, dict[PayloadBucket, None]]) -> Iterator[Right]:
    for may in ("store", "fetch"):
        if may in buckets:
            own = tuple(sorted(buckets[may], key=lambda bucket: bucket.owner))
            yield Right(may=may, buckets=own)


def _abroad(granted: list[Grant]) -> tuple[Key, ...]:
    """Return the keys of other stacks."""
    found: dict[Key, None] = {}
    for grant in granted if any(each.abroad for each in granted) else ():
        match grant.on:
            case Key() as key if grant.abroad:
                found[key] = None
            case (
                Key() | Queue() | Topic() | Bus() | Consumer() | Outside() | Stream()
                | GivenFunction() | ClaimTable() | PayloadBucket() | str()
            ):  # fmt: skip
                pass
            case _:
                assert_never(grant.on)
    return tuple(found)


def _of_keys(keys: dict[Action, dict[Key, None]], abroad: tuple[Key, ...]) -> Iterator[Right]:
    for may in ("decrypt", "encrypt"):
        if may in keys:
            own = tuple(sorted(keys[may], key=lambda key: key.name))
            yield Right(may=may, keys=own, abroad=abroad)


def _rights(
    places: dict[Action, dict[Place | Stream, None]],
    buses: dict[tuple[str, tuple[str, ...]], dict[Place | Stream, None]],
    parameters: set[str],
    itself: dict[Action, Consumer],
) -> list[Right]:
    """Return the rights in the order in which a policy has them."""
    found = [Right(may=may, places=_sorted(places[may])) for may in _ORDER if may in places]
    found += [
        Right(may="put", places=_sorted(on), events=Events(source=source, types=types))
        for (source, types), on in sorted(buses.items(), key=lambda item: item[0])
    ]
    found += [Right(may=may, function=itself[may]) for may in _OF_FUNCTIONS if may in itself]
    if parameters:
        found.append(Right(may="find", parameters=tuple(sorted(parameters))))
    return found


def _address(stream: Stream) -> str:
    """Return what tells streams apart: each edge has one of its own, of one address perhaps."""
    match stream.address:
        case ByArn(arn=arn):
            return spelling(arn)
        case Provided(argument=argument):
            return argument
        case _:
            assert_never(stream.address)


def _sorted(places: Iterable[Place | Stream]) -> tuple[Place | Stream, ...]:
    return tuple(sorted(places, key=lambda place: place.built_as))
