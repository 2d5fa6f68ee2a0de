"""The emitter of the stubs: a Python package of models, publishers, handlers and fakes."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.artifact import HASH, MARKDOWN, SHARED, Artifact
from msgc.emit.outputs import RUNTIME, STUBS
from msgc.emit.stubs.handling.consumers import consumer_artifacts
from msgc.emit.stubs.handling.receivers import readings_of, receiver_artifacts
from msgc.emit.stubs.messages.models import model_artifacts
from msgc.emit.stubs.package import package_artifacts
from msgc.emit.stubs.publishing.producers import producer_artifacts
from msgc.emit.stubs.publishing.publishers import publisher_artifacts
from msgc.emit.stubs.readme import readme_artifact
from msgc.emit.stubs.testing.examples import example_artifacts
from msgc.emit.stubs.testing.fakes import fake_artifacts
from msgc.emit.stubs.vendored import (
    finder_artifact,
    runtime_artifacts,
    shared_runtime_artifacts,
)
from msgc.emit.stubs.writing.names import names_of
from msgc.links.model import Links

__all__ = ["emit_stubs"]


def emit_stubs(variants: tuple[Links, ...]) -> tuple[Artifact, ...]:
    """Return the Python package through which a service publishes and handles its messages.

    It is one for all environments: they differ in where publishers find the ARNs of their places.
    `variants` are the links in each, or those of a service without environments.
    """
    links = variants[0]
    topology = links.topology
    folder = topology.build.path(STUBS)
    names = names_of(topology)
    received = readings_of(links, names)
    messages = model_artifacts(topology)
    package = (
        *package_artifacts(folder, links, names, received, messages),
        *messages,
        *publisher_artifacts(folder, names, variants),
        *producer_artifacts(folder, topology, names),
        *consumer_artifacts(folder, links),
        *receiver_artifacts(folder, names, received, variants),
        *fake_artifacts(folder, links, names),
        *example_artifacts(folder, topology),
    )
    readme = readme_artifact(folder, links, names, received)
    text = f"{MARKDOWN.begin(topology.service)}\n\n{readme.text}"
    about = Artifact(path=readme.path, text=text)
    shared = topology.build.optional(RUNTIME)
    if shared is None:
        return (*_headed(topology.service, (*package, *runtime_artifacts(folder, package))), about)
    finder = finder_artifact(folder, shared)
    return (
        *_headed(topology.service, (*package, finder)),
        about,
        *_headed(SHARED, shared_runtime_artifacts(shared)),
    )


def _headed(owner: str, artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """Return files under the banner of who has them, and a licence that asks for nothing.

    Without that, companies couldn't commit what msgc writes for them.
    """
    top = f"{HASH.begin(owner)}\n# SPDX-License-Identifier: MIT-0\n"
    return tuple(Artifact(path=file.path, text=f"{top}{file.text}") for file in artifacts)
