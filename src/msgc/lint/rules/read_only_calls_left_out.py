"""A rule takes CloudTrail's API calls, without those that only read (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.filtering.cloudtrail import asks_for_reads, leaves_calls_open
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG484", "info")
def read_only_calls_left_out(subject: Subject) -> Iterator[Finding]:
    """A subscription takes any API calls from CloudTrail, and those that only read do not come.

    EventBridge gives a rule the management events that change something. Those that only read
    (`Get…`, `List…`, `Describe…`) come where the rule's state is
    `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. msgc writes this state where the filter or the
    pattern names them: by `eventName` (a value, a prefix, a wildcard), or by `readOnly: [true]`.
    Where the calls are left open, it doesn't: reading is far more frequent than changing, and a
    function that looks up what it is told about would hear of its own calls.

    ```yaml
    messages:
      ApiCall:
        type: AWS API Call via CloudTrail
        source: aws.s3
        schema: {type: object, properties: {eventName: {type: string}, readOnly: {type: boolean}}}
    queues: {calls: {external: true}}
    subscriptions:
      calls: {from: {bus: default}, messages: [ApiCall], to: {queue: calls}}
    ```

    Name the calls that you want, or say that those that read aren't wanted:

    ```yaml
    messages:
      ApiCall:
        type: AWS API Call via CloudTrail
        source: aws.s3
        schema: {type: object, properties: {eventName: {type: string}, readOnly: {type: boolean}}}
    queues: {calls: {external: true}}
    subscriptions:
      calls:
        from: {bus: default}
        messages: [ApiCall]
        filter: {readOnly: [false]}
        to: {queue: calls}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
    """
    for made in subject.links.event_rules:
        if leaves_calls_open(made.pattern) and not asks_for_reads(made.pattern):
            yield found(
                made.edge.key,
                f"`{made.edge.name}` doesn't say which API calls it takes, and gets none that only"
                " reads",
                "name those that you want, `eventName: [GetBucketPolicy]`, or write"
                " `readOnly: [false]` if they are meant to stay out",
            )
