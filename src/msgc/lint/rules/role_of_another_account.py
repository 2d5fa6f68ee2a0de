"""A producer's role is of another account than the stack (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.stack_location import Arn, Tie, home
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.settings import arn_in


@rule("MSG420", "error")
def role_of_another_account(subject: Subject) -> Iterator[Finding]:
    """A producer's role is of another account than the stack, which can't grant it anything.

    A policy belongs to a role of its own account; for one of another account CDK adds none, or
    adds it to whatever role of that name the stack's account has. Which account the stack is in
    isn't written in the file: this rule speaks where ARNs tell. Where they don't, the generated
    construct refuses such a role when it is synthesised, and the template when it is deployed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker:
        from: {queue: jobs}
        function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:worker", timeout: 30s}
    producers:
      shop:
        publishes: [{queue: jobs}]
        role: {arn: "arn:aws:iam::444455556666:role/shop"}
    ```

    Say beside it of which account it is: then the policies of the places let it in.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker:
        from: {queue: jobs}
        function: {arn: "arn:aws:lambda:eu-west-1:111122223333:function:worker", timeout: 30s}
    producers:
      shop:
        publishes: [{queue: jobs}]
        account: "444455556666"
        role: {arn: "arn:aws:iam::444455556666:role/shop"}
    ```

    The account of the role has to allow it, too: access across accounts needs a policy on both
    sides.

    AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    """
    tie = home(subject, "account")
    for name, arn, span in _roles(subject):
        account, what = Arn.of(arn).account, f"the role of `{name}`"
        if tie is None:
            tie = Tie(aspect="account", value=account, what=what, span=span)
        elif tie.value != account:
            yield found(
                span,
                f"{what} is of account {account}, {tie.what} of account {tie.value}: a stack of"
                " one account can't grant to a role of another",
                f'write `account: "{account}"` beside it: then the places let it in',
                label(tie.span, f"of account {tie.value}"),
            )


def _roles(subject: Subject) -> Iterator[tuple[str, str, Span]]:
    """Yield the roles that the file names by their ARNs: whose they are, and where they stand."""
    for producer in subject.topology.producers.values():
        if (arn := arn_in(producer.role)) is not None:
            yield producer.name, arn, producer.place("role", "arn")
    for consumer in subject.topology.consumers.values():
        if consumer.worker is not None and (arn := arn_in(consumer.worker.role)) is not None:
            yield consumer.name, arn, consumer.place("worker", "role", "arn")
        if consumer.made is not None and (arn := arn_in(consumer.made.role)) is not None:
            yield consumer.name, arn, consumer.place("function", "role", "arn")
