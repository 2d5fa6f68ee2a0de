"""A producer is an AWS service whose name looks like a slip (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import nearest
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.aws_services import SERVICES, SUFFIX, known, mistaken_for, short
from msgc.topology.outsiders import Accounts, AwsService, Principals


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
    found = nearest(short(name), SERVICES)
    return None if found is None else found + SUFFIX
