"""Write the loop of a worker, and the program that it is, into its consumer's module."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.emit.python_writer import string
from msgc.emit.stubs.writing.stub_writer import StubWriter, tuple_of
from msgc.links.model import Links, Trigger
from msgc.topology.ends import Consumer


def queue_variables(links: Links, triggers: Iterable[Trigger]) -> list[str]:
    """Return the environment variables that have the URLs of a consumer's queues."""
    queues = [trigger.queue for trigger in triggers if trigger.queue is not None]
    return sorted({links.addresses[queue].variable for queue in queues})


def write_worker(writer: StubWriter, consumer: Consumer, variables: list[str]) -> None:
    """Write the function that makes the loop."""
    made = writer.runtime("working.worker", "Worker")
    options = writer.runtime("working.protocols", "WorkerOptions", typing_only=True)
    unpack = writer.use("typing", "Unpack")
    parameters = [
        f"handler: WorkerHandler[Message, {writer.use('typing', 'Any')}]",
        f"**options: {unpack}[{options}]",
    ]
    writer.lines(["", ""])
    with writer.signature("def worker(", parameters, f") -> {made}:"):
        writer.docstring(
            f"Return the loop that receives what is for `{consumer.name}`: `worker(handle).run()`."
        )
        names = tuple_of("", [string(name) for name in variables], writer.room - 4)
        writer.statement(f"return {made}(", ["handler", names, "**options"])


def write_program(writer: StubWriter, consumer: Consumer) -> None:
    """Write what runs the loop when the module is run."""
    writer.lines(["", ""])
    with writer.block('if __name__ == "__main__":'):
        main = writer.runtime("working.command", "main")
        writer.line(f"{main}(worker, {string(consumer.name)})")
