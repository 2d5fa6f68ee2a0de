"""Behind a pipe that asks a function, its answer goes on."""

from __future__ import annotations

from msgc.links.model import Links
from msgc.routing.matrix import matrix
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.routing.wording import receiver
from tests.links.linked import links_of

FILE = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, properties: {id: {type: string}}}}
  Rated:
    schema: {type: object, required: [stars], properties: {stars: {type: integer}}}
    examples: [{stars: %d}]
queues: {one: {messages: [Placed]}, sink: {external: subscribe}}
buses: {out: {}}
subscriptions:
  rated: {from: {queue: one}, enrich: %s, to: {bus: out}}
  good:
    from: {bus: out}
    messages: [Rated]
    filter: {stars: [{numeric: [">", 3]}]}
    to: {queue: sink}
%s"""
RATER = "consumers: {rater: {answers: Rated, function: provided}}\n"


def reached(links: Links) -> set[str]:
    queue, message = links.topology.queues["one"], links.topology.messages["Placed"]
    route = Router(links).route(queue, published(links, queue, message, {}))
    return {receiver(each.receiver) for each in route.arrived}


def test_by_its_example() -> None:
    assert reached(links_of(FILE % (5, "rater", RATER))) == {
        "consumer/rater", "bus/out", "queue/sink",
    }  # fmt: skip
    assert reached(links_of(FILE % (2, "rater", RATER))) == {"consumer/rater", "bus/out"}


def test_not_further_if_nothing_is_known_of_it() -> None:
    assert reached(links_of(FILE % (5, "provided", ""))) == {"bus/out"}


def test_the_table_of_all_ways_knows_whom_it_asks_and_what_comes_back() -> None:
    links = links_of(FILE % (5, "rater", RATER))
    found = matrix(links.topology)
    (row,) = [row for row in found.rows if row.message.name == "Placed"]
    told = {
        receiver(end): verdict for end, verdict in zip(found.receivers, row.verdicts, strict=True)
    }
    assert told["consumer/rater"] == "always"
    assert told["queue/sink"] == "possible"
