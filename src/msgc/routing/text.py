"""Print routes and matrices as text."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.patterns.satisfiability.matcher_verdicts import Verdict
from msgc.routing.input import Input
from msgc.routing.matrix import Matrix
from msgc.routing.route import Arrived, Route, off_the_way
from msgc.routing.wording import edge_name, receiver, reference
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_consumer
from msgc.visible import visible

_SIGNS: dict[Verdict, str] = {"always": "x", "possible": "?", "never": "."}


_LEGEND = "x always, ? as its filters decide, . never"
_WIDEST = 25
"""How many receivers are columns."""
_TOLD = 8
"""How many edges are named that the message doesn't come to."""


def route_text(
    topology: Topology, given: Input, route: Route, *, name_service: bool = False
) -> str:
    """Return a route: who receives the message and by which way, and who doesn't and why."""
    what = f"`{given.message.name}`" if given.message else "a message of an unknown type"
    if name_service:  # of several, each of which may have edges from here
        what = f"{topology.service}: {what}"
    size = given.parcel.attributes.get("ExtendedPayloadSize")
    by_s3 = f", its {int(size['StringValue']):,} bytes in S3" if size else ""
    lines = [f"{what} on {reference(route.start)}{by_s3}"]
    if route.arrived:
        lines += [
            "",
            "  reaches",
            *_columns((_name(way), _path(route, way)) for way in route.arrived),
        ]
    else:
        lines += ["", "  reaches nobody"]
    if route.refused:
        refused = ((edge_name(no.edge), f"{no.span!r}: {no.reason}") for no in route.refusals)
        lines += ["", "  not taken by", *_columns(refused)]
    if elsewhere := off_the_way(topology, route):
        names = tuple(dict.fromkeys(map(edge_name, elsewhere)))  # a consumer may read two queues
        more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
        lines += ["", f"  not on its way: {', '.join(names[:_TOLD])}{more}"]
    return "\n".join(map(visible, lines))


def matrix_text(matrix: Matrix) -> str:
    """Return a matrix: one line a message and place, receivers have numbers, told below.

    One too wide to be read is a list of those that each message reaches, or may reach.
    """
    if len(matrix.receivers) > _WIDEST:
        return "\n\n".join([*("\n".join(map(visible, one)) for one in _listed(matrix)), _LEGEND])
    numbers = [str(i) for i in range(1, len(matrix.receivers) + 1)]
    widths = [len(number) for number in numbers]
    titles = [f"{row.message.name} on {reference(row.place)}" for row in matrix.rows]
    wide = max(map(len, titles), default=0)
    lines = [f"{'':{wide}}  {'  '.join(numbers)}".rstrip()]
    for title, row in zip(titles, matrix.rows, strict=True):
        signs = (_SIGNS[v].rjust(n) for v, n in zip(row.verdicts, widths, strict=True))
        lines.append(f"{title:{wide}}  {'  '.join(signs)}".rstrip())
    lines += ["", _LEGEND, ""]
    lines += [
        f"{n.rjust(4)}  {receiver(r)}" for n, r in zip(numbers, matrix.receivers, strict=True)
    ]
    return "\n".join(map(visible, lines))


def _listed(matrix: Matrix) -> Iterator[list[str]]:
    for row in matrix.rows:
        lines = [f"{row.message.name} on {reference(row.place)}"]
        for to, verdict in zip(matrix.receivers, row.verdicts, strict=True):
            if verdict != "never":
                lines.append(f"  {_SIGNS[verdict]}  {receiver(to)}")
        yield lines if len(lines) > 1 else [*lines, "  .  nobody"]


def _name(way: Arrived) -> str:
    return receiver(way.receiver)


def _path(route: Route, way: Arrived) -> str:
    """Return the way up to the receiver: place, edge, place, edge, ..."""
    steps = [reference(route.start)]
    for edge in way.edges:
        if not _is_poll(edge):
            by = "" if edge.made_by is None else f" (made by {spelling(edge.made_by)})"
            steps.append(f"{edge.name}{by}")
        if edge.send is not None and edge.send.message is not None:
            steps.append(f"as `{edge.send.message.name}`")
        if edge is not way.edges[-1]:
            steps.append(receiver(edge.target))
    return " -> ".join(steps)


def _is_poll(edge: Subscription) -> bool:
    """Whether an edge has the name of the consumer that it leads to, and need not be told."""
    consumer = as_consumer(edge.target)
    return consumer is not None and consumer.name == edge.name


def _columns(rows: Iterator[tuple[str, str]]) -> list[str]:
    every = list(rows)
    wide = max(len(first) for first, _ in every)
    return [f"    {first:{wide}}  {second}" for first, second in every]
