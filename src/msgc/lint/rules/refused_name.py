"""A name that AWS refuses, though its characters are right (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind, named
from msgc.topology.ends import Queue, Topic

RESERVED = ("aws", "ssm")
"""https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"""


@rule("MSG604", "error")
def refused_name(subject: Subject) -> Iterator[Finding]:
    """A name is one that AWS keeps for something else.

    Only FIFO queues and topics may have a name that ends in `.fifo`, only the account's own bus is
    called `default`, and parameters of Systems Manager, whose names start with the service's, may
    not start with `aws` or `ssm`.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true, name: jobs.fifo}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave the ending away (or write `fifo: true`, and msgc adds it):

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: true, name: jobs}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    service = subject.topology.built_as
    if service.startswith(RESERVED):
        yield found(
            subject.place("service"),
            f"the parameters of `{service}` would start with `/{service}`, and AWS keeps `/aws...`"
            " and `/ssm...` for itself",
            "give the service another name",
        )
    for bus in subject.topology.buses.values():
        if bus.physical_name == "default" and not bus.is_default and not bus.imported:
            yield found(
                bus.place("name"),
                f"{named(bus)} can't be called `default`: that is the account's own bus",
                "leave `name` out; the account's bus is there without a declaration:"
                " `from: {bus: default}`",
            )
    queues, topics = subject.topology.queues.values(), subject.topology.topics.values()
    orderable: tuple[Queue | Topic, ...] = (*queues, *topics)
    for place in orderable:
        if place.physical_name.endswith(".fifo") and not place.fifo:
            yield found(
                place.place("name"),
                f"the name `{place.physical_name}` is for a FIFO {kind(place)}, and"
                f" `{place.name}` is a standard one",
                "leave `.fifo` away, or write `fifo: true`",
            )
