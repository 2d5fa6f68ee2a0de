"""What code may do that runs outside of the stack, and isn't deployed with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.evolution.inventory.entry import Entry, Made
from msgc.links.model import Links
from msgc.topology.ends import Consumer, Place, Producer, Publisher
from msgc.topology.narrowing import kind_of


def rights_outside(links: Links, protected: tuple[str, ...]) -> Iterator[Made]:
    """Yield what each publisher may do whose code the stack doesn't deploy."""
    topology = links.topology
    for publisher in topology.publishers:
        if not _runs_outside(publisher):
            continue
        publishes = (each.target for each in topology.publications(publisher))
        reads = (*topology.reads(publisher), *links.worked_by.get(publisher, ()))
        may = {*_rights("publish", publishes), *_rights("read", reads)}
        if may:
            key = f"{publisher.word}/{publisher.built_as}"
            entry = Entry(key=key, may=tuple(sorted(may)), protected=protected)
            yield Made(entry=entry, declared=publisher)


def _rights(verb: str, places: Iterable[Place]) -> Iterator[str]:
    return (f"{verb} {kind_of(place).word}/{place.built_as}" for place in places)


def _runs_outside(publisher: Publisher) -> bool:
    """Whether its role, and the code that has it, is somebody else's to deploy."""
    match publisher:
        case Producer(outsider=outsider):
            return outsider is None
        case Consumer(made=made):
            return made is None
        case _:
            assert_never(publisher)
