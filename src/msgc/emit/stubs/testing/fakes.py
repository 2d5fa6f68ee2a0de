"""Write the package's `testing`: fakes of its publishers, events, and pytest fixtures."""

from __future__ import annotations

from typing import assert_never

from msgc.artifact import Artifact
from msgc.emit.python_writer import literal, string
from msgc.emit.stubs.publishing.producers import outlets
from msgc.emit.stubs.testing.contracts import contract_artifact
from msgc.emit.stubs.testing.hops import written_path
from msgc.emit.stubs.testing.paths import Paths, Ways
from msgc.emit.stubs.writing.lazy import lazy_package
from msgc.emit.stubs.writing.location import Location, location_of
from msgc.emit.stubs.writing.names import Names
from msgc.emit.stubs.writing.stub_writer import StubWriter, mapping, tuple_of
from msgc.links.mechanisms import (
    ScheduledSend,
)
from msgc.links.model import Links
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.names import pascal, snake
from msgc.topology.narrowing import kind_of

_EVENTS = ("FakeLambdaContext", "eventbridge_event", "sns_event", "sqs_event")
_FAKES = "testing.fakes"
_LARGE = "testing.large"
_ROUTES = "testing.routes"


def fake_artifacts(folder: str, links: Links, names: Names) -> tuple[Artifact, ...]:
    """Return the modules of `testing`."""
    location = location_of(links.topology.build)
    exports = dict.fromkeys(_EVENTS, location.module("testing.events", "."))
    exports["Delivered"] = location.module(_FAKES, ".")
    if links.triggers:
        exports["InMemoryStore"] = location.module("handling.memory", ".")
    fakes = {f"Fake{cls}": f".fake_{names.module(p)}" for p, cls in names.places.items()}
    fakes |= {
        f"Fake{pascal(made.edge.name)}Schedule": f".fake_{snake(made.edge.name)}_schedule"
        for made in _schedules(links)
    }
    if fakes:
        exports |= {
            "Contract": location.module("testing.contracts", "."),
            "ContractError": location.module("testing.contracts", "."),
            "contract": ".contracts",
        }
    text = lazy_package(
        "For tests: publishers into memory, and events as Lambda gets them.", exports | fakes
    )
    found = [Artifact(path=f"{folder}/testing/__init__.py", text=text)]
    paths = Paths(links)
    for place in names.places:
        path = f"{folder}/testing/fake_{names.module(place)}.py"
        found.append(Artifact(path=path, text=_fake(place, names, paths, location)))
    for made in _schedules(links):
        path = f"{folder}/testing/fake_{snake(made.edge.name)}_schedule.py"
        found.append(Artifact(path=path, text=_schedule(made, paths, location)))
    if fakes:
        found.append(contract_artifact(folder, links, names, location))
    if names.places:
        path = f"{folder}/testing/fixtures.py"
        found.append(Artifact(path=path, text=_fixtures(folder, names, location)))
    return tuple(found)


def _fake(place: Place, names: Names, paths: Paths, location: Location) -> str:
    cls = names.places[place]
    about = f"A {kind_of(place).word} `{place.name}` in memory."
    writer = StubWriter(about, location, up=".")
    writer.use(f"..publishers.{names.module(place)}", cls)
    is_large = _is_large(place, names)
    base = writer.runtime(_LARGE, "LargeFake") if is_large else writer.runtime(_FAKES, "Fake")
    client = writer.runtime(_FAKES, "FakeAws")
    with writer.signature(f"class Fake{cls}(", [base, cls], "):"):
        writer.docstring(
            f"The {kind_of(place).word} `{place.name}` in memory; all but the AWS call is real."
        )
        if _is_per_group(place):
            writer.lines(["", "per_group = True"])
        _write_paths(writer, paths.ways_from(place))
        writer.line()
        with writer.block("def __init__(self) -> None:"):
            writer.line(f"self.aws = {client}()")
            if is_large:
                writer.line(f"self.objects = {writer.runtime(_LARGE, 'FakeBucket')}()")
            argument = "url" if kind_of(place).has_url else "arn"
            arguments = [f"{argument}={string('in-memory')}", "client=self.aws"]
            writer.statement("super().__init__(", arguments)
    return writer.render()


def _is_large(place: Place, names: Names) -> bool:
    """Whether a message may go through S3 that is published to a place."""
    found = any(message.large is not None for message in names.messages[place])
    return found and not kind_of(place).carries_events


def _is_per_group(place: Place) -> bool:
    """Whether FIFO deduplicates in each group alone."""
    match place:
        case Queue() | Topic():
            return place.fifo is not None and place.fifo.per_group
        case Bus():
            return False
        case _:
            assert_never(place)


def _schedules(links: Links) -> tuple[ScheduledSend, ...]:
    """Return one of what each schedule sends: to all of its targets it is the same."""
    return tuple({made.schedule: made for made in reversed(links.scheduled_sends)}.values())[::-1]


def _write_paths(writer: StubWriter, ways: Ways) -> None:
    """Write the ways to each consumer, if there are any."""
    if not ways:
        return
    writer.line()
    way = writer.runtime(_ROUTES, "Path")
    with writer.block(f"paths: {mapping(writer, f'tuple[{way}, ...]')} = {{", "}"):
        for consumer, found in ways.items():
            shown = [written_path(writer, way, consumer, writer.room - 5) for way in found]
            key = f"{string(consumer.name)}: "
            writer.text(tuple_of(key, shown, writer.room - 1) + ",")


def _schedule(made: ScheduledSend, paths: Paths, location: Location) -> str:
    """Write the fake of a schedule, which fires when a test says so."""
    edge = made.edge
    writer = StubWriter(f"The schedule `{edge.name}` in tests.", location, up=".")
    base = writer.runtime("testing.schedules", "FakeSchedule")
    with writer.block(f"class Fake{pascal(edge.name)}Schedule({base}):"):
        writer.docstring(
            f"The schedule `{edge.name}`, `{made.schedule.expression}`; `fire` lets it send."
        )
        writer.line()
        held, anything = writer.use("typing", "ClassVar"), writer.use("typing", "Any")
        writer.line(f"name = {string(edge.name)}")
        sent = edge.send.sent if edge.send is not None else {}
        head = f"send: {held}[{anything}] = "
        for line in f"{head}{literal(sent, writer.room, len(head))}".split("\n"):
            writer.line(line)
        _write_paths(writer, paths.ways_from(made.schedule))
    return writer.render()


_OF_PYTEST = {"cache", "request"}
"""What pytest has fixtures of its own for."""


def _fixtures(folder: str, names: Names, location: Location) -> str:
    package = folder.rpartition("/")[2]
    writer = StubWriter(
        "Fixtures for pytest: fakes, and façades that publish to them.\n\n"
        "In `conftest.py`:\n\n"
        f'    pytest_plugins = ["{package}.testing.fixtures"]',
        location,
    )
    writer.use_module("pytest")
    used = {names.module(place) for place in names.places} | _OF_PYTEST
    for place, cls in names.places.items():
        field = names.module(place)
        fake = writer.use(f".fake_{field}", f"Fake{cls}")
        writer.lines(["", "", "@pytest.fixture"])
        with writer.block(f"def {field}() -> {fake}:"):
            writer.docstring(f"The {kind_of(place).word} `{place.name}`, in memory.")
            writer.line(f"return {fake}()")
    for publisher, cls in names.facades.items():
        places = list(outlets(publisher, names))
        module = names.module(publisher)
        name = f"{module}_publisher" if module in used else module
        writer.use(f"..producers.{module}", cls)
        writer.lines(["", "", "@pytest.fixture"])
        parameters = [f"{names.module(p)}: Fake{names.places[p]}" for p in places]
        with writer.signature(f"def {name}(", parameters, f") -> {cls}:"):
            writer.docstring(f"What `{publisher.name}` publishes with, in memory.")
            arguments = [f"{names.module(p)}={names.module(p)}" for p in places]
            writer.statement(f"return {cls}(", arguments)
    return writer.render()
