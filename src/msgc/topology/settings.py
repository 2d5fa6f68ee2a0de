"""Settings of ends: how something that exists is found, order, functions and pollers."""

from __future__ import annotations

from typing import assert_never

from msgc.kinds import Kind
from msgc.record import Record
from msgc.topology.declared import Declared
from msgc.topology.deferred import Text, known, spelling


class ByArn(Record):
    """Something that exists already, found by its ARN."""

    arn: Text


class ByParameter(Record):
    """Something that exists already; its ARN is the value of a Systems Manager parameter."""

    parameter: Text
    region: str | None = None
    """Where it is, of a topic in another Region than the stack's; None: its ARN says so."""


class ByName(Record):
    """Something of the stack's own account and Region that exists already, found by its name."""

    name: Text


class Provided(Record):
    """Something that the user's CDK code hands over, as the construct's argument `argument`."""

    argument: str
    was: str | None = None
    """What the argument was called when it was first built, where it follows a key that was."""

    @property
    def built_as(self) -> str:
        """The argument's name as ids have it, for ever."""
        return self.was or self.argument


Found = ByArn | ByParameter | ByName | Provided
"""How something is found that exists already: a closed union, taken apart by `match`."""


class Key(Declared):
    """A KMS key, with which places or pipes are encrypted; its place is where it is first named."""

    address: Provided | ByArn | None
    """How it is found, if it exists already; None: the stack makes it."""
    alias: str
    """Of one that the stack makes: its name in AWS, without the `alias/` before it."""
    stack: str = "main"
    """The stack that makes it, of a service with several: each has its own."""

    @property
    def is_made(self) -> bool:
        """Whether the stack makes it."""
        return self.address is None

    @property
    def has_policy(self) -> bool:
        """Whether the app can add to its policy: not to that of a key found by its ARN."""
        match self.address:
            case Provided() | None:
                return True
            case ByArn():
                return False
            case _:
                assert_never(self.address)


class ClaimTable(Declared):
    """A DynamoDB table in which consumers remember what they have handled.

    Its place is where it is first named.
    """

    address: Provided | None
    """How it is handed over; None: the stack makes it."""


class Remembering(Record):
    """How long a consumer remembers which messages it has handled, and in which table."""

    table: ClaimTable
    expires: int
    """Seconds."""


class PayloadBucket(Declared):
    """An S3 bucket in which messages lie that are too large for their place.

    Its place is where the file says something of it, or where it is first needed.
    """

    owner: str
    """The service whose messages lie there, as it was first built."""
    address: Provided | ByName | None
    """How it is found, if it exists already; None: the stack makes it."""
    physical_name: Text
    """Of one that the stack makes."""
    prefix: str
    """What the keys of objects begin with."""
    encryption: Key | None
    """The key with which objects are encrypted; None: S3's own."""
    is_foreign_key: bool = False
    """Whether that is made by another service, and goes by its alias."""
    account: str | None = None
    """The account in which it is, if that isn't the service's own."""
    days: int
    """How long objects stay in one that the stack makes."""

    @property
    def is_made(self) -> bool:
        """Whether the stack makes it."""
        return self.address is None


class Large(Record):
    """How a message goes through S3 if it is large."""

    bucket: PayloadBucket
    over: int | None
    """Bytes, with attributes: more of them go through S3; None: more than the place takes."""
    largest: int
    """Bytes: more go nowhere."""


class Fifo(Record):
    """First in, first out; `per_group` is SQS's high throughput and SNS's scope MessageGroup."""

    per_group: bool = False


class HttpPolicy(Record):
    """How SNS posts to HTTP endpoints, with the fields of its delivery policy; delays are seconds.

    None is SNS's default. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
    """

    num_retries: int | None = None
    num_no_delay_retries: int | None = None
    num_min_delay_retries: int | None = None
    num_max_delay_retries: int | None = None
    min_delay_target: int | None = None
    max_delay_target: int | None = None
    backoff_function: str | None = None
    max_receives_per_second: int | None = None
    header_content_type: str | None = None


RETRY_DELAY = 20
"""Seconds between tries of an HTTP endpoint, as SNS has it by default."""


def delays(policy: HttpPolicy) -> tuple[int, int]:
    """Return the shortest and the longest delay between retries.

    Where one of them is said, the other is SNS's default, or the same if that contradicts it.
    """
    least, most = policy.min_delay_target, policy.max_delay_target
    if least is None:
        least = RETRY_DELAY if most is None else min(RETRY_DELAY, most)
    return least, max(RETRY_DELAY, least) if most is None else most


class Pollers(Record):
    """Provisioned pollers of an event source mapping."""

    min: int
    max: int


class MadeFunction(Record):
    """A Lambda function that the stack makes from a folder of code."""

    code: str
    """Folder, relative to messaging.yaml."""
    handler: str
    runtime: str
    timeout: int
    """Seconds."""
    memory: int
    """MiB."""
    environment: dict[str, Text]
    reserved: int | None
    """Concurrent executions that are kept for it; None: it shares the account's."""
    layers: tuple[Text, ...]
    """ARNs."""
    retries: int | None
    """Asynchronous invocations only: 0 to 2."""
    architecture: str | None
    """`arm64` or `x86_64`; None: as AWS has it."""
    tracing: bool
    log_days: int | None
    """Days that its log group keeps what it writes; None: Lambda makes one that keeps all."""
    role: Provided | ByArn | None
    """One that exists; None: the stack makes one."""
    own_logging: bool = False
    """Whether its role may write to its log group and to no other, without AWS's policies."""
    vpc: Provided | None = None
    """The network in which it runs; None: none of the account's."""
    packages: tuple[str, ...] = ()
    """Python packages that come to it otherwise than by its folder and its layers."""


class GivenFunction(Record):
    """A Lambda function that exists: handed over by the user's CDK code, or found by its ARN."""

    address: Provided | ByArn
    timeout: int | None
    """Seconds; None: the file doesn't say."""

    @property
    def retries(self) -> None:
        """None: whoever made the function decides."""


class Worker(Record):
    """A process that polls its queue by itself, on ECS or anywhere, in place of a function."""

    role: Provided | ByArn | None
    """Its role; None: it is elsewhere, and a managed policy is exported for it."""
    stubs: bool
    """Whether it is written in Python, with the generated handler."""

    @property
    def timeout(self) -> None:
        """None: nobody stops it."""

    @property
    def retries(self) -> None:
        """None: it isn't invoked."""


def written_arn(found: Found | None) -> Text | None:
    """Return the ARN of something that exists already as the file has it, placeholders and all."""
    match found:
        case ByArn(arn=arn):
            return arn
        case ByParameter() | ByName() | Provided() | None:
            return None
        case _:
            assert_never(found)


def arn_in(found: Found | None) -> str | None:
    """Return the ARN of something that exists already, if the file has it without placeholders."""
    return known(written_arn(found))


def parameter_in(found: Found | None) -> Text | None:
    """Return the parameter that has the ARN of something, where the file names one."""
    match found:
        case ByParameter(parameter=parameter):
            return parameter
        case ByArn() | ByName() | Provided() | None:
            return None
        case _:
            assert_never(found)


def region_in(found: Found | None) -> str:
    """Return the Region of something that exists already, where the file says it; else nothing."""
    match found:
        case ByArn(arn=arn):
            _, _, _, region, *_ = (*spelling(arn).split(":"), "", "", "", "")
            return "" if "${" in region else region
        case ByParameter(region=str(region)):
            return region
        case ByParameter() | ByName() | Provided() | None:
            return ""
        case _:
            assert_never(found)


def found_by(found: Found | None) -> str:
    """Return how something was found when it was first built, the same text for the same thing."""
    match found:
        case ByArn(arn=text) | ByParameter(parameter=text) | ByName(name=text):
            return spelling(text)
        case Provided() as given:
            return given.built_as
        case None:
            return ""
        case _:
            assert_never(found)


def identity(found: Found, kind: Kind) -> tuple[str, str]:
    """Return by which word something is found, and by which text: the same for the same thing.

    A name stands for an ARN of the stack's own account and Region.
    """
    match found:
        case ByArn(arn=text):
            return "arn", spelling(text)
        case ByParameter(parameter=text, region=region):
            return "parameter", spelling(text) if region is None else f"{spelling(text)} {region}"
        case ByName(name=text):
            service, before = kind.arn
            return "arn", f"arn:aws:{service}:${{region}}:${{account}}:{before}{spelling(text)}"
        case Provided(argument=argument):
            return "provided", argument
        case _:
            assert_never(found)


def built_as(found: Found | None) -> str | None:
    """Return what the argument was called when it was first built, of what is handed over."""
    match found:
        case Provided() as given:
            return given.built_as
        case ByArn() | ByParameter() | ByName() | None:
            return None
        case _:
            assert_never(found)


def argument_in(found: Found | None) -> str | None:
    """Return the argument with which the user's CDK code hands something over, if it does."""
    match found:
        case Provided(argument=argument):
            return argument
        case ByArn() | ByParameter() | ByName() | None:
            return None
        case _:
            assert_never(found)
