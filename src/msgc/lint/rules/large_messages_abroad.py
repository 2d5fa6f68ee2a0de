"""Another account gets pointers into a bucket that doesn't let it in (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.deferred import spelling
from msgc.topology.messages import Message
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Outsider, Principals
from msgc.topology.settings import PayloadBucket


@rule("MSG694", "warning")
def large_messages_abroad(subject: Subject) -> Iterator[Finding]:
    """Another account gets pointers into a bucket of large messages that doesn't let it in.

    Who may subscribe from another account gets what is published. Where that is a pointer, S3 asks
    the policy of the bucket as well, and the bucket is private: reading fails, each time.

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    topics: {reports: {messages: [ReportMade], allow: {subscribe: ["444455556666"]}}}
    producers: {printer: {publishes: [{topic: reports}]}}
    ```

    Let them in by the policy of the bucket: the construct has it as `payloads_bucket`, which takes
    `add_to_resource_policy`. Then say so: `# msgc: ignore[large-messages-abroad] they are let in`.
    Or publish to them what is never large:

    ```yaml
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
      ReportTold: {schema: {type: object, properties: {id: {type: string}}}}
    topics:
      reports: {messages: [ReportMade], external: subscribe}
      told: {messages: [ReportTold], allow: {subscribe: ["444455556666"]}}
    producers: {printer: {publishes: [{topic: reports}, {topic: told}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
    """
    for place in subject.places:
        large = next((m for m in place.messages if m.large is not None), None)
        if large is None or not any(map(_is_abroad, place.allowed.subscribe)):
            continue
        yield found(
            place.place("allow", "subscribe"),
            f"{named(place)} lets others have a large `{large.name}`, and the bucket in which it"
            " lies doesn't",
            _advice(large),
            label(large.place("large_messages"), "goes through S3"),
        )
    for bucket in subject.topology.payload_buckets:
        if bucket.account is not None:
            yield found(
                bucket.key,
                f"large messages of `{bucket.owner}` lie in account {bucket.account}, whose bucket"
                " has to let this service in",
                f"let its policy allow `s3:GetObject` on `{_objects(bucket)}` to the roles of"
                " this service",
            )


def _is_abroad(who: Outsider) -> bool:
    match who:
        case Accounts() | Organizations() | Principals():
            return True
        case AwsService():
            return False
        case _:
            assert_never(who)


def _advice(message: Message) -> str:
    where = "" if message.large is None else f" on `{_objects(message.large.bucket)}`"
    return f"let the policy of the bucket allow them `s3:GetObject`{where}"


def _objects(bucket: PayloadBucket) -> str:
    return f"arn:aws:s3:::{spelling(bucket.physical_name)}/{bucket.prefix}*"
