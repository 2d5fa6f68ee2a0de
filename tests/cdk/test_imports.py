"""The package of a stack, imported in every way that an app may, of three services in one app."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from msgc.emit.outputs import STUBS
from tests.assembly import synthesised
from tests.cdk.synthesis import built, write_handlers, write_stack

SERVICES = ("First", "Second", "Third")
TOPOLOGY = """\
version: 1
service: {service}
messages: {{A: {{schema: {{type: object}}}}}}
queues: {{jobs: {{messages: [A]}}}}
consumers: {{worker: {{from: {{queue: jobs}}, function: {{code: lambdas/worker}}}}}}
producers: {{web: {{publishes: [{{queue: jobs}}]}}}}
"""

APP = """\
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from aws_cdk import App

INFRA = Path(__file__).resolve().parent / "infra"


def beside(name):
    return import_module(f"infra.{name}")


def within(name):
    return import_module(name)


def loaded(name):
    spec = spec_from_file_location(f"loaded_{name}", INFRA / name / "__init__.py")
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.append(str(INFRA))
app = App()
for service in ("First", "Second", "Third"):
    for way in (beside, within, loaded):
        name = f"{service.lower()}_messaging_stack"
        module = way(name)
        kit = import_module("._kit", module.__name__)
        assert module.kit is kit, (way.__name__, service)
        assert Path(kit.__file__).parent == INFRA / name / "_kit", (way.__name__, kit.__file__)
        getattr(module, f"{service}MessagingStack")(app, f"{service}-{way.__name__}")
app.synth()
"""


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imports") / "three-services"
    folder.mkdir()
    for service in SERVICES:
        file = folder / f"{service}.yaml"
        file.write_text(TOPOLOGY.format(service=service.lower()))
        topology, delivery = built(file)
        write_stack(folder, topology, delivery)
        write_handlers(folder, topology.build.path(STUBS))
    (folder / "app.py").write_text(APP)
    return synthesised(folder, validated=False)


def template(assembly: Path, service: str, way: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((assembly / f"{service}-{way}.template.json").read_text())
    return found


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("way", ["within", "loaded"])
def test_a_stack_is_the_same_however_it_is_imported(assembly: Path, service: str, way: str) -> None:
    assert template(assembly, service, way) == template(assembly, service, "beside")


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_its_own(assembly: Path, service: str) -> None:
    """Its resources, and its package beside the code that the three have in common."""
    resources = template(assembly, service, "loaded")["Resources"]
    function = resources[f"{service}WorkerFunction"]["Properties"]
    code = assembly / f"asset.{function['Code']['S3Key'].removesuffix('.zip')}"
    found = {path.relative_to(code).as_posix() for path in code.rglob("*") if path.is_file()}
    assert found == {"app.py", f"{service.lower()}_messaging/__init__.py"}
