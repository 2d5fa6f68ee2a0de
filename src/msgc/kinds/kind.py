"""What a kind of end is: its word in messaging.yaml, and how AWS delivers to it."""

from __future__ import annotations

from msgc.kinds.way import Way
from msgc.record import Record


class ResourcePolicy(Record):
    """The end's own policy lets the sender in, as a queue's does."""


class Permission(Record):
    """A permission of the function lets the sender invoke it."""


class LogPolicy(Record):
    """The Region's policy of log groups lets the sender write."""


class Role(Record):
    """The sender assumes a role of its own, which is allowed to deliver."""

    actions: tuple[str, ...]
    """Of IAM, as `sns:Publish`."""


class Confirmation(Record):
    """Whoever has the address confirms the subscription; nothing is granted."""


class OwnRole(Record):
    """The end reads from the place itself, with its own role, as a polling function does."""


class Bound(Record):
    """The end is handed over by the user's CDK code, and lets the sender in by itself."""


Access = ResourcePolicy | Permission | LogPolicy | Role | Confirmation | OwnRole | Bound
"""What it takes to be let in: a closed union, taken apart by `match` with `assert_never`."""


class Cdk(Record):
    """A type of resource in CDK, of which one may exist already."""

    type: str
    """CloudFormation's: `AWS::Logs::LogGroup`; of what is no resource, CDK's or the kit's."""
    module: str
    """`logs`, of `aws_cdk.aws_logs`."""
    interface: str
    """`ILogGroup`; one in `Ref` is what L1 and L2 have in common."""
    made: str = ""
    """The class of one that the stack makes, if not the interface's name tells: `CfnQueue`."""
    importer: str = ""
    """The class method that takes an ARN: `LogGroup.from_log_group_arn`; none: it has no ARN."""
    arn: str = ""
    """The attribute with the ARN: `log_group_arn`."""
    name: str = ""
    """The attribute with the name, of what has one."""
    alias: str = ""
    """The kit's name for interface and class together, where it has one."""
    takes_tokens: bool = True
    """Whether `importer` takes an ARN that is known when the stack is deployed; L1's don't."""
    argument: str = ""
    """What an argument of this type is called among others: `pipe_target`; empty: as the kind."""


class Delivery(Record):
    """How messages come to a kind of end in one way."""

    access: Access
    """What it takes to be let in."""
    protocol: str = ""
    """SNS's word for the kind of end.

    https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
    """
    options: frozenset[str] = frozenset()
    """What an edge may say beside what every edge of the way may: `raw`, `retry`."""
    is_raw: bool = False
    """Whether it gets the bare message, without SNS's envelope, unless the file says otherwise."""
    raw_keeps_attributes: bool = False
    """Whether attributes come with the bare message.

    https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
    """
    takes_fifo: bool = False
    """Whether a FIFO topic can deliver to it.

    https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
    """
    takes_large: bool = False
    """Whether it can subscribe to a topic whose messages may be larger than 256 KiB.

    https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
    """
    parameters: dict[str, dict[str, str]] = {}  # noqa: RUF012  # records are frozen
    """What a pipe's `TargetParameters` always say of it."""
    fields: tuple[str, ...] = ()
    """The properties that what is sent there has to have, where it takes no others."""
    most_at_once: int | None = None
    """How many messages a pipe hands on at once; None: as many as it reads.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
    """
    wants_bare_arn: bool = False
    """Whether its ARN is made from its name: CloudFormation's own ends in a `:*` too much."""
    cdk: Cdk | None = None
    """As what it is handed over, where that isn't the same in all ways."""


def piped(delivery: Delivery, *, most_at_once: int | None = None) -> dict[Way, Delivery]:
    """Return how pipes deliver to a kind of end: out of queues and out of streams alike."""
    sending = delivery.replace(options=delivery.options | {"send"}, most_at_once=most_at_once)
    return {Way.PIPE: sending, Way.STREAM_PIPE: sending}


class Kind(Record):
    """One kind of end."""

    word: str
    """Under `from` and `to`."""
    noun: str
    """What findings and reports call one."""
    section: str = ""
    """Of the file, where it is declared."""
    ways: dict[Way, Delivery]
    """In which ways AWS brings messages here."""
    scheme: str = ""
    """What stands before its address where `msgc route` names it: `mailto:`."""
    arn: tuple[str, str] = ("", "")
    """Of its ARN the service, and what stands before the name."""
    longest_name: int = 0
    """Characters in the name of one that the stack makes, at most."""
    has_url: bool = False
    """Whether publishers call it by a URL instead of its ARN."""
    carries_events: bool = False
    """Whether what is put there is an event, which has a source beside its type."""
    cdk: Cdk | None = None
    """Of an end that the file doesn't declare and that is a resource: how it is found."""
    is_called: bool = False
    """Whether it is an HTTP endpoint of others, which is called with a connection."""
    is_made: bool = False
    """Whether the stack makes it where the file gives a name."""
    to: str = "to_arn"
    """The kit's function for it as a target."""

    @property
    def types(self) -> tuple[Cdk, ...]:
        """Return the types of CDK that one may be of, by the way in which messages come."""
        found = (self.cdk, *(delivery.cdk for delivery in self.ways.values()))
        return tuple(dict.fromkeys(each for each in found if each is not None))
