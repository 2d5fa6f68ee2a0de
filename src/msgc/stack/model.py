"""The types of a planned stack: resources with their properties, imports, rights."""

from __future__ import annotations

from typing import Literal

from msgc.links.model import Links
from msgc.record import Record
from msgc.source import Span
from msgc.stack.iam.access import Access
from msgc.stack.values import Path, Value
from msgc.topology import ids
from msgc.topology.declared import Declared
from msgc.topology.deferred import Text
from msgc.topology.ends import Publisher, Queue, Topic
from msgc.topology.outsiders import Outsider
from msgc.topology.placement import MAIN
from msgc.topology.settings import Found, Key, argument_in, parameter_in, written_arn


class Handle(Record):
    """The attribute by which the construct hands out a resource: `receipts_queue`."""

    name: str
    description: str = ""
    """As the file has it; without one, the name says enough."""


class Resource(Record):
    """A CloudFormation resource."""

    path: Path
    type: str
    """`AWS::SQS::Queue`."""
    properties: dict[str, Value]
    """Named as CloudFormation has them; without tags, which follow from `Stack.tags`."""
    declared: Declared
    """What of the file it is made for."""
    handle: Handle | None = None
    by: Path | None = None
    """The resource that it is made with: a queue's policy, a function's role."""
    depends_on: tuple[Path, ...] = ()
    variant: str = ""
    """The kit's method, where it has several for a type: `dlq`."""
    packages: tuple[str, ...] = ()
    """Of a function: the Python packages that come to it otherwise than CloudFormation tells."""
    policies: tuple[str, str] | None = None
    """CloudFormation's `DeletionPolicy` and `UpdateReplacePolicy`, of what holds something."""
    removal: str | None = None
    """What the file says about that: `retain` or `delete`; None: as it is by default."""
    tags: dict[str, str] = {}  # noqa: RUF012  # a record's default
    """Those that it has beside `Stack.tags`."""
    stack: str = MAIN
    """The CloudFormation stack in which it lies, of a service with several."""

    @property
    def is_retained(self) -> bool:
        """Whether it stays in AWS when the stack lets go of it."""
        return self.policies is not None and self.policies[1] == "Retain"


class Existing(Record):
    """Something that the stack uses and doesn't make: imported, handed over, or AWS's own."""

    path: Path
    type: str
    address: Found
    declared: Declared
    """What of the file it stands for."""
    handle: Handle

    @property
    def parameter(self) -> Text | None:
        """The parameter that has its ARN."""
        return parameter_in(self.address)

    @property
    def arn(self) -> Text | None:
        """Its ARN, if the file has it."""
        return written_arn(self.address)

    @property
    def argument(self) -> str | None:
        """The argument with which it is handed over."""
        return argument_in(self.address)


class Statement(Record):
    """A statement of a policy: what is allowed, on what, and under which conditions."""

    actions: tuple[str, ...]
    resources: tuple[Value, ...]
    services: tuple[str, ...] = ()
    """AWS services that a resource's policy lets in; none in an identity policy."""
    principals: tuple[Value, ...] = ()
    """Of accounts, roles and users the ARNs that a resource's policy lets in; `*` is everybody."""
    regional_sns: bool = False
    """Whether SNS is let in under the name that it has in the stack's Region, if that is opt-in."""
    condition: dict[str, Value] | None = None


class Rights(Record):
    """The statements of one policy, beside those that it has anyway (TLS only)."""

    holder: Path
    """Whose policy it is: a queue's, or that of a function, a role or a policy's own."""
    declared: Publisher | Queue | Key
    """What of the file needs them, or gets them."""
    statements: tuple[Statement, ...]


class TimeoutCheck(Record):
    """A function that is handed over may not run longer than its queue hides what it reads."""

    function: Path
    consumer: str
    queue: str
    visibility: int
    """Seconds."""


class AccountCheck(Record):
    """A role must be of the stack's own account."""

    path: Path
    role: Path
    declared: Publisher
    """Who has the role."""


class Opening(Record):
    """What lets somebody outside of the service use a place, or the key of one: publish or read."""

    place: Path
    who: Outsider
    may: Literal["publish", "subscribe"]
    statement: Statement
    declared: Declared
    """The place, or the producer."""
    for_edge: bool = False
    """Whether it lets the other side of an edge make it."""
    endpoint: Text | None = None
    """Of a topic: what may be subscribed, by its ARN; None: anything."""
    policy: Resource | None = None
    """Of a bus, whose statements are resources of their own."""
    via: str = ""
    """Of a key: by which service it is used, `sqs`."""


class Override(Record):
    """Properties of a resource that CloudFormation has and the language hasn't, by their paths."""

    path: Path
    properties: dict[str, Value]
    """A null takes one away."""


class Watched(Record):
    """An alarm, and what of the file asks for it."""

    alarm: Resource
    option: str
    """`age`, `failures`, ...."""
    value: int | None
    """The number that raises it."""
    said: Span | None
    """The key with which something of its own says so; None: it follows from what all have."""
    notify: Topic | None
    notified_at: Span | None
    """Where the file says whom it tells."""
    asked_by: tuple[Declared, ...]
    """Whose own settings say something of it, if there are any: a rule, and its bus."""


class Tagged(Record):
    """What has tags that others haven't got, and what is made inside of it."""

    paths: tuple[Path, ...]
    tags: dict[str, str]


Item = Resource | Existing | Rights | TimeoutCheck | AccountCheck | Opening | Tagged | Override


class Section(Record):
    """What belongs together in a stack, in the order in which it is made."""

    name: str
    """`places`, `consumer invoicing`."""
    about: str
    items: tuple[Item, ...]


class Argument(Record):
    """An input of the file, as an argument of the construct."""

    name: str
    handle: Handle


class PublisherVariables(Record):
    """The addresses that a publisher finds in its environment: variables and their values."""

    publisher: str
    variables: dict[str, Value]


class Stack(Record):
    """A whole stack, without its text; of a service with several, all of them or one."""

    service: str
    """What names and ids begin with: the name under which the service was first built."""
    links: Links
    """What it is planned from."""
    tags: dict[str, str]
    """Those of everything."""
    inputs: tuple[Argument, ...]
    """What is known when the stack is deployed, in the order of the file."""
    sections: tuple[Section, ...]
    variables: tuple[PublisherVariables, ...]
    """What each publisher finds in its environment."""
    resources: tuple[Resource, ...]
    """The CloudFormation resources, in the order of the sections."""
    existing: tuple[Existing, ...]
    """What the stack uses and doesn't make."""
    rights: tuple[Rights, ...]
    openings: tuple[Opening, ...]
    access: Access
    items_by_path: dict[Path, Resource | Existing]
    name: str = MAIN
    after: tuple[str, ...] = ()
    """Of one of several: those with something that must be there before it is deployed."""

    @property
    def environment(self) -> str:
        """The name of the environment in which it is deployed; empty without environments."""
        return self.links.topology.environment_name

    def of(self, type_: str) -> tuple[Resource, ...]:
        """Return the resources of a type."""
        return tuple(resource for resource in self.resources if resource.type == type_)

    def logical_id(self, resource: Resource) -> str:
        """Return what a resource is called in the template."""
        return ids.logical_id(self.service, *resource.path)
