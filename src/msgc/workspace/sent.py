"""What a service of the workspace lets its generated publishers send with messages to a topic."""

from __future__ import annotations

from msgc.record import Record


class Sent(Record):
    """What goes with the messages of a topic, as far as that is known."""

    unknown: str | None
    """Why that isn't known of all publishers; None: it is."""
    broken: str | None = None
    """The path of its file, if that has mistakes: then nothing is known."""
    attributes: dict[str, dict[str, tuple[str, ...]]]
    """By the message's type on the wire: fields that go as attributes, by the attributes' names."""
