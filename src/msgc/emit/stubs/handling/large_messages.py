"""Write in which buckets messages are read that were too large for their topic or queue."""

from __future__ import annotations

from msgc.emit.python_writer import call, string
from msgc.emit.stubs.writing.stub_writer import StubWriter, grouped
from msgc.topology import names
from msgc.topology.settings import Large


def write_large(writer: StubWriter, large: tuple[Large, ...]) -> None:
    """Write in which buckets large messages are read."""
    buckets = {names.payload_variable(each.bucket.owner): each.bucket for each in large}
    written = [f"{string(name)}: {string(found.prefix)}" for name, found in sorted(buckets.items())]
    largest = max(each.largest for each in large)
    head = f"LARGE = {writer.runtime('handling.large', 'LargeMessages')}("
    writer.line()
    arguments = [call("{", written, writer.room - 4, "}"), f"largest={grouped(largest)}"]
    writer.text(call(head, arguments, writer.room))
    writer.docstring("Where it reads messages that were too large for their topic or queue.")
