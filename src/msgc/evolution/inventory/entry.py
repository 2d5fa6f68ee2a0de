"""A line of the inventory: something that the stack holds, and what would be lost with it."""

from __future__ import annotations

from msgc.record import Record
from msgc.topology.declared import Declared

ALONE = ""
"""The environment of a file without environments."""


class Entry(Record):
    """Something that holds data or that others know; all texts as the inventory has them."""

    key: str
    """`queue/invoicing`."""
    stack: str = ""
    id: str = ""
    """The logical id, by which an entry is found again; empty for what is no resource."""
    type: str = ""
    names: dict[str, str] = {}  # noqa: RUF012  # records are frozen
    """What it is called in AWS, by environment."""
    fixed: dict[str, str] = {}  # noqa: RUF012
    """Properties that can't change, but for the name."""
    keeps: dict[str, str] = {}  # noqa: RUF012
    """What it keeps, and for how long: `messages: 14d`."""
    of: tuple[str, ...] = ()
    """The keys of what it hangs on."""
    waits: tuple[str, ...] = ()
    """What may wait in a queue, as the handler behind it reads it: `OrderPlaced bare`."""
    filters: dict[str, str] = {}  # noqa: RUF012
    """JSON by environment: what is let through, where that isn't everything."""
    wire: str = ""
    """The name on the wire, of a message or a source."""
    envelope: str = ""
    """What is around a message's payload on the wire: `cloudevents`."""
    attributes: tuple[str, ...] = ()
    """Attributes that are promised, or sent to where others may subscribe."""
    may: tuple[str, ...] = ()
    """What code may do that runs outside of the stack: `publish topic/orders`."""
    off: tuple[str, ...] = ()
    """The environments in which it is switched off."""
    only: tuple[str, ...] = ()
    """The environments in which it exists, if it isn't in all of them."""
    others: bool = False
    """Whether somebody outside of the service may depend on it."""
    removal: str = ""
    """`retain`: it stays when the stack lets go of it."""
    protected: tuple[str, ...] = ()
    """The environments in which it is protected."""
    why: str = ""
    """Of what is gone: what it was given up for."""

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same thing: a resource's type and id, or a name on the wire or here."""
        return (self.type, self.id) if self.type else (self.prefix, self.wire or self.called)

    @property
    def filter(self) -> str:
        """What is let through in the one environment that this is about."""
        return next(iter(self.filters.values()), "")

    @property
    def prefix(self) -> str:
        """What its key begins with: `queue`."""
        return self.key.partition("/")[0]

    @property
    def on_wire(self) -> bool:
        """Whether it is a type or a source: something that messages say, and no resource."""
        return bool(self.wire)

    @property
    def called(self) -> str:
        """Its name in messaging.yaml: `invoicing`."""
        return self.key.partition("/")[2]


class Made(Record):
    """What a file makes now: an entry, and what of the file it is made for."""

    entry: Entry
    declared: Declared | None
    """None: the service as a whole."""
