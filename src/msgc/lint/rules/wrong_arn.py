"""An ARN is that of another kind of thing (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.source import Span
from msgc.topology.ends import Bus, GivenFunction, MadeFunction, Queue, Topic
from msgc.topology.values import ByArn


@rule("MSG483", "error")
def wrong_arn(subject: Subject) -> Iterator[Finding]:
    """An ARN is that of another kind of thing than the one it is given for.

    A topic is imported by the ARN of a topic, a bus by that of a bus, a function by that of a
    function. A FIFO topic's ARN ends in `.fifo`, and only a FIFO topic's does.

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
    for place in subject.places:
        if isinstance(place, Queue) or not isinstance(place.imported, ByArn):
            continue
        span, arn = place.place("import", "arn"), place.imported.arn
        if isinstance(place, Bus):
            yield from _other(span, arn, named(place), ("events", "event-bus/"))
            continue
        others = tuple(_other(span, arn, named(place), ("sns", "")))
        yield from others or _fifo(span, place, arn)
    for consumer in subject.topology.consumers.values():
        function = consumer.function
        if isinstance(function, MadeFunction):
            for i, arn in enumerate(function.layers):
                span = consumer.place("function", "layers", i)
                yield from _other(span, arn, f"a layer of {named(consumer)}", ("lambda", "layer:"))
        elif isinstance(function, GivenFunction) and isinstance(function.address, ByArn):
            span, arn = consumer.place("function", "arn"), function.address.arn
            yield from _other(
                span, arn, f"the function of {named(consumer)}", ("lambda", "function:")
            )


def _other(span: Span, arn: str, what: str, kind: tuple[str, str]) -> Iterator[Finding]:
    service, resource = kind
    parts = arn.split(":", 5)
    if parts[2] != service or not parts[5].startswith(resource):
        like = f"arn:aws:{service}:eu-west-1:111122223333:{resource}..."
        yield found(span, f"this is not the ARN of {what}", f"it looks like `{like}`")


def _fifo(span: Span, topic: Topic, arn: str) -> Iterator[Finding]:
    if arn.endswith(".fifo") and not topic.fifo:
        yield found(span, f"this is the ARN of a FIFO topic, and `{topic.name}` is a standard one",
                    "write `fifo: true` beside `import`")  # fmt: skip
    elif topic.fifo and not arn.endswith(".fifo"):
        yield found(span, f"this is the ARN of a standard topic, and `{topic.name}` is a FIFO one",
                    "take `fifo` away, or write the ARN that ends in `.fifo`")  # fmt: skip
