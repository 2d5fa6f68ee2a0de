"""Three services that share a runtime and a kit: in one app, in assets, and under type checkers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.emit.emitters import emit
from tests.assembly import ROOT, synthesised
from tests.cdk.synthesis import built
from tests.cdk.test_imports import SERVICES

TOPOLOGY = """\
version: 1
service: {service}
build: {{runtime: {up}acme_runtime, kit: {up}acme_kit}}
messages:
  A:
    schema: {{type: object, required: [id], properties: {{id: {{type: string, format: uuid}}}}}}
queues: {{jobs: {{messages: [A]}}, more: {{messages: [A], external: true}}}}
consumers:
  worker:
    from: {{queue: jobs}}
    publishes: [{{queue: more}}]
    function: {{code: lambdas/worker}}
"""
HANDLER = """\
from {package} import A, MessageContext
from {package}.consumers.worker import handler as worker
from {package}.producers.worker import Worker

publisher: Worker | None = None


@worker
def handler(message: A, context: MessageContext) -> None:
    global publisher
    publisher = publisher or Worker()
    publisher.more_queue.publish(message)
"""
APP = """\
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from aws_cdk import App

ROOT = Path(__file__).resolve().parent


def beside(folder, name):
    sys.path.insert(0, str(folder))
    try:
        return import_module(f"infra.{name}")
    finally:
        sys.path.remove(str(folder))
        for module in [m for m in sys.modules if m.partition(".")[0] == "infra"]:
            del sys.modules[module]


def within(folder, name):
    sys.path.insert(0, str(folder / "infra"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(folder / "infra"))


def loaded(folder, name):
    spec = spec_from_file_location(f"loaded_{name}", folder / "infra" / name / "__init__.py")
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


app = App()
kits = set()
for service in ("First", "Second", "Third"):
    for way in (beside, within, loaded):
        module = way(ROOT / "services" / service, f"{service.lower()}_messaging_stack")
        kits.add(module.kit)
        getattr(module, f"{service}MessagingStack")(app, f"{service}-{way.__name__}")
(kit,) = kits
assert Path(kit.__file__).parent == ROOT / "libs/acme_kit", kit.__file__
app.synth()
"""


def write(folder: Path, service: str, *, up: str) -> None:
    """Write all that a build would, and a handler."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "messaging.yaml"
    file.write_text(TOPOLOGY.format(service=service.lower(), up=up))
    for artifact in emit(built(file)[1:]):
        path = Path(os.path.normpath(folder / artifact.path))
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists() or path.read_text("utf-8") == artifact.text, artifact.path
        path.write_text(artifact.text, "utf-8")
    handler = folder / "lambdas/worker/app.py"
    handler.parent.mkdir(parents=True)
    handler.write_text(HANDLER.format(package=f"{service.lower()}_messaging"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sharing") / "sharing"
    (folder / ".git").mkdir(parents=True)
    for service in SERVICES:
        write(folder / "services" / service, service, up="../../libs/")
    (folder / "app.py").write_text(APP)
    return folder


@pytest.fixture(scope="module")
def assembly(project: Path) -> Path:
    return synthesised(project)


def asset(assembly: Path, service: str, way: str = "loaded") -> Path:
    template = json.loads((assembly / f"{service}-{way}.template.json").read_text())
    function = template["Resources"][f"{service}WorkerFunction"]["Properties"]
    return assembly / f"asset.{function['Code']['S3Key'].removesuffix('.zip')}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_stack_is_the_same_however_it_is_imported(assembly: Path, service: str) -> None:
    texts = {(assembly / f"{service}-{way}.template.json").read_text() for way in WAYS}
    assert len(texts) == 1


WAYS = ("beside", "within", "loaded")
RUN = """\
import json, sys
sys.path[:] = [".", *(path for path in sys.path if "site-packages" not in path)]
import app
from {package}.publishers.more_queue import MoreQueue

class Client:
    def send_message(self, **parameters):
        sent.append(parameters["MessageBody"])
        return {{"MessageId": "1"}}

sent = []
app.publisher = app.Worker(more_queue=MoreQueue(url="https://sqs/1/q", client=Client()))
body = '{{"id":"11111111-1111-4111-8111-111111111111"}}'
records = [{{"messageId": "m", "body": text, "attributes": {{}}}} for text in (body, "[]")]
for _ in range(150):
    answer = app.handler({{"Records": records}})
assert answer == {{"batchItemFailures": [{{"itemIdentifier": "m"}}]}}, answer
assert set(sent) == {{body}}, sent
import acme_runtime
print(acme_runtime.__file__)
"""


@pytest.mark.parametrize("service", SERVICES)
def test_an_asset_works_alone(assembly: Path, service: str) -> None:
    package = f"{service.lower()}_messaging"
    folder = asset(assembly, service)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", RUN.format(package=package)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(folder / "acme_runtime/__init__.py")


def test_an_asset_has_of_the_runtime_what_it_needs(assembly: Path) -> None:
    folder = asset(assembly, "First")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {name.partition("/")[0] for name in files} == {
        "app.py", "first_messaging", "acme_runtime"
    }  # fmt: skip
    assert {"acme_runtime/codec/formats.py", "acme_runtime/publishing/queues.py"} < files
    assert not [name for name in files if "/testing" in name or "/matching" in name]
    assert "acme_runtime/codec/unions.py" not in files
    assert "first_messaging/_runtime.py" not in files


def test_stubs_find_the_runtime_by_its_place(project: Path) -> None:
    """Nothing but their own folders on the path, as in tests; the runtime is one for all."""
    paths = [str(project / "services" / service / "src") for service in SERVICES]
    program = (
        "import sys, json; sys.path += json.loads(sys.argv[1])\n"
        "import first_messaging, second_messaging, third_messaging, acme_runtime\n"
        "import first_messaging.testing, second_messaging.testing\n"
        "assert first_messaging.MessagingError is third_messaging.MessagingError\n"
        "first_messaging.testing.FakeMoreQueue(), second_messaging.testing.sqs_event\n"
        "print(acme_runtime.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", program, json.dumps(paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == str(project / "libs/acme_runtime/__init__.py"), done.stderr


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A service with what it shares beside its own packages."""
    folder = tmp_path_factory.mktemp("beside")
    write(folder, "First", up="")
    for name, place in (("acme_runtime", "src"), ("acme_kit", "infra")):
        (folder / name).rename(folder / place / name)
    file = folder / "messaging.yaml"
    text = file.read_text()
    text = text.replace("runtime: ", "runtime: src/", 1).replace("kit: ", "kit: infra/", 1)
    file.write_text(text)
    for artifact in emit(built(file)[1:]):
        (folder / artifact.path).write_text(artifact.text, "utf-8")
    return folder


CACHE = f"--cache-dir={ROOT / '.cache/mypy-examples'}"  # aws_cdk is read once


def checked(folder: Path, *command: str, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff(beside: Path) -> None:
    checked(beside, "ruff", "check", "--isolated", "--no-cache", "--select=E4,E7,E9,F,I")
    checked(beside, "ruff", "format", "--isolated", "--no-cache", "--diff", "src", "infra")


def test_mypy(beside: Path) -> None:
    """With a module that takes from the kit by the stack's package, as house rules do."""
    (beside / "app.py").write_text(
        "from infra.first_messaging_stack import FirstMessaging, _kit as kit\n\n"
        "class House(FirstMessaging):\n    most: kit.QueueSettings\n"
    )
    command = ("mypy", "--strict", "--config-file=", "--explicit-package-bases", CACHE)
    checked(beside, *command, "app.py", "infra", "src", "lambdas/worker/app.py", MYPYPATH="src:.")


def test_pyright(beside: Path) -> None:
    settings = {
        "strict": ["src", "lambdas"], "include": ["src", "lambdas", "infra"],
        "pythonVersion": "3.11",
    }  # fmt: skip
    (beside / "pyrightconfig.json").write_text(json.dumps(settings))
    checked(beside, "pyright", "--pythonpath", sys.executable)
