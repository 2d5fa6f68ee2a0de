"""`Topology`: a whole messaging.yaml, resolved: all that it declares, its tests, its outputs.

Every name is linked to the thing it names, every default is filled in, durations are seconds and
sizes are bytes. What follows from the graph as a whole (policies, compiled filters, envelopes)
is worked out from this by `msgc.links`.
"""

from __future__ import annotations

from typing import Any

from msgc.artifact import Output
from msgc.record import Record
from msgc.source import Span
from msgc.topology import names
from msgc.topology.declared import Declared, written_tags
from msgc.topology.edges import Subscription
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.ends import (
    Bus,
    Consumer,
    Place,
    Producer,
    Publication,
    Publisher,
    Queue,
    Topic,
)
from msgc.topology.environments import Environment, root_of, suffix_of
from msgc.topology.messages import Message
from msgc.topology.origins import Schedule
from msgc.topology.placement import Placement
from msgc.topology.replacements import NO_REPLACEMENTS, Replacements
from msgc.topology.settings import ClaimTable, Key, PayloadBucket
from msgc.tree import Mapping


class Expectation(Record):
    """Who a message is to reach: a place, a consumer, or the edge that it takes."""

    receiver: Place | Consumer | Subscription
    span: Span


class Test(Record):
    """A message that is published or sent by a schedule, whom it has to reach, and whom not."""

    name: str
    span: Span
    place: Place | Schedule
    message: Message | None
    """None: a schedule doesn't say which it sends."""
    payload: dict[str, Any]
    attributes: dict[str, Any]
    """Those that aren't in the payload, by their names."""
    published: Span
    """Where the file says what is published."""
    reaches: tuple[Expectation, ...]
    misses: tuple[Expectation, ...]


class Input(Declared):
    """A value that the app gives when it deploys the stack, as an argument of the construct."""

    @property
    def argument(self) -> str:
        """Its name in Python: `shopify_bus`."""
        return names.snake(self.name)


class Build(Record):
    """Where `msgc build` writes, relative to messaging.yaml.

    There is one way to write a place: with `/`, without `.` or a `/` at its end, and with `..` at
    most at its beginning.
    """

    service: str
    written: dict[str, str]
    """Paths by the keys of outputs, as far as the file has them."""

    def path(self, output: Output) -> str:
        """Return the folder of an output that every service has."""
        path = self.optional(output)
        assert path is not None, output.key  # noqa: S101  # it has a default
        return path

    def optional(self, output: Output) -> str | None:
        """Return the folder of an output, None if this service has none."""
        return output.path(self.written.get(output.key), names.snake(self.service))


class Topology(Record):
    """A whole messaging.yaml, resolved; every dictionary is in the order of the file.

    `queues` has the derived dead-letter queues too, each right behind the queue it serves.
    `subscriptions` has the polls of consumers too, under `consumer/NAME`, and of a list of targets
    one edge for each: the first under the name, the others under `NAME/1`, `NAME/2`, ...
    """

    service: str
    built_as: str
    """What names in AWS begin with: the service's name, or the one under which it was first built.

    Names in Python follow `service`.
    """
    source: str
    owner: str | None
    description: str
    build: Build
    root: Mapping
    inputs: dict[str, Input]
    messages: dict[str, Message]
    queues: dict[str, Queue]
    topics: dict[str, Topic]
    buses: dict[str, Bus]
    subscriptions: dict[str, Subscription]
    consumers: dict[str, Consumer]
    producers: dict[str, Producer]
    tests: tuple[Test, ...]
    claim_tables: tuple[ClaimTable, ...] = ()
    """The tables in which consumers remember what they have handled."""
    payload_buckets: tuple[PayloadBucket, ...] = ()
    """The buckets through which large messages go."""
    keys: tuple[Key, ...] = ()
    """The KMS keys with which something is encrypted."""
    environment: Environment | None = None
    """In which it is deployed, if the file has environments."""
    used_inputs: frozenset[str] = frozenset()
    """Inputs that some `${name}` of the file stands for."""
    misread: frozenset[tuple[str, str]] = frozenset()
    """By section and name, what has a mistake where it is declared, in this file or in another one:
    there may be more to it than is known."""
    incomplete: frozenset[Place] = frozenset()
    """Places of which the file lists messages that aren't understood."""
    elsewhere: dict[tuple[str, str], Elsewhere] = {}  # noqa: RUF012  # a record's default
    """Places of other services, by section and name."""
    discovery: bool = True
    """Whether parameters are made in which others find ARNs, where nothing else is said."""
    notified: dict[tuple[str, int], Topic] | None = None
    """The topics that alarms tell, by where the file says so; None: it says nothing of alarms."""
    overrides: bool = False
    """Whether it sets raw properties of CloudFormation somewhere."""
    placement: Placement | None = None
    """Where things lie, if the file has several stacks."""
    replacements: Replacements = NO_REPLACEMENTS
    """The places that others replace, and what is made on them until they are taken out."""
    reasons: dict[tuple[Declared, str], str]
    """Why a setting has the value that it has, where that follows from something else."""

    @property
    def tags(self) -> dict[str, str]:
        """The tags that the file says for everything."""
        return written_tags(self.root)

    @property
    def told(self) -> tuple[Topic, ...]:
        """The topics that alarms tell, each once."""
        return tuple(dict.fromkeys((self.notified or {}).values()))

    @property
    def environment_name(self) -> str:
        """The name of the environment; empty without environments."""
        return self.environment.name if self.environment is not None else ""

    @property
    def given_inputs(self) -> dict[str, str]:
        """The values that the environment gives for inputs, by their names."""
        return self.environment.values if self.environment is not None else {}

    @property
    def suffix(self) -> str:
        """What physical names end in: `-prod`; nothing without environments."""
        return suffix_of(self.environment)

    @property
    def root_of_parameters(self) -> str:
        """What the names of parameters begin with: `/prod`; nothing without environments."""
        return root_of(self.environment)

    @property
    def protected(self) -> bool:
        """Whether what holds messages is kept when it is taken out."""
        return self.environment is None or self.environment.protected

    @property
    def places(self) -> tuple[Place, ...]:
        """Queues, topics and buses."""
        return (*self.queues.values(), *self.topics.values(), *self.buses.values())

    @property
    def publishers(self) -> tuple[Publisher, ...]:
        """Producers and consumers: whatever has `publishes`, even if that is empty."""
        return (*self.producers.values(), *self.consumers.values())

    def publications(self, publisher: Publisher) -> tuple[Publication, ...]:
        """Return what a publisher may publish: what the file says, and where it did until now."""
        return (*publisher.publishes, *self.replacements.publications.get(publisher, ()))

    def reads(self, publisher: Publisher) -> tuple[Queue, ...]:
        """Return the queues that code takes messages out of, until they are empty."""
        return (*publisher.reads, *self.replacements.reads.get(publisher, ()))
