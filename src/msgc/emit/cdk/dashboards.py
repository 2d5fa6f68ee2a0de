"""Print a dashboard as calls of the kit, one for each row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.printer import Printer, identifier
from msgc.stack.model import Resource
from msgc.stack.values import reference

_METHODS = {
    "Alarms": "states_of_alarms",
    "Topics": "graphs_of_topics",
    "Rules": "graphs_of_rules",
    "Queues": "graphs_of_queues",
    "Dead letters": "graphs_of_dead_letters",
    "Functions": "graphs_of_functions",
    "Streams": "graphs_of_streams",
    "Pipes": "graphs_of_pipes",
    "All schedules of the account": "graphs_of_schedules",
}
"""The kit's methods for rows, by what the titles of their widgets begin with."""


def dashboard(printer: Printer, made: Resource) -> Call:
    """Print a dashboard."""
    body: Any = made.properties["DashboardBody"]
    rows = groupby(body.value["widgets"], key=lambda widget: widget["y"])
    name = printer.option(made, "DashboardName")
    return new(
        "self.dashboard",
        identifier(made),
        *(_row(printer, next(widgets)["properties"]) for _, widgets in rows),
        name=name,
    )


def _row(printer: Printer, first: dict[str, Any]) -> Call:
    """Print a row by its first widget: what it is about."""
    method = f"self.{_METHODS[first['title'].partition(':')[0]]}"
    if "alarms" in first:
        return new(method, *map(printer.known, first["alarms"]))
    lines = [metric[2:-1] for metric in first["metrics"]]
    bus = printer.value(lines[0][1]) if lines[0][0] == "EventBusName" else None
    return new(method, *_subjects(printer, lines), bus=bus)


def _subjects(printer: Printer, lines: list[tuple[Any, ...]]) -> Iterator[str]:
    """Yield what the lines of a graph are of; all schedules have one, which is of nothing."""
    for line in lines:
        if reference(line[-1]) is not None:
            yield printer.known(line[-1])
