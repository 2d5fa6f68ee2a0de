"""Print routes and matrices as JSON; the schema is schemas/route.schema.json."""

from __future__ import annotations

from typing import Any

from msgc.routing.input import Input
from msgc.routing.matrix import Matrix
from msgc.routing.results import Refusal
from msgc.routing.route import Arrived, Route, off_the_way
from msgc.routing.wording import edge_name, receiver, reference
from msgc.topology.deferred import spelling
from msgc.topology.model import Topology


def route_json(file: str, topology: Topology, given: Input, route: Route) -> dict[str, Any]:
    """Return a route as JSON has it; lines and columns count from 1."""
    return {
        "file": file,
        **_environment(topology),
        "message": given.message.name if given.message else None,
        "place": reference(route.start),
        **({"through_s3": True} if "ExtendedPayloadSize" in given.parcel.attributes else {}),
        "reaches": [_way(route, way) for way in route.arrived],
        "refused": [_refusal(no) for no in route.refusals],
        "not_on_the_way": [edge_name(edge) for edge in off_the_way(topology, route)],
    }


def _environment(topology: Topology) -> dict[str, str]:
    """Return in which environment it is, of a file that has some."""
    return {"environment": topology.environment_name} if topology.environment else {}


def matrix_json(file: str, topology: Topology, matrix: Matrix) -> dict[str, Any]:
    """Return a matrix as JSON has it: of each message and place the receivers' verdicts."""
    return {
        "file": file,
        **_environment(topology),
        "messages": [
            {
                "message": row.message.name,
                "place": reference(row.place),
                "receivers": {
                    receiver(to): verdict
                    for to, verdict in zip(matrix.receivers, row.verdicts, strict=True)
                },
            }
            for row in matrix.rows
        ],
    }


def _way(route: Route, way: Arrived) -> dict[str, Any]:
    path = [reference(route.start)]
    for edge in way.edges:
        if edge.has_name:  # a poll takes no name
            path.append(reference(edge))
        path.append(receiver(edge.target))
    others = {
        edge_name(edge): spelling(edge.made_by) for edge in way.edges if edge.made_by is not None
    }
    found: dict[str, Any] = {"receiver": receiver(way.receiver), "path": path}
    return {**found, "made_by": others} if others else found


def _refusal(no: Refusal) -> dict[str, Any]:
    line, column = no.span.source.position(no.span.start)
    return {
        "subscription": edge_name(no.edge),
        "reason": no.reason,
        "field": no.field or None,
        "file": no.span.source.path,
        "line": line,
        "column": column,
    }
