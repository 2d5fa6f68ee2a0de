"""Grants on the buckets of large messages: publishers put objects there, consumers read them."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.large import fetched, stored
from msgc.links.model import Links
from msgc.stack.iam.grant import Grant
from msgc.topology.model import Topology


def payload_grants(topology: Topology, links: Links) -> Iterator[Grant]:
    """Yield the rights of all that publish and read large messages."""
    for publisher in topology.publishers:
        for bucket in stored(publisher, topology):
            why = f"`{publisher.name}` puts large messages there"
            yield Grant(who=publisher, may="store", on=bucket, by=publisher, why=why)
        for bucket in fetched(publisher, links):
            why = f"`{publisher.name}` reads large messages there"
            yield Grant(who=publisher, may="fetch", on=bucket, by=publisher, why=why)
