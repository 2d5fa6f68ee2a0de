"""What ends are described with: where something exists already, and settings of their own."""

from __future__ import annotations

from msgc.record import Record


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


class Pollers(Record):
    """Provisioned pollers of an event source mapping."""

    min: int
    max: int
