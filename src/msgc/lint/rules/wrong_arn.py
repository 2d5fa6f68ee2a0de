"""An ARN is that of another kind of thing (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.source import Span
from msgc.topology.aws_services import foreign_source, known
from msgc.topology.deferred import Text, spelling
from msgc.topology.ends import Place, Producer, Queue, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.outsiders import Accounts, AwsService, Principals
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided, written_arn

_PARTS = 6
"""Of an ARN, between its colons."""


@rule("MSG483", "error")
def wrong_arn(subject: Subject) -> Iterator[Finding]:
    """An ARN is that of another kind of thing than the one it is given for.

    A topic is imported by the ARN of a topic, a bus by that of a bus, a queue by that of a queue, a
    function by that of a function; what an AWS service publishes for is something of its own. The
    ARN of a FIFO topic or queue ends in `.fifo`, and no other does; nor does the name.

    ```yaml
    topics:
      orders: {import: {arn: "arn:aws:sqs:eu-west-1:111122223333:orders"}, messages: [OrderPlaced]}
    queues: {jobs: {external: true}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    ```

    Take the ARN of the topic itself:

    ```yaml
    topics:
      orders: {import: {arn: "arn:aws:sns:eu-west-1:111122223333:orders"}, messages: [OrderPlaced]}
    queues: {jobs: {external: true}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    ```

    AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    topology = subject.topology
    lines: tuple[Queue | Topic, ...] = (*topology.queues.values(), *topology.topics.values())
    for place in lines:
        others = tuple(_imported(place))
        yield from others or _fifo(place)
    for bus in topology.buses.values():
        yield from _imported(bus)
    for producer in topology.producers.values():
        yield from _source(producer)
    for consumer in topology.consumers.values():
        for i, layer in enumerate(consumer.made.layers if consumer.made else ()):
            span = consumer.place("function", "layers", i)
            yield from _other(span, layer, f"a layer of {named(consumer)}", ("lambda", "layer:"))
        arn = written_arn(consumer.address)
        if arn is not None:
            span, what = consumer.place("function", "arn"), f"the function of {named(consumer)}"
            yield from _other(span, arn, what, kind_of(consumer).arn)


def _imported(place: Place) -> Iterator[Finding]:
    arn = written_arn(place.imported)
    if arn is not None:
        yield from _other(place.place("import", "arn"), arn, named(place), kind_of(place).arn)


def _source(producer: Producer) -> Iterator[Finding]:
    """Yield a finding about the ARN of what an AWS service publishes for."""
    match producer.outsider:
        case AwsService(name=name, source=str(source)):
            service = known(name)
            like = foreign_source(service, source) if service is not None else None
            if like is not None:
                yield found(
                    producer.place("arn"),
                    f"`{name}` doesn't publish for this: it is nothing of its own",
                    f"it looks like `{like}`",
                )
        case AwsService() | Accounts() | Principals() | None:
            pass
        case _:
            assert_never(producer.outsider)


def _other(span: Span, arn: Text, what: str, kind: tuple[str, str]) -> Iterator[Finding]:
    service, resource = kind
    parts = spelling(arn).split(":", 5)
    if len(parts) < _PARTS or "${" in parts[2]:
        return  # what it is an ARN of is known at deploy
    if parts[2] != service or not parts[5].startswith((resource, "${")):
        like = f"arn:aws:{service}:eu-west-1:111122223333:{resource}..."
        yield found(span, f"this is not the ARN of {what}", f"it looks like `{like}`")


def _fifo(place: Queue | Topic) -> Iterator[Finding]:
    """Yield that a place is FIFO and its address isn't, or the other way round."""
    key = "arn" if written_arn(place.imported) is not None else "name"
    span, address = place.place("import", key), _end_of_address(place)
    if address is None:
        return
    word, what = kind_of(place).word, "ARN" if key == "arn" else "name"
    if address.endswith(".fifo") and not place.fifo:
        yield found(
            span,
            f"this is the {what} of a FIFO {word}, and `{place.name}` is a standard one",
            "write `fifo: true` beside `import`",
        )
    elif place.fifo and not address.endswith(".fifo"):
        yield found(
            span,
            f"this is the {what} of a standard {word}, and `{place.name}` is a FIFO one",
            f"take `fifo` away, or write the {what} that ends in `.fifo`",
        )


def _end_of_address(place: Queue | Topic) -> str | None:
    """Return the end of an ARN or a name, None where it is known at deploy."""
    match place.imported:
        case ByArn(arn=text) | ByName(name=text):
            end = spelling(text).rpartition("}")[2]
            return end or None
        case ByParameter() | Provided() | None:
            return None
        case _:
            assert_never(place.imported)
