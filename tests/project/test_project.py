from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import msgc
from msgc import catalog
from tests.distribution import TOGETHER, unit

ROOT = Path(__file__).resolve().parents[2]

EXPLAINED = """
import json, sys
from msgc import catalog
json.dump([catalog.__file__, {code.id: code.explain() for code in catalog.CODES}], sys.stdout)
"""

SKIPPED = """
import pytest
def test_skipped(): pytest.skip("it isn't there")
def test_passed(): pass
"""


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert re.search(rf"^## \[(Unreleased|{re.escape(msgc.__version__)})\]", text, re.MULTILINE)


def test_every_module_says_what_it_is_for() -> None:
    for path in (ROOT / "src/msgc").rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(module), path


def test_what_is_dealt_out_together_is_there() -> None:
    for start in TOGETHER:
        assert (ROOT / start).is_dir() if start.endswith("/") else (ROOT / start).is_file(), start
    assert unit("tests/project/test_pages.py::test_page[a::b]") == "pages"
    assert unit("tests/test_tree.py::test_x") == "tests/test_tree.py::test_x"


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--no-skips"], 1)])
def test_a_test_that_is_skipped_fails_the_gate(
    tmp_path: Path, options: list[str], status: int
) -> None:
    (tmp_path / "test_it.py").write_text(SKIPPED)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-q", *options, "test_it.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stdout
    assert ("SKIPPED, which fails here: test_it.py::test_skipped" in done.stdout) == bool(status)


def test_the_gate_leaves_nothing_out() -> None:
    """But on one Python that which needs no second."""
    if not (ROOT / ".git").exists():
        pytest.skip("a source distribution has no gate")
    gate = (ROOT / ".ci/run").read_text()
    assert re.findall(r"dev\.py (?!setup)(.*)", gate) == [
        'fast --no-skips -m "not once"',
        "test --no-skips",
    ]


def built(kind: str, source: Path, into: Path) -> Path:
    """Build a distribution and return its file."""
    subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", into, source],
        check=True,
        capture_output=True,
    )
    (found,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return found


def test_the_source_distribution(tmp_path: Path) -> None:
    """It has what a distributor builds, tests and ships, and makes the same wheel."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is one")
    unpacked = tmp_path / "unpacked"
    archive = str(built("sdist", ROOT, tmp_path))
    extract = [sys.executable, "-m", "tarfile", "-e", archive, str(unpacked)]
    subprocess.run(extract, check=True, capture_output=True)
    (source,) = (tmp_path / "unpacked").iterdir()
    names = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    tracked = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # whichever git there is
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    kept = {name for name in tracked if name and not name.startswith((".ci/", ".github/"))}
    kept = {name for name in kept if (ROOT / name).exists()}
    assert kept - names == {".pre-commit-config.yaml"}
    assert {"README.md", "LICENSE", "LICENSE-MIT-0", "CHANGELOG.md", "SECURITY.md"} <= names
    assert not {name for name in names if "__pycache__" in name or "cdk.out" in name}
    direct = built("wheel", ROOT, tmp_path / "direct")
    from_it = built("wheel", source, tmp_path / "from it")
    with zipfile.ZipFile(direct) as one, zipfile.ZipFile(from_it) as other:
        ours = {info.filename: info.CRC for info in one.infolist()}
        assert ours == {info.filename: info.CRC for info in other.infolist()}


def test_the_wheel_has_what_the_program_reads(tmp_path: Path) -> None:
    """The schema, the runtime and the explanations are data to msgc: they must be in the wheel."""
    wheel = built("wheel", ROOT, tmp_path)
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "msgc/schema/messaging.schema.json" in names
    assert "msgc/py.typed" in names
    for path in (ROOT / "src/msgc/runtime").rglob("*.py"):
        assert path.relative_to(ROOT / "src").as_posix() in names
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "LICENSE-MIT-0"}
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    told = subprocess.run(
        [sys.executable, "-c", EXPLAINED],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        check=True,
        capture_output=True,
    ).stdout
    expected = {code.id: code.explain() for code in catalog.CODES}
    assert json.loads(told) == [str(tmp_path / "installed/msgc/catalog.py"), expected]


def test_actions_are_pinned_by_their_commit() -> None:
    """A tag may be moved to other code; a commit may not. Its release stands beside it."""
    used = [
        line.strip()
        for path in (ROOT / ".github/workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if re.match(r"\s*-? *uses:", line)
    ]
    assert used
    for line in used:
        assert re.fullmatch(r"-? *uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
