"""Run the file's own tests: messages sent through the topology, and who has to get them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.model import Links
from msgc.routing.publishing import published, scheduled
from msgc.routing.results import TestResult
from msgc.routing.route import Route, Router
from msgc.runtime.errors import RefusedError
from msgc.runtime.testing.parcels import Parcel
from msgc.topology.ends import Bus, Queue, Topic
from msgc.topology.model import Test, Topology
from msgc.topology.origins import Schedule


def run_tests(topology: Topology, links: Links) -> tuple[TestResult, ...]:
    """Return what came of the tests of a file."""
    router = Router(links)
    failed = {
        test: failure
        for test in topology.tests
        if (failure := _failure(test, links, router)) is not None
    }
    return tuple(_results(topology, failed))


def _results(topology: Topology, failed: dict[Test, Route | RefusedError]) -> Iterator[TestResult]:
    environment = topology.environment_name
    if not failed:
        for test in topology.tests:
            yield TestResult(test=test, diagnostics=(), environment=environment)
        return
    from msgc.routing.failures import Failures  # noqa: PLC0415  # 1 ms, for tests that fail

    failures = Failures(topology)
    for test in topology.tests:
        found = tuple(failures.of(test, failed[test])) if test in failed else ()
        yield TestResult(test=test, diagnostics=found, environment=environment)


def _parcel(test: Test, links: Links) -> Parcel:
    """Return what a test publishes, or what its schedule sends."""
    match test.place:
        case Queue() | Topic() | Bus() as place:
            assert test.message is not None, test  # noqa: S101  # only schedules may not say
            return published(links, place, test.message, test.payload, test.attributes)
        case Schedule() as schedule:
            edges = links.topology.subscriptions.values()
            return scheduled(next(edge for edge in edges if edge.origin is schedule))
        case _:
            assert_never(test.place)


def _failure(test: Test, links: Links, router: Router) -> Route | RefusedError | None:
    """Send the message of a test; return where it went, or why it can't, if that is wrong."""
    try:
        parcel = _parcel(test, links)
    except RefusedError as error:
        return error
    route = router.route(test.place, parcel)
    written = links.topology.replacements.edges  # those that are made on two places
    reached = {*route.reached, *(written[each] for each in written if each in route.reached)}
    reaches = all(expected.receiver in reached for expected in test.reaches)
    misses = not any(unwanted.receiver in reached for unwanted in test.misses)
    return None if reaches and misses else route
