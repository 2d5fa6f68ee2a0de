"""Something says how it publishes or reads, and does neither (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Publisher
from msgc.tree import Mapping


@rule("MSG648", "error", absence=True)
def stubs_without_publishing(subject: Subject) -> Iterator[Finding]:
    """A consumer or producer has `stubs: false`, and neither publishes nor reads anything.

    `stubs: false` says that it publishes, and takes messages out of what it `reads`, by code of its
    own, which sends no message attributes. Of what handles messages it says nothing; a worker in
    another language has `worker: {stubs: false}`.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided, stubs: false}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Take it away:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
    """
    for consumer in subject.topology.consumers.values():
        is_worker = consumer.worker is not None and consumer.has_handler
        yield from _idle(consumer, "write `worker: {stubs: false}`" if is_worker else None)
    for producer in subject.topology.producers.values():
        yield from _idle(producer, None)


def _idle(publisher: Publisher, instead: str | None) -> Iterator[Finding]:
    node = publisher.node
    if not isinstance(node, Mapping) or not {"publishes", "reads"}.isdisjoint(node.entries):
        return
    if "stubs" in node.entries and not publisher.stubs:
        advice = "take it away, or say what it publishes"
        yield found(
            publisher.place("stubs"),
            f"`stubs` does nothing for `{publisher.name}`, which publishes nothing",
            f"{advice}; if it isn't written in Python, {instead}" if instead else advice,
        )
