"""A queue's visibility can't be compared with a timeout that the file doesn't say (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import EventSourceMapping
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.settings import arn_in
from msgc.topology.units import duration
from msgc.tree import Mapping


@rule("MSG427", "info")
def unknown_timeout(subject: Subject) -> Iterator[Finding]:
    """A function that polls a queue exists elsewhere, and the file doesn't say its timeout.

    Lambda refuses to poll a queue whose visibility timeout is shorter than the function's timeout,
    and advises six times as much. What is `provided` is compared when the stack is synthesised;
    of a function by ARN, nothing is known before the deployment. Said once, for all such queues.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], visibility: 10s}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Write the function's timeout; then `visibility` follows from it, and is checked if you write it:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {provided: true, timeout: 30s}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    """
    unknown = [poll for poll in subject.links.event_source_mappings if _is_unknown(poll)]
    if not unknown:
        return
    first, *others = unknown
    queue, consumer = first.queue, first.consumer
    yield found(
        queue.place("visibility"),
        f"queue `{queue.name}` hides a message for {duration(queue.visibility)}, and the timeout of"
        f" consumer `{consumer.name}`'s function isn't known here",
        "write it: `function: {arn: ..., timeout: 30s}`"
        if _is_by_arn(first)
        else "write it: `function: {provided: true, timeout: 30s}`; synthesis compares them"
        " in any case",
        *(label(poll.queue.place("visibility"), "nor here") for poll in others),
    )


def _is_unknown(poll: EventSourceMapping) -> bool:
    """Whether a poll can fail at deployment, or at synthesis, for a timeout that nobody wrote.

    Without `visibility` in the file there are 30 seconds, ten times a function's default.
    """
    function, node = poll.consumer.function, poll.queue.node
    written = isinstance(node, Mapping) and node.get("visibility") is not None
    return function.timeout is None and (written or _is_by_arn(poll))


def _is_by_arn(poll: EventSourceMapping) -> bool:
    return arn_in(poll.consumer.address) is not None
