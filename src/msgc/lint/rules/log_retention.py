"""A function's logs are to be kept for a time that CloudWatch doesn't have (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject

DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
)  # fmt: skip
"""https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"""


@rule("MSG670", "error")
def log_retention(subject: Subject) -> Iterator[Finding]:
    """The logs of a function are to be kept for a time that CloudWatch Logs doesn't have.

    It has `1d`, `3d`, `5d`, `7d`, `14d`, `30d`, `60d`, `90d` and some longer ones, up to ten years;
    any other is refused when the stack is deployed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, logs: {retention: 45d}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Take the next longer one:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: {code: worker, logs: {retention: 60d}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    """
    for consumer in subject.topology.consumers.values():
        days = consumer.made.log_days if consumer.made is not None else None
        if days is None or days in DAYS:
            continue
        shorter, longer = [d for d in DAYS if d < days], [d for d in DAYS if d > days]
        near = (*shorter[-1:], *longer[:1])
        yield found(
            consumer.place("function", "logs", "retention"),
            f"`{days}d` is none of the times for which CloudWatch keeps logs",
            f"write {' or '.join(f'`{each}d`' for each in near)}",
        )
