"""The code of a function in the root of the project: what is uploaded, and what isn't."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.assembly import cdk_environment

TOPOLOGY = """\
version: 1
service: dot
messages: {A: {schema: {type: object}}}
queues: {q: {messages: [A]}}
consumers: {c: {from: {queue: q}, function: {code: ., handler: handler.main}}}
producers: {p: {publishes: [{queue: q}]}}
"""

APP = """\
from aws_cdk import App
from infra.dot_messaging_stack import DotMessagingStack

app = App()
DotMessagingStack(app, "Dot")
app.synth()
"""

OTHERS = (
    ".git/HEAD",
    ".venv/pyvenv.cfg",
    ".venv/lib/x.py",
    "of-mine/pyvenv.cfg",
    "of-mine/lib/x.py",
    "node_modules/cdk/index.js",
    ".mypy_cache/x.json",
    "tests/__pycache__/x.pyc",
    "assembly/cdk.out",
    "assembly/asset.1/x.py",
    "infra/dot_messaging_stack/_kit/x.py",
)
OWN = ("handler.py", "lib/helper.py", "lib/data.json", "tests/test_x.py", "infra/own.py")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code") / "project"
    folder.mkdir()
    (folder / "messaging.yaml").write_text(TOPOLOGY)
    (folder / "app.py").write_text(APP)
    for name in (*OTHERS, *OWN):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    (folder / "handler.py").write_text("from dot_messaging import A\n\nmain = print\n")
    subprocess.run([sys.executable, "-m", "msgc", "build"], cwd=folder, check=True)
    return folder


def uploaded(project: Path, outdir: str) -> set[str]:
    """Synthesise, and return the files of the function's asset."""
    out = project / outdir
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=project,
        env=cdk_environment(out, validated=False),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (asset,) = [path for path in out.glob("asset.*") if path.is_dir()]
    return {str(path.relative_to(asset)) for path in asset.rglob("*") if path.is_file()}


@pytest.mark.parametrize("outdir", ["cdk.out", "build/synthesised"])
def test_what_is_no_code_is_left_out(project: Path, outdir: str) -> None:
    for _ in range(2):  # the second time, there is the first one's output
        found = uploaded(project, outdir)
        assert set(OWN) < found
        assert {"dot_messaging/__init__.py", "dot_messaging/messages/a.py"} < found
        assert "dot_messaging/consumers/c.py" not in found
        assert not any(name.startswith("dot_messaging/testing") for name in found)
        left = {name for name in found if not name.startswith("dot_messaging/")}
        assert left == {*OWN, "messaging.yaml", "app.py"}
