"""The ends of edges: places, consumers, whatever is outside; and who publishes."""

from __future__ import annotations

from typing import ClassVar, Literal, assert_never

from msgc.kinds import Kind
from msgc.record import OPEN, Record
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.topology.deferred import Text
from msgc.topology.destinations import Destination, HttpParameters
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.messages import Message
from msgc.topology.origins import Schedule, Stream
from msgc.topology.outsiders import NOBODY, Accounts, Allowed, AwsService, Principals
from msgc.topology.settings import (
    ByArn,
    Fifo,
    Found,
    GivenFunction,
    HttpPolicy,
    Key,
    MadeFunction,
    Pollers,
    Provided,
    Remembering,
    Worker,
)


class DeadLetter(Record):
    """Where a queue's messages go after `after` receives."""

    queue: Queue
    after: int


class Queue(Declared):
    """An SQS queue: the stack's own, or imported; its times are seconds, `max_size` is bytes."""

    physical_name: str
    """The queue's name in AWS, with `.fifo` where it belongs."""
    fifo: Fifo | None
    messages: tuple[Message, ...]
    """What producers put here directly; what subscriptions bring is not part of it."""
    kind: Literal["declared", "dead-letter", "undelivered"] = "declared"
    """`dead-letter`: made for a queue's poison messages; `undelivered`: made for the edges."""
    visibility: int
    """For how long a received message stays hidden, as written or derived from the consumer."""
    retention: int
    delay: int
    max_size: int
    wait: int
    dead_letter: DeadLetter | None
    others_publish: bool
    """`external: publish` or `true`: somebody outside this file puts messages here, too."""
    others_subscribe: bool
    """`external: subscribe` or `true`: somebody outside this file takes messages from here."""
    allowed: Allowed = NOBODY
    """Who outside of the service may publish and subscribe."""
    content_deduplication: bool = False
    """FIFO only: some message has no `deduplicate_by`, so SQS hashes the body."""
    discovery: bool = True
    """Whether a Systems Manager parameter is made in which others find its ARN."""
    imported: Found | None = None
    stem: str | None = None
    """What ids of an address begin with, which no section declares; None: with its name."""
    elsewhere: Elsewhere | None = None
    """What is known of it, if another service of the workspace owns it."""
    encryption: Key | None = None
    """None: SQS's own keys."""

    @property
    def is_declared(self) -> bool:
        """Whether the file names it."""
        return self.kind == "declared"

    @property
    def is_default(self) -> bool:
        """No: only a bus may be the account's own."""
        return False


class Topic(Declared):
    """An SNS topic: the stack's own, or imported; `max_size` is bytes."""

    physical_name: str
    fifo: Fifo | None
    messages: tuple[Message, ...]
    """What this file's producers put here (of an imported topic: what is known to arrive)."""
    imported: Found | None
    stem: str | None = None
    """What ids of an address begin with, which no section declares; None: with its name."""
    elsewhere: Elsewhere | None = None
    """What is known of it, if another service of the workspace owns it."""
    others_publish: bool
    others_subscribe: bool
    allowed: Allowed = NOBODY
    display_name: str | None
    max_size: int
    tracing: bool
    archive_days: int | None
    """FIFO only: days for which SNS keeps messages, to send them again; None: no archive."""
    http_policy: HttpPolicy | None = None
    """`delivery`: of subscriptions to HTTP endpoints that have none of their own."""
    content_deduplication: bool = False
    discovery: bool = True
    """As of queues."""
    encryption: Key | None = None

    @property
    def is_declared(self) -> bool:
        """Always: no topic is derived."""
        return True

    @property
    def is_default(self) -> bool:
        """No: only a bus may be the account's own."""
        return False


class EventLog(Record):
    """What EventBridge logs about a bus or a pipe, and where to."""

    level: Literal["error", "info", "trace"]
    detail: bool
    """Whether events are in the log, and what targets answered."""
    group: Outside


class Bus(Declared):
    """An EventBridge bus: the stack's own, imported, or the account's `default`."""

    physical_name: str
    messages: tuple[Message, ...]
    imported: Found | None
    stem: str | None = None
    """What ids of an address begin with, which no section declares; None: with its name."""
    elsewhere: Elsewhere | None = None
    """As of topics."""
    others_publish: bool
    others_subscribe: bool
    allowed: Allowed = NOBODY
    is_default: bool
    dead_letter: Queue | Literal[False] | None = None
    """Of rules that name no queue: where goes what they can't deliver. False: it is lost; None: to
    the undelivered queue."""
    log: EventLog | None = None
    schemas: bool = False
    """Whether the schemas of its messages are published in a registry."""
    archive_days: int | None
    """Days that the archive keeps events, 0 for ever; None: no archive."""
    discovery: bool = True
    """As of queues."""
    encryption: Key | None = None
    """Of its archive, too."""

    @property
    def is_declared(self) -> bool:
        """Always: no bus is derived."""
        return True

    @property
    def is_made(self) -> bool:
        """Whether the stack makes it: not where it exists already, as the account's own does."""
        return self.imported is None and not self.is_default

    @property
    def fifo(self) -> None:
        """None: no bus keeps an order."""


Place = Queue | Topic | Bus


Origin = Queue | Topic | Bus | Stream | Schedule
"""What an edge leads from: a closed union, taken apart by `match` with `assert_never`."""


class Publication(Record):
    """A place that a producer or consumer publishes to, and the messages that it puts there."""

    target: Place
    messages: tuple[Message, ...]
    untyped: bool = False
    """Whether it may be anything: what outsiders put on a place that has no messages."""
    span: Span
    description: str = ""
    """What it is published for."""

    @property
    def delivered(self) -> tuple[Message, ...]:
        """The types that arrive: its messages."""
        return self.messages

    @property
    def delivers_untyped(self) -> bool:
        """No: generated code publishes messages of known types."""
        return False

    @property
    def forwards_to(self) -> None:
        """None: what code publishes to a bus isn't an event of another bus."""


class Consumer(Declared):
    """A function or a process that handles messages; edges with this target bring them to it.

    `batch_window` is seconds; a number for `concurrency` is the mapping's maximum.
    """

    word: ClassVar[str] = "consumer"
    function: MadeFunction | GivenFunction | Worker
    """What runs its code."""
    batch_size: int
    batch_window: int
    concurrency: int | Pollers | None
    partial_failures: bool
    on_failure: Queue | None
    """Where asynchronous invocations (from a topic or bus) that failed for good go."""
    publishes: tuple[Publication, ...]
    reads: tuple[Queue, ...] = ()
    """Queues that its code takes messages out of by itself."""
    answers: Message | None = None
    """What its function answers to the pipes that ask it."""
    remembers: Remembering | None = None
    """Where it is remembered which messages were handled; None: nowhere."""
    gives_up: bool = False
    """Whether its code may move messages to the dead-letter queues of what it polls or reads."""
    stubs: bool
    """Whether it publishes with generated code, which sends the type and fields as attributes."""

    @property
    def outsider(self) -> None:
        """None: its function is of this account."""

    @property
    def made(self) -> MadeFunction | None:
        """Its function, if the stack makes it."""
        match self.function:
            case MadeFunction():
                return self.function
            case GivenFunction() | Worker():
                return None
            case _:
                assert_never(self.function)

    @property
    def worker(self) -> Worker | None:
        """The process that polls for it, if it has one in place of a function."""
        match self.function:
            case Worker():
                return self.function
            case MadeFunction() | GivenFunction():
                return None
            case _:
                assert_never(self.function)

    @property
    def has_handler(self) -> bool:
        """Whether its code has a handler in the stubs: not of a worker in another language."""
        return self.worker is None or self.worker.stubs

    @property
    def address(self) -> Provided | ByArn | None:
        """How its function is found, if that exists already."""
        match self.function:
            case GivenFunction(address=address):
                return address
            case MadeFunction() | Worker():
                return None
            case _:
                assert_never(self.function)


class Producer(Declared):
    """Whatever publishes; without a role, a managed policy is exported for it."""

    word: ClassVar[str] = "producer"
    role: Provided | ByArn | None
    outsider: AwsService | Accounts | Principals | None = None
    """An AWS service, another account, or a role of one: whom the policies of places let in."""
    publishes: tuple[Publication, ...]
    reads: tuple[Queue, ...] = ()
    """As of consumers."""
    gives_up: bool = False
    """Whether its code may move messages to the dead-letter queues of what it reads."""
    stubs: bool
    """As of consumers; no AWS service or whole account has any."""


Publisher = Consumer | Producer


class Outside(Record):
    """An end that the file doesn't declare: a URL, a mail address, a log group."""

    kind: Kind
    text: Text | None
    """Its address, or its name; None: found by what follows."""
    address: Found | None = None
    destination: Destination | None = None
    """The API destination that the stack makes for it."""
    http: HttpParameters | None = None
    """What the calls of an API destination have besides the message."""
    tag: str = OPEN
    """What keeps it apart from others whose addresses end as its own does; empty: none does."""

    @property
    def key(self) -> None:
        """None: the file doesn't declare it."""


End = Queue | Topic | Bus | Consumer | Outside
"""What an edge leads to: a closed union, taken apart by `match` with `assert_never`."""

Vertex = Queue | Topic | Bus | Consumer | Outside | Stream | Schedule
"""Whatever edges connect: a closed union, taken apart by `match` with `assert_never`."""
