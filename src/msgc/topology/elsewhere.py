"""What is known of a place of another service in the workspace, which this file imports."""

from __future__ import annotations

from collections.abc import Callable

from msgc.record import Record
from msgc.source import Span
from msgc.topology.outsiders import AwsService
from msgc.topology.settings import Fifo, Found, Key
from msgc.workspace.sent import Sent


class Elsewhere(Record):
    """A place of another service, as the file of that service has it."""

    service: str
    name: str
    span: Span
    """Where it is declared."""
    address: Found
    fifo: Fifo | None
    max_size: int | None
    """Bytes; None: it has no limit of its own."""
    visibility: int | None
    """Seconds, of a queue whose file says it."""
    types: frozenset[str]
    """The messages that it carries, by their types on the wire."""
    open: bool
    """Whether others may put messages of any type there (`external`)."""
    encrypted: bool
    """Whether it has a key in KMS, of its own or of its stack."""
    key: Key | None
    """The key that its owner's stack makes for it, in this account: its alias is known."""
    lets_in: tuple[AwsService, ...]
    """The AWS services that its owner lets in, of a queue: nobody else's policy can."""
    replaced_by: str | None
    """The place of its owner's file that takes over from it."""
    sent: Callable[[], Sent]
    """Works out what is sent with them: for that the other file is compiled."""
