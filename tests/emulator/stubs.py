"""The generated package of a project, imported as a publishing application imports it."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.deploy import Deployed
from tests.examples.built import built_example


def imported(monkeypatch: pytest.MonkeyPatch, project: Path, package: str) -> Any:
    """The package, from the project's `src`, whatever other test imported one of its name."""
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(project / "src"))
    return import_module(package)


def of_example(monkeypatch: pytest.MonkeyPatch, name: str, package: str) -> Any:
    return imported(monkeypatch, built_example(name), package)


def configure(monkeypatch: pytest.MonkeyPatch, deployed: Deployed, output: str) -> None:
    """Set what the stack says a publisher's environment is."""
    for name, value in json.loads(deployed.outputs[output]).items():
        monkeypatch.setenv(name, value)


def message(package: Any, name: str, payload: dict[str, Any] | str) -> Any:
    """A message of the package, from its JSON."""
    codec = import_module(f"{package.__name__}._runtime.codec.codec")
    read = codec.decode_text if isinstance(payload, str) else codec.decode
    return read(getattr(package, name), payload)
