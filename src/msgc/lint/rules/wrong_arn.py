"""An ARN is that of another kind of thing (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.source import Span
from msgc.topology.aws_services import known
from msgc.topology.ends import Bus, Producer, Topic
from msgc.topology.narrowing import kind_of
from msgc.topology.outsiders import Accounts, AwsService, Principals
from msgc.topology.settings import arn_in


@rule("MSG483", "error")
def wrong_arn(subject: Subject) -> Iterator[Finding]:
    """An ARN is that of another kind of thing than the one it is given for.

    A topic is imported by the ARN of a topic, a bus by that of a bus, a function by that of a
    function; what an AWS service publishes for is something of its own. A FIFO topic's ARN ends in
    `.fifo`, and only a FIFO topic's does.

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
    for topic in subject.topology.topics.values():
        others = tuple(_imported(topic))
        yield from others or _fifo(topic)
    for bus in subject.topology.buses.values():
        yield from _imported(bus)
    for producer in subject.topology.producers.values():
        yield from _source(producer)
    for consumer in subject.topology.consumers.values():
        for i, layer in enumerate(consumer.made.layers if consumer.made else ()):
            span = consumer.place("function", "layers", i)
            yield from _other(span, layer, f"a layer of {named(consumer)}", ("lambda", "layer:"))
        arn = arn_in(consumer.address)
        if arn is not None:
            span, what = consumer.place("function", "arn"), f"the function of {named(consumer)}"
            yield from _other(span, arn, what, kind_of(consumer).arn)


def _imported(place: Topic | Bus) -> Iterator[Finding]:
    arn = arn_in(place.imported)
    if arn is not None:
        yield from _other(place.place("import", "arn"), arn, named(place), kind_of(place).arn)


def _source(producer: Producer) -> Iterator[Finding]:
    """Yield a finding about the ARN of what an AWS service publishes for."""
    match producer.outsider:
        case AwsService(name=name, source=str(source)):
            service = known(name)
            if service is not None and service.arn and source.split(":")[2] not in service.arn:
                yield found(
                    producer.place("arn"),
                    f"`{name}` doesn't publish for this: it is nothing of its own",
                    f"it looks like `arn:aws:{service.arn[0]}:...`",
                )
        case AwsService() | Accounts() | Principals() | None:
            pass
        case _:
            assert_never(producer.outsider)


def _other(span: Span, arn: str, what: str, kind: tuple[str, str]) -> Iterator[Finding]:
    service, resource = kind
    parts = arn.split(":", 5)
    if parts[2] != service or not parts[5].startswith(resource):
        like = f"arn:aws:{service}:eu-west-1:111122223333:{resource}..."
        yield found(span, f"this is not the ARN of {what}", f"it looks like `{like}`")


def _fifo(topic: Topic) -> Iterator[Finding]:
    span, arn = topic.place("import", "arn"), arn_in(topic.imported)
    if arn is None:
        return
    if arn.endswith(".fifo") and not topic.fifo:
        yield found(span, f"this is the ARN of a FIFO topic, and `{topic.name}` is a standard one",
                    "write `fifo: true` beside `import`")  # fmt: skip
    elif topic.fifo and not arn.endswith(".fifo"):
        yield found(span, f"this is the ARN of a standard topic, and `{topic.name}` is a FIFO one",
                    "take `fifo` away, or write the ARN that ends in `.fifo`")  # fmt: skip
