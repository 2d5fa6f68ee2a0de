"""Write the package of a service's stacks: a module for each, and the kit beside them."""

from __future__ import annotations

from msgc.artifact import HASH, Artifact
from msgc.emit.cdk.kit import kit_artifacts
from msgc.emit.cdk.module import Other, module_text
from msgc.emit.outputs import KIT, STACK
from msgc.emit.python_writer import PythonWriter, string
from msgc.links.model import Links
from msgc.stack import Stack, plan
from msgc.stack.placement.parts import parts
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN, Placement, argument, construct, module


def emit_stack(variants: tuple[Links, ...]) -> tuple[Artifact, ...]:
    """Return the CDK package of a service: the module of each stack, and the kit.

    `variants` are its links in each environment; one without environments has one. Without
    `stacks` there is one stack, and its module is the package.
    """
    topology = variants[0].topology
    folder = topology.build.path(STACK)
    kit = kit_artifacts(folder, topology.build.optional(KIT), topology.service)
    planned = tuple(plan(links.topology, links) for links in variants)
    if topology.placement is None:
        text = module_text(planned, construct(topology.service), _about(topology))
        return (Artifact(path=f"{folder}/__init__.py", text=text), *kit)
    modules = tuple(_modules(planned, topology, topology.placement, folder))
    return (_package(topology, topology.placement, folder), *modules, *kit)


def _about(topology: Topology) -> str:
    return topology.description or f"The messaging of {topology.service}."


def _modules(
    planned: tuple[Stack, ...], topology: Topology, placement: Placement, folder: str
) -> list[Artifact]:
    """Return the modules of several stacks."""
    about = {MAIN: _about(topology)} | {
        each.name: each.description or f"What of {topology.service} lies in `{each.name}`."
        for each in placement.stacks
    }
    found: list[Artifact] = []
    for own in zip(*map(parts, planned), strict=True):
        name = own[0].name
        first = {other for stack in own for other in stack.after}
        after = tuple(
            Other(
                module=module(other),
                construct=construct(topology.service, other),
                argument=argument(other),
            )
            for other in placement.names
            if other in first
        )
        text = module_text(own, construct(topology.service, name), about[name], after)
        found.append(Artifact(path=f"{folder}/{module(name)}.py", text=text))
    return found


def _package(topology: Topology, placement: Placement, folder: str) -> Artifact:
    """Return the package itself, where apps import the classes of all stacks from."""
    writer = PythonWriter(_about(topology), banner=HASH.begin(topology.service))
    exported: list[str] = []
    for stack in placement.names:
        own = construct(topology.service, stack)
        shared = ["Environment"] if stack == MAIN and topology.environment is not None else []
        exported += [
            writer.use(f".{module(stack)}", name) for name in (own, f"{own}Stack", *shared)
        ]
    writer.statement("__all__ = [", [string(name) for name in sorted(exported)], "]")
    return Artifact(path=f"{folder}/__init__.py", text=writer.render())
