"""The emitter of the stubs: a Python package of models, publishers, handlers and fakes."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.outputs import STUBS
from msgc.emit.stubs.consumers import consumer_artifacts
from msgc.emit.stubs.fakes import fake_artifacts
from msgc.emit.stubs.models import model_artifacts
from msgc.emit.stubs.names import names_of
from msgc.emit.stubs.notice import notice
from msgc.emit.stubs.package import package_artifacts
from msgc.emit.stubs.producers import producer_artifacts
from msgc.emit.stubs.publishers import publisher_artifacts
from msgc.emit.stubs.vendored import runtime_artifacts
from msgc.links.model import Links
from msgc.topology.model import Topology

__all__ = ["emit_stubs"]


def emit_stubs(topology: Topology, links: Links) -> tuple[Artifact, ...]:
    """Return the Python package through which a service publishes and handles its messages."""
    folder = topology.build.path(STUBS)
    names = names_of(topology)
    top = notice(topology.service)
    package = (
        *package_artifacts(folder, topology, links, names),
        *model_artifacts(topology),
        *publisher_artifacts(folder, names, links),
        *producer_artifacts(folder, names),
        *consumer_artifacts(folder, links),
        *fake_artifacts(folder, links, names),
    )
    artifacts = (*package, *runtime_artifacts(folder, package))
    return tuple(Artifact(path=file.path, text=f"{top}\n{file.text}") for file in artifacts)
