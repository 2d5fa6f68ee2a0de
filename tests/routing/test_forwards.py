"""From bus to bus: an event goes one bus further, however many rules there are."""

from __future__ import annotations

from msgc.emit.stubs.testing.paths import Paths
from msgc.pipeline.check import Checked, analyse
from msgc.routing.matrix import matrix
from msgc.routing.publishing import published
from msgc.routing.route import Route, Router
from msgc.routing.tests import run_tests
from msgc.routing.wording import receiver, reference
from tests.files import messaging

FLEET = """\
version: 1
service: fleet
messages:
  TripEnded:
    schema: {type: object, properties: {city: {type: string}}}
    examples: [{city: Delft}]
  Billed: {schema: {type: object, properties: {amount: {type: number}}}}
buses: {trips: {messages: [TripEnded]}, region: {messages: [Billed]}, company: {}}
queues: {near: {}, far: {}}
subscriptions:
  up: {from: {bus: trips}, to: {bus: region}}
  on: {from: {bus: region}, messages: any, to: {bus: company}}  # msgc: ignore[event-forwarded-twice] -
  near: {from: {bus: region}, to: {queue: near}}
  far: {from: {bus: company}, to: {queue: far}}
consumers:
  nearby: {from: {queue: near}, function: provided}
  faraway: {from: {queue: far}, function: provided}
tests:
  - name: it comes as far as the region
    publish: {bus: trips, message: TripEnded}
    reaches: [queue/near, bus/region]
    not: [queue/far, bus/company, subscription/on]
"""  # noqa: E501


def fleet(text: str = FLEET) -> Checked:
    outcome = analyse("messaging.yaml", messaging(text))
    assert outcome.value is not None
    assert outcome.ok, outcome.diagnostics
    return outcome.value


def routed(made: Checked, bus: str, message: str) -> Route:
    start, what = made.topology.buses[bus], made.topology.messages[message]
    return Router(made.links).route(start, published(made.links, start, what, {}))


def test_a_forwarded_event_stays_where_it_is() -> None:
    route = routed(fleet(), "trips", "TripEnded")
    assert {reference(r) for r in route.reached} == {
        "bus/trips", "subscription/up", "bus/region", "subscription/near", "queue/near",
        "subscription/nearby", "consumer/nearby",
    }  # fmt: skip
    (no,) = route.refusals
    assert no.edge.name == "on"
    assert no.reason == (
        "`up` has forwarded it already, and EventBridge forwards an event to a bus once only: "
        "it ends in `undelivered`"
    )


def test_without_a_dead_letter_it_is_lost() -> None:
    made = fleet(FLEET.replace("to: {bus: company}}", "to: {bus: company}, dead_letter: false}"))
    (no,) = routed(made, "trips", "TripEnded").refusals
    assert no.reason.endswith("once only: it is lost")


def test_what_is_put_on_the_bus_itself_goes_on() -> None:
    assert made_reaches("region", "Billed") >= {"bus/company", "queue/far", "consumer/faraway"}


def made_reaches(bus: str, message: str) -> set[str]:
    return {reference(r) for r in routed(fleet(), bus, message).reached}


def test_a_filter_that_says_no_is_the_reason() -> None:
    narrowed = FLEET.replace("messages: any, to: {bus", "messages: [Billed], to: {bus")
    (no,) = routed(fleet(narrowed), "trips", "TripEnded").refusals
    assert no.reason == "it takes `Billed`, not `TripEnded`"


def test_tests_of_the_file() -> None:
    made = fleet()
    assert [t.diagnostics for t in run_tests(made.topology, made.links)] == [()]
    wrong = fleet(FLEET.replace("reaches: [queue/near, bus/region]", "reaches: [queue/far]"))
    ((failure,),) = (t.diagnostics for t in run_tests(wrong.topology, wrong.links))
    assert failure.message.endswith("`TripEnded` doesn't reach `queue/far`")
    (label,) = failure.labels
    assert "`on` says no: `up` has forwarded it already" in label.message


def test_a_rule_before_the_end_of_the_way_isnt_blamed() -> None:
    never = FLEET.replace(
        "up: {from: {bus: trips},", "up: {from: {bus: trips}, filter: {city: [X]},"
    )
    wrong = fleet(never.replace("[queue/near, bus/region]", "[queue/near, queue/far]"))
    ((near, far),) = (t.diagnostics for t in run_tests(wrong.topology, wrong.links))
    assert [label.message.split(":")[0] for label in near.labels] == ["`up` says no"]
    assert not far.labels


def test_the_matrix_and_the_fakes_say_the_same() -> None:
    made = fleet()
    table = matrix(made.topology)
    told = {
        row.message.name: {
            receiver(to): v for to, v in zip(table.receivers, row.verdicts, strict=True)
        }
        for row in table.rows
    }
    assert told["TripEnded"]["queue/near"] == "always"
    assert told["TripEnded"]["queue/far"] == told["TripEnded"]["consumer/faraway"] == "never"
    assert told["Billed"]["queue/far"] == "always"
    paths = Paths(made.links)
    from_trips = paths.ways_from(made.topology.buses["trips"])
    from_region = paths.ways_from(made.topology.buses["region"])
    assert [consumer.name for consumer in from_trips] == ["nearby"]
    assert sorted(consumer.name for consumer in from_region) == ["faraway", "nearby"]
