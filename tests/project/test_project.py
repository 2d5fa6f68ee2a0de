from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import msgc

ROOT = Path(__file__).resolve().parents[2]


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert re.search(rf"^## \[(Unreleased|{re.escape(msgc.__version__)})\]", text, re.MULTILINE)


def test_every_module_says_what_it_is_for() -> None:
    for path in (ROOT / "src/msgc").rglob("*.py"):
        first = path.read_text().lstrip()
        assert first.removeprefix("r").startswith('"""'), path


def test_the_wheel_has_what_the_program_reads(tmp_path: Path) -> None:
    """The schema and the runtime are data to msgc: they must be in the wheel."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "msgc/schema/messaging.schema.json" in names
    assert "msgc/py.typed" in names
    for path in (ROOT / "src/msgc/runtime").rglob("*.py"):
        assert path.relative_to(ROOT / "src").as_posix() in names
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "LICENSE-MIT-0"}


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
