"""Packages generated for tests: from YAML to files on the disk, and imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from msgc.artifact import Artifact
from msgc.emit.outputs import STUBS
from msgc.emit.stubs import emit_stubs
from msgc.emit.stubs.messages.models import model_artifacts
from msgc.emit.stubs.vendored import runtime_artifacts
from msgc.links import link
from msgc.pipeline.check import check
from msgc.pipeline.understand import topology_of as resolve
from msgc.pipeline.understand import workspace_of
from msgc.source import Files
from msgc.topology.model import Topology
from tests.files import messaging

SHOP = Path(__file__).parent / "shop.yaml"


def stubs_of(path: str, files: Files) -> tuple[Artifact, ...]:
    whole = check(path, files)
    if whole.value is not None and whole.value.environments:
        return emit_stubs(whole.value.variants)
    document = workspace_of(files).document(path)
    assert document.value is not None, document.diagnostics
    topology = resolve(document.value, files)
    assert topology.value is not None, [d.message for d in topology.diagnostics]
    links = link(topology.value)
    assert links.value is not None, [d.message for d in links.diagnostics]
    found = (*topology.diagnostics, *links.diagnostics)
    assert not any(d.is_error for d in found), [d.message for d in found]
    return emit_stubs((links.value,))


def stubs_of_text(text: str) -> dict[str, str]:
    """The package of a service, its files by their path inside it."""
    artifacts = stubs_of("messaging.yaml", messaging(text))
    return {artifact.path.split("/", 2)[2]: artifact.text for artifact in artifacts}


def written(artifacts: tuple[Artifact, ...], root: Path) -> None:
    for artifact in artifacts:
        path = root / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(artifact.text, encoding="utf-8")


def generated(topology: Topology, root: Path) -> Path:
    """Write the messages with their runtime; return the folder to import from."""
    package = topology.build.path(STUBS)
    models = model_artifacts(topology)
    written((*models, *runtime_artifacts(package, models)), root)
    (root / package / "__init__.py").touch()
    (root / package / "py.typed").touch()
    return root / "src"


@contextmanager
def imported(source: Path, package: str) -> Iterator[Any]:
    """The package, as an application imports it; afterwards what had its name is there again."""
    before = _forgotten(package)
    sys.path.insert(0, str(source))
    try:
        yield import_module(package)
    finally:
        sys.path.remove(str(source))
        _forgotten(package)
        sys.modules.update(before)


def _forgotten(package: str) -> dict[str, ModuleType]:
    """Take the package and what lies in it out of the imported modules."""
    names = [name for name in sys.modules if name.partition(".")[0] == package]
    return {name: sys.modules.pop(name) for name in names}
