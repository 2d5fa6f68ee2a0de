"""Write façades: what a producer, or a consumer, may publish, and nothing else."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.stubs.publishing.publishers import keywords_of
from msgc.emit.stubs.writing.location import Location, location_of
from msgc.emit.stubs.writing.names import Names
from msgc.emit.stubs.writing.stub_writer import StubWriter, described
from msgc.topology.ends import Place, Publisher
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of

_OUTLETS = ("BusOutlet", "QueueOutlet", "TopicOutlet")


def producer_artifacts(folder: str, topology: Topology, names: Names) -> tuple[Artifact, ...]:
    """Return a module for every façade."""
    location = location_of(topology.build)
    return tuple(
        Artifact(
            path=f"{folder}/producers/{names.module(publisher)}.py",
            text=_facade(publisher, name, names, location),
        )
        for publisher, name in names.facades.items()
    )


def outlets(publisher: Publisher, names: Names) -> dict[Place, tuple[Message, ...]]:
    """Return the places of a façade, each with the messages that it may put there."""
    found: dict[Place, tuple[Message, ...]] = {}
    for publication in publisher.publishes:
        if publication.target in names.places:
            known = found.get(publication.target, ())
            more = tuple(m for m in publication.messages if m not in known)
            found[publication.target] = known + more
    return found


def _facade(publisher: Publisher, name: str, names: Names, location: Location) -> str:
    word = publisher.word
    places = outlets(publisher, names)
    writer = StubWriter(
        f"What the {word} `{publisher.name}` publishes.",
        location,
        taken=(
            "BusOutlet",
            "QueueOutlet",
            "TopicOutlet",
            name,
            *(names.places[place] for place in places),
        ),
    )
    types: dict[Place, str] = {}
    for place, messages in places.items():
        cls = names.places[place]
        writer.use(f"..publishers.{names.module(place)}", cls)
        types[place] = cls
        narrowed = set(messages) != set(names.messages[place])
        if narrowed and not keywords_of(place, names.messages[place]):
            outlet = f"{kind_of(place).word.capitalize()}Outlet"
            writer.runtime("publishing.protocols", outlet, typing_only=True)
            types[place] = f"{outlet}[{writer.union(messages, f'_{cls}Messages')}]"
    purposes = {each.target: each.description.strip() for each in publisher.publishes}
    with writer.block(f"class {name}:"):
        first = f"Publishes what the {word} `{publisher.name}` may publish."
        writer.docstring(described(first, publisher.description))
        writer.line()
        for place, type_ in types.items():
            writer.line(f"{names.module(place)}: {type_}")
            about = "\n\n".join(filter(None, (purposes.get(place), place.description.strip())))
            if about:
                writer.docstring(about)
        writer.line()
        parameters = [f"{names.module(p)}: {type_} | None = None" for p, type_ in types.items()]
        with writer.signature("def __init__(", ["self", "*", *parameters], ") -> None:"):
            for place in types:
                _default(writer, names.module(place), names.places[place])
    return writer.render()


def _default(writer: StubWriter, field: str, cls: str) -> None:
    line = f"self.{field} = {field} or {cls}()"
    if len(line) <= writer.room:
        writer.line(line)
    else:
        with writer.block(f"self.{field} = (", ")"):
            writer.line(f"{field} or {cls}()")
