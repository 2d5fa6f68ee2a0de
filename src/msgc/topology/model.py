"""The whole vocabulary of a resolved messaging.yaml, on one page.

Every name is linked to the thing it names, every default is filled in, durations are seconds and
sizes are bytes. What follows from the graph as a whole (policies, compiled filters, envelopes)
is worked out from this by `msgc.delivery`.
"""

from __future__ import annotations

from typing import Any, Literal, assert_never

from msgc.artifact import Output
from msgc.kinds import BUS, CONSUMER, QUEUE, TOPIC, Kind
from msgc.payloads.model import ObjectShape
from msgc.payloads.places import WrittenSchema
from msgc.record import Record
from msgc.source import Span
from msgc.topology import names
from msgc.tree import Mapping, Node, at


class Declared(Record):
    """Something the file declares under a name; `key` is the place of that name.

    What msgc derives by itself (a dead-letter queue) has the places of what it was derived from.
    """

    name: str
    key: Span
    node: Node
    description: str = ""

    def place(self, *path: str | int) -> Span:
        """Return the place of a part of the declaration (`place("dead_letter", "after")`).

        The place of the name itself, if there is no such part or no path is given.
        """
        if path and isinstance(self.node, Mapping):
            node = at(self.node, path)
            if node is not self.node:
                return node.span
        return self.key


# --- messages -----------------------------------------------------------------------------------


class Message(Declared):
    """A type of message: one JSON object."""

    payload: ObjectShape
    schema: WrittenSchema
    """The JSON Schema that `payload` was read from, as it was written."""
    type: str
    """The name on the wire: EventBridge's `detail-type`, the attribute `message_type` elsewhere."""
    source: str
    """The EventBridge `source` under which this service publishes it."""
    sources: tuple[Any, ...]
    """What a rule's pattern says for `source`: strings or matchers (`{"prefix": "aws."}`)."""
    group_by: tuple[str, ...] | None
    """Path of the payload field that is the FIFO group (and the fair-queue group)."""
    deduplicate_by: tuple[str, ...] | None
    examples: tuple[dict[str, Any], ...]


# --- places -------------------------------------------------------------------------------------


class ByArn(Record):
    """Something that exists already, found by its ARN."""

    arn: str


class ByParameter(Record):
    """Something that exists already; its ARN is the value of a Systems Manager parameter."""

    parameter: str


class Provided(Record):
    """Something that the user's own CDK code hands to the construct, as the argument `argument`."""

    argument: str


class Fifo(Record):
    """First in, first out; `per_group` is SQS's high throughput and SNS's scope MessageGroup."""

    per_group: bool = False


class DeadLetter(Record):
    """Where a queue's messages go after `after` receives."""

    queue: Queue
    after: int


class Queue(Declared):
    """An SQS queue that the stack makes."""

    physical_name: str
    """The queue's name in AWS, with `.fifo` where it belongs."""
    fifo: Fifo | None
    messages: tuple[Message, ...]
    """What producers put here directly; what subscriptions bring is not part of it."""
    kind: Literal["declared", "dead-letter", "undelivered"] = "declared"
    """`dead-letter`: made for a queue's poison messages; `undelivered`: made for the edges."""
    visibility: int
    """Seconds a received message stays hidden, as written or derived from the consumer."""
    retention: int
    delay: int
    max_size: int
    wait: int
    dead_letter: DeadLetter | None
    others_publish: bool
    """`external: publish` or `true`: somebody outside this file puts messages here, too."""
    others_subscribe: bool
    """`external: subscribe` or `true`: somebody outside this file takes messages from here."""
    content_deduplication: bool = False
    """FIFO only: some message has no `deduplicate_by`, so SQS hashes the body."""


class Topic(Declared):
    """An SNS topic: the stack's own, or imported."""

    physical_name: str
    fifo: Fifo | None
    messages: tuple[Message, ...]
    """What this file's producers put here (of an imported topic: what is known to arrive)."""
    imported: ByArn | ByParameter | None
    others_publish: bool
    others_subscribe: bool
    display_name: str | None
    max_size: int
    tracing: bool
    content_deduplication: bool = False


class Bus(Declared):
    """An EventBridge bus: the stack's own, imported, or the account's `default`."""

    physical_name: str
    messages: tuple[Message, ...]
    imported: ByArn | ByParameter | None
    others_publish: bool
    others_subscribe: bool
    is_default: bool
    archive_days: int | None
    """Days that the archive keeps events, 0 for ever; None: no archive."""


Place = Queue | Topic | Bus


# --- consumers and producers --------------------------------------------------------------------


class MadeFunction(Record):
    """A Lambda function that the stack makes from a folder of code."""

    code: str
    """Folder, relative to messaging.yaml."""
    handler: str
    runtime: str
    timeout: int
    memory: int
    """MiB."""
    environment: dict[str, str]
    reserved: int | None
    layers: tuple[str, ...]
    retries: int | None
    """Asynchronous invocations only: 0 to 2."""


class GivenFunction(Record):
    """A Lambda function that exists: handed over by the user's CDK code, or found by its ARN."""

    address: Provided | ByArn
    timeout: int | None


class Publication(Record):
    """One edge out of a producer: the place and what is put there."""

    target: Place
    messages: tuple[Message, ...]
    span: Span


class Pollers(Record):
    """Provisioned pollers of an event source mapping."""

    min: int
    max: int


class Consumer(Declared):
    """Code that handles messages; how they come to it are subscriptions with this target."""

    function: MadeFunction | GivenFunction
    batch_size: int
    batch_window: int
    concurrency: int | Pollers | None
    partial_failures: bool
    on_failure: Queue | None
    """Where asynchronous invocations (from a topic or bus) that failed for good go."""
    publishes: tuple[Publication, ...]
    stubs: bool
    """Whether it publishes with generated code, which sends the type and fields as attributes."""


class Producer(Declared):
    """Whatever publishes; without a role, a managed policy is exported for it."""

    role: Provided | ByArn | None
    publishes: tuple[Publication, ...]
    stubs: bool
    """As of consumers."""


Publisher = Consumer | Producer


# --- edges --------------------------------------------------------------------------------------


class Outside(Record):
    """An end that the file doesn't declare: a URL, a mail address, a log group."""

    kind: Kind
    text: str | None
    """Its address, or its name; None: found by what follows."""
    address: Provided | ByArn | None = None


End = Queue | Topic | Bus | Consumer | Outside
Target = End


def kind_of(end: End) -> Kind:
    """Return what kind of end something is."""
    match end:
        case Queue():
            return QUEUE
        case Topic():
            return TOPIC
        case Bus():
            return BUS
        case Consumer():
            return CONSUMER
        case Outside(kind=kind):
            return kind
        case _:
            assert_never(end)


class Retry(Record):
    """How long a rule's target, or an HTTP endpoint, is tried: attempts, and seconds at most."""

    attempts: int | None
    max_age: int | None


class Subscription(Declared):
    """An edge from a place to where its messages go; from a queue, it is a consumer's poll.

    A poll has the consumer's name, which a subscription may have too.
    """

    origin: Place
    target: Target
    messages: tuple[Message, ...]
    """The types that take this edge; empty with `untyped`, and with a `pattern` that names none."""
    untyped: bool
    """`messages: any`: everything, whatever it is."""
    filter: dict[str, Any] | None
    """Event-pattern language about the payload, as written."""
    filter_on: Literal["attributes", "body"] | None
    """The SNS scope decided by hand; None leaves it to the compiler."""
    pattern: dict[str, Any] | None
    """A raw EventBridge event pattern, instead of `filter`."""
    raw: bool
    dead_letter: Queue | None
    retry: Retry | None
    enabled: bool


# --- tests --------------------------------------------------------------------------------------


class Expectation(Record):
    """Who a message is to reach: a place, a consumer, or the edge that it takes."""

    receiver: Place | Consumer | Subscription
    span: Span


class Test(Record):
    """A message that is published to a place, and whom it has to reach or must not."""

    name: str
    span: Span
    place: Place
    message: Message
    payload: dict[str, Any]
    published: Span
    """Where the file says what is published."""
    reaches: tuple[Expectation, ...]
    misses: tuple[Expectation, ...]


# --- the file -----------------------------------------------------------------------------------


class Build(Record):
    """Where `msgc build` writes, relative to messaging.yaml.

    There is one way to write a place: with `/`, without `.` or a `/` at its end, and with `..` at
    most at its beginning.
    """

    service: str
    written: dict[str, str]
    """Paths by the keys of outputs, as far as the file has them."""

    def path(self, output: Output) -> str:
        """Return the folder of an output."""
        return output.path(self.written.get(output.key), names.snake(self.service))


class Topology(Record):
    """A whole messaging.yaml, resolved; every dictionary is in the order of the file.

    `queues` has the derived dead-letter queues too, each right behind the queue it serves.
    `subscriptions` has the polls of consumers too, under `consumer/NAME`.
    """

    service: str
    source: str
    owner: str | None
    description: str
    build: Build
    root: Mapping
    messages: dict[str, Message]
    queues: dict[str, Queue]
    topics: dict[str, Topic]
    buses: dict[str, Bus]
    subscriptions: dict[str, Subscription]
    consumers: dict[str, Consumer]
    producers: dict[str, Producer]
    tests: tuple[Test, ...]
    misread: frozenset[str] = frozenset()
    """Messages whose schema has a mistake: there may be more to them than is known."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Queues, topics and buses."""
        return (*self.queues.values(), *self.topics.values(), *self.buses.values())

    @property
    def publishers(self) -> tuple[Publisher, ...]:
        """Producers and consumers: whatever has `publishes`, even if that is empty."""
        return (*self.producers.values(), *self.consumers.values())
