"""The dashboard that the file asks for, and what it is called."""

from __future__ import annotations

from msgc.topology.declared import Declared
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN
from msgc.tree import Mapping, Scalar

WORD = "dashboard"


def dashboard_of(topology: Topology) -> Declared | None:
    """Return what the file says of its dashboard; None if it has none."""
    node = topology.root.get(WORD)
    if node is None or (isinstance(node, Scalar) and node.value is not True):
        return None
    return Declared(name=WORD, key=topology.root.key(WORD).span, node=node)


def name_of(topology: Topology, dashboard: Declared, stack: str = MAIN) -> str:
    """Return its name in AWS: as written, or the service's, with the stack and the environment."""
    own = "" if stack == MAIN else f"-{stack}"
    node = dashboard.node
    written = node.get("name") if isinstance(node, Mapping) else None
    if isinstance(written, Scalar):
        return f"{written.text}{own}"
    return f"{topology.built_as}{own}{topology.suffix}"
