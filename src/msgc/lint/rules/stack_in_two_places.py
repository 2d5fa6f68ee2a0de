"""ARNs ask for a stack in two Regions, accounts or partitions at once (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.stack_location import Aspect, Tie, most_tied, ties
from msgc.lint.subject import Subject


@rule("MSG419", "error")
def stack_in_two_places(subject: Subject) -> Iterator[Finding]:
    """ARNs of the file ask for a stack that is in two Regions or accounts at once.

    A stack is in one Region of one account, and AWS refuses it what lies elsewhere: to poll a queue
    for a function of another Region or account, or to let a topic or a rule invoke one; a rule on a
    bus of another Region, or with a topic or log group there as its target; a layer or a KMS key
    from another Region. (SNS subscriptions may cross Regions, and so may events to a bus.)

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, checks: {messages: [OrderPlaced]}}
    consumers:
      worker:
        from: {queue: jobs}
        function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:worker", timeout: 30s}
      checker:
        from: {queue: checks}
        function: {arn: "arn:aws:lambda:us-east-1:111122223333:function:checker", timeout: 30s}
    producers: {shop: {publishes: [{queue: jobs}, {queue: checks}]}}
    ```

    Give each Region a file, and so a stack, of its own. Between them a topic can stand, or a bus:
    they deliver across Regions.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, checks: {messages: [OrderPlaced]}}
    consumers:
      worker:
        from: {queue: jobs}
        function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:worker", timeout: 30s}
      checker:
        from: {queue: checks}
        function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:checker", timeout: 30s}
    producers: {shop: {publishes: [{queue: jobs}, {queue: checks}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html,
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    """
    every = ties(subject)
    aspects: tuple[Aspect, ...] = ("partition", "Region", "account")
    told: set[tuple[str, int]] = set()
    for aspect in aspects:
        of_aspect = [tie for tie in every if tie.aspect == aspect]
        here = most_tied(of_aspect)
        for tie in of_aspect:
            if here is not None and tie.value != here.value and tie.span.place not in told:
                told.add(tie.span.place)  # what is of another Region is often of another account
                yield _told(tie, here)


def _told(tie: Tie, here: Tie) -> Finding:
    return found(
        tie.span,
        f"{tie.what} is in {_named(tie)}, {here.what} in {_named(here)}, and a stack is in one"
        f" {tie.aspect}",
        f"use one of that {tie.aspect}; where environments differ in it, say it under each of them"
        if here.is_said
        else f"give each {tie.aspect} a file, and so a stack, of its own",
        label(here.span, f"in {_named(here)}"),
    )


def _named(tie: Tie) -> str:
    return tie.value if tie.aspect == "Region" else f"{tie.aspect} {tie.value}"
