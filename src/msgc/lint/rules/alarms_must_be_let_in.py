"""The owner of a topic has to let alarms publish (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named


@rule("MSG660", "info")
def alarms_must_be_let_in(subject: Subject) -> Iterator[Finding]:
    """Alarms tell a topic that the stack imports, and only its owner can let them in.

    A topic has one policy, which belongs to whoever made the topic. Until it lets CloudWatch
    publish, nobody is told.

    ```yaml
    alarms: {notify: {topic: {arn: "arn:aws:sns:eu-west-1:111122223333:ops"}}}
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Have the owner add the statement, and say `# msgc: ignore[alarms-must-be-let-in]` with the
    reason behind it; or tell a topic of your own:

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {ops: {}}
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    subscriptions: {to-mail: {from: {topic: ops}, to: {email: ops@example.com}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    """
    told = set()
    for span, topic in subject.told:
        if topic.imported is not None and topic not in told:
            told.add(topic)
            yield found(
                span,
                f"only the owner of {named(topic)} can let alarms tell it",
                "its policy has to allow `sns:Publish` to `cloudwatch.amazonaws.com`, by"
                " `aws:SourceAccount` or by `aws:SourceArn`, like"
                " `arn:aws:cloudwatch:<region>:<account>:alarm:*`; and that of its key, if it is"
                " encrypted, `kms:Decrypt` and `kms:GenerateDataKey`",
            )
