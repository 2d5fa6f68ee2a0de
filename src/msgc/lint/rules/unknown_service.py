"""A producer is an AWS service whose name looks like a slip (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import nearest
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.aws_services import SERVICES, SUFFIX, known, mistaken_for, short
from msgc.topology.outsiders import Accounts, AwsService, Principals

_OTHERS = (
    "sqs",
    "ssm",
    "ecs",
    "eks",
    "ec2",
    "efs",
    "emr",
    "dms",
    "fms",
    "fsx",
    "kms",
    "swf",
    "sso",
)
"""Services with names of three letters that publish nothing by themselves."""


@rule("MSG655", "warning")
def unknown_service(subject: Subject) -> Iterator[Finding]:
    """A producer's `service` is nearly the name of one that publishes, or another name for it.

    The policy would let in a service that never comes, and the one that is meant is refused, which
    only its own logs tell. RDS publishes as `events.rds.amazonaws.com`, for example, CloudWatch's
    alarms as `cloudwatch.amazonaws.com`.

    ```yaml
    topics: {database: {}}
    subscriptions: {dba: {from: {topic: database}, to: {email: dba@example.com}}}
    producers: {rds: {service: rds.amazonaws.com, publishes: [{topic: database}]}}
    ```

    Write the name that IAM knows:

    ```yaml
    topics: {database: {}}
    subscriptions: {dba: {from: {topic: database}, to: {email: dba@example.com}}}
    producers: {rds: {service: events.rds.amazonaws.com, publishes: [{topic: database}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-event-sources.html
    """
    for producer in subject.topology.producers.values():
        match producer.outsider:
            case AwsService(name=name) if known(name) is None:
                meant = mistaken_for(name) or _near(name)
                if meant is not None:
                    yield found(
                        producer.place("service"),
                        f"no service is known that publishes as `{name}`",
                        f"did you mean `{meant}`?",
                    )
            case AwsService() | Accounts() | Principals() | None:
                pass
            case _:
                assert_never(producer.outsider)


def _near(name: str) -> str | None:
    written = short(name)
    if written in _OTHERS:
        return None
    found = nearest(written, SERVICES) or _of_few_letters(written)
    return None if found is None else found + SUFFIX


def _of_few_letters(written: str) -> str | None:
    """Return a name of two or three letters that differs in one of them."""
    same = (each for each in SERVICES if len(each) == len(written) <= 3)
    return next(
        (s for s in same if sum(a != b for a, b in zip(s, written, strict=True)) == 1), None
    )
