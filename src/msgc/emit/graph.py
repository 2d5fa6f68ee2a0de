"""Write pictures of topologies in Mermaid or DOT."""

from __future__ import annotations

import re

from msgc.emit.picture import Node, Picture, as_id, draw
from msgc.topology.model import Topology
from msgc.visible import visible


def mermaid(*topologies: Topology) -> str:
    """Return a Mermaid flowchart, of several services with a box around each."""
    pictures = draw(topologies)
    out = ["flowchart LR"]
    for picture in pictures:
        nodes = [f"  {node.id}{_mermaid_shape(node)}" for node in picture.nodes]
        out += nodes if len(pictures) == 1 else _boxed(picture, nodes)
    for edge in (edge for picture in pictures for edge in picture.edges):
        label = "<br/>".join(_mermaid_text(line) for line in edge.lines)
        arrow = "-.->" if edge.dotted else "-->"
        out.append(f"  {edge.start} {arrow}" + (f'|"{label}"|' if label else "") + f" {edge.end}")
    return "\n".join(out) + "\n"


def _boxed(picture: Picture, nodes: list[str]) -> list[str]:
    return [
        f"  subgraph {as_id(picture.service)}[{_mermaid_text(picture.service)}]",
        *(f"  {line}" for line in nodes),
        "  end",
    ]


def dot(*topologies: Topology) -> str:
    """Return a Graphviz digraph, of several services with a box around each."""
    pictures = draw(topologies)
    alone = len(pictures) == 1
    out = [f"digraph {_dot_text(pictures[0].service if alone else 'workspace')} {{"]
    out += ["  rankdir=LR", '  node [fontname="Helvetica"]']
    out.append('  edge [fontname="Helvetica", fontsize=10]')
    for picture in pictures:
        nodes = [
            f"  {node.id} [label={_dot_text(node.label)}, shape={_DOT_SHAPES[node.kind]}]"
            for node in picture.nodes
        ]
        out += nodes if alone else _clustered(picture, nodes)
    for edge in (edge for picture in pictures for edge in picture.edges):
        options = [f"label={_dot_text(*edge.lines)}"] if edge.lines else []
        options += ["style=dotted"] if edge.dotted else []
        out.append(
            f"  {edge.start} -> {edge.end}" + (f" [{', '.join(options)}]" if options else "")
        )
    return "\n".join([*out, "}"]) + "\n"


def _clustered(picture: Picture, nodes: list[str]) -> list[str]:
    return [
        f"  subgraph cluster_{as_id(picture.service)} {{",
        f"    label={_dot_text(picture.service)}",
        *(f"  {line}" for line in nodes),
        "  }",
    ]


def _mermaid_shape(node: Node) -> str:
    left, right = _MERMAID_SHAPES[node.kind]
    return f'{left}"{_mermaid_text(node.label)}"{right}'


def _mermaid_text(text: str) -> str:
    """Return text with everything that means something to Mermaid as an entity."""
    return re.sub(r'[#&"<>`\\|{}\[\]\n]', lambda m: f"#{ord(m[0])};", visible(text))


def _dot_text(*lines: str) -> str:
    escaped = (visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'


_MERMAID_SHAPES: dict[str, tuple[str, str]] = {
    "producer": ("([", "])"),
    "stream": ("[/", "/]"),
    "topic": ("{{", "}}"),
    "queue": ("[(", ")]"),
    "bus": ("[[", "]]"),
    "consumer": ("[", "]"),
    "endpoint": (">", "]"),
    "schedule": ("((", "))"),
}
_DOT_SHAPES: dict[str, str] = {
    "producer": "ellipse",
    "stream": "parallelogram",
    "topic": "hexagon",
    "queue": "cylinder",
    "bus": "box3d",
    "consumer": "box",
    "endpoint": "note",
    "schedule": "circle",
}
