"""Count what a dashboard shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgc.lint.limits.totals import Total
from msgc.stack import Stack
from msgc.stack.deployed import Deployed


def dashboards(stack: Stack) -> Iterator[Total]:
    """Yield how many metrics the dashboard shows."""
    for made in stack.of("AWS::CloudWatch::Dashboard"):
        body: Any = made.properties["DashboardBody"]
        yield Total(
            span=made.declared.key,
            what="the dashboard has",
            of=partial(_metrics, body.value["widgets"]),
            name="dashboard",
            about=None,
        )


def _metrics(widgets: Any, deployed: Deployed) -> int:
    """Return how many lines all graphs have, in any Region."""
    del deployed
    return sum(len(each["properties"].get("metrics", ())) for each in widgets)
