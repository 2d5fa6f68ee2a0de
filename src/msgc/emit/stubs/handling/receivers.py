"""Write the modules with which code reads queues in a loop of its own: one for each queue."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.python_writer import string
from msgc.emit.stubs.handling.dispatch import Reading, reading_of
from msgc.emit.stubs.handling.large_messages import write_large
from msgc.emit.stubs.writing.addresses import write_address
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.names import Names
from msgc.emit.stubs.writing.stub_writer import StubWriter, described
from msgc.links.model import Links
from msgc.links.receiving import arrivals_in
from msgc.topology.ends import Queue
from msgc.topology.settings import Large

_TAKEN = ("Incoming", "LargeMessages", "Message", "Receiver", "TypeAlias", "UntypedMessage")


def readings_of(links: Links, names: Names) -> dict[Queue, Reading]:
    """Return how what is in each queue is read that code reads in a loop of its own."""
    if not names.receivers:
        return {}
    return {
        queue: reading_of("sqs", arrivals)
        for queue, arrivals in arrivals_in(links, names.receivers).items()
    }


def received_messages(reading: Reading) -> list[str]:
    """Return the names of the classes that a receiver brings."""
    found = [message.name for message in reading.messages]
    return [*found, "UntypedMessage"] if reading.untyped else found


def receiver_artifacts(
    folder: str, names: Names, readings: dict[Queue, Reading], variants: tuple[Links, ...]
) -> tuple[Artifact, ...]:
    """Return a module for every queue; `variants` are the links in each environment."""
    return tuple(
        Artifact(
            path=f"{folder}/receivers/{names.module(queue)}.py",
            text=_receiver(queue, name, readings[queue], variants),
        )
        for queue, name in names.receivers.items()
    )


def _receiver(queue: Queue, name: str, reading: Reading, variants: tuple[Links, ...]) -> str:
    topology = variants[0].topology
    about = f"Receiving from the queue `{queue.name}`, in a loop of one's own."
    writer = StubWriter(about, location_of(topology.build), taken=(*_TAKEN, name))
    members = [writer.message(message) for message in reading.messages]
    if reading.untyped:
        members.append(writer.runtime("handling.untyped", "UntypedMessage"))
    writer.use("typing", "TypeAlias")
    writer.alias("Message", members)
    writer.docstring(f"What may be in `{queue.name}`.")
    large = _large(variants[0], reading)
    if large:
        write_large(writer, large)
    base = writer.runtime("working.receiver", "Receiver")
    writer.lines(["", ""])
    with writer.signature(f"class {name}(", [f"{base}[Message]"], "):"):
        first = f"Receives what is in the queue `{queue.name}`, with `receive`."
        untold = "" if reading.arrivals else "Nothing says of which types its messages are.\n\n"
        writer.docstring(described(first, untold + queue.description))
        writer.line()
        writer.assignment("consumer", string(queue.name))
        writer.assignment("service", string(topology.service))
        write_address(writer, queue, variants)
        if queue.fifo is not None:
            writer.line("fifo = True")
        if large:
            writer.line("large = LARGE")
        writer.line()
        reading.write(writer, "read", method=True, is_large=bool(large))
    return writer.render()


def _large(links: Links, reading: Reading) -> tuple[Large, ...]:
    """Return how messages in a queue go through S3, of those that may."""
    if not links.topology.payload_buckets:
        return ()
    from msgc.links.large import brought_by  # noqa: PLC0415  # few services have some

    return brought_by(reading.arrivals)
