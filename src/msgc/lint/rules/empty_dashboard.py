"""A `dashboard` has nothing to show (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.dashboard import dashboard_of


@rule("MSG680", "error", absence=True)
def empty_dashboard(subject: Subject) -> Iterator[Finding]:
    """A dashboard has nothing to show.

    It shows what the stack makes. Of what is imported its owner has a dashboard, and of a role that
    publishes or reads CloudWatch counts nothing.

    ```yaml
    dashboard: true
    topics: {shipments: {import: {parameter: /logistics/messaging/topics/shipments}, messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: shipments}]}}
    ```

    Take the word away, or ask the owner for one:

    ```yaml
    topics: {shipments: {import: {parameter: /logistics/messaging/topics/shipments}, messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: shipments}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
    """  # noqa: E501  # an address
    declared = dashboard_of(subject.topology)
    if declared is not None and not subject.stack.of("AWS::CloudWatch::Dashboard"):
        yield found(
            declared.key,
            "the dashboard would be empty: the stack makes nothing that CloudWatch counts",
            "take `dashboard` away",
        )
