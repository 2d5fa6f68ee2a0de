from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from msgc import output
from msgc.artifact import HASH, Artifact
from tests.output.conftest import CLAIMS, SERVICE, STACK, Planner, generated

NOBODY = 65534


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def applied(planned: Planner, files: dict[str, str]) -> None:
    plan = planned(files).value
    assert plan is not None
    assert output.apply(plan) == ()


def test_writes_creates_and_removes(tmp_path: Path, planned: Planner) -> None:
    applied(planned, {"src/pkg/a.py": generated(), "src/pkg/old/b.py": generated()})
    applied(planned, {"src/pkg/a.py": generated("x = 2\n"), STACK: generated()})
    assert everything(tmp_path) == {
        "infra": None,
        "infra/stack": None,
        STACK: generated().encode(),
        "src": None,
        "src/pkg": None,
        "src/pkg/a.py": generated("x = 2\n").encode(),
    }


def test_a_second_time_touches_nothing(tmp_path: Path, planned: Planner) -> None:
    files = {"src/pkg/a.py": generated()}
    applied(planned, files)
    path = tmp_path / "src/pkg/a.py"
    os.utime(path, (1, 1))
    applied(planned, files)
    assert path.stat().st_mtime == 1


def test_bytecode_of_a_stale_module_goes_too(tmp_path: Path, planned: Planner) -> None:
    applied(planned, {"src/pkg/old/b.py": generated(), "src/pkg/a.py": generated()})
    cache = tmp_path / "src/pkg/old/__pycache__"
    cache.mkdir()
    (cache / "b.cpython-311.pyc").touch()
    applied(planned, {"src/pkg/a.py": generated()})
    assert not (tmp_path / "src/pkg/old").exists()


def test_permissions_are_kept(tmp_path: Path, planned: Planner) -> None:
    applied(planned, {"src/pkg/a.py": generated()})
    (tmp_path / "src/pkg/a.py").chmod(0o640)
    applied(planned, {"src/pkg/a.py": generated("x = 2\n")})
    assert (tmp_path / "src/pkg/a.py").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("how", ["kill", "interrupt", "full"])
def test_a_build_that_is_stopped_at_any_call(tmp_path: Path, how: str) -> None:
    """The next one succeeds and leaves what a build leaves that nobody stopped."""
    script = Path(__file__).with_name("killed.py")
    ended = subprocess.run(
        [sys.executable, script, tmp_path, how],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    *wrong, calls = ended.stdout.splitlines()
    assert not wrong
    assert int(calls) > 25


def test_what_can_not_be_written_leaves_nothing_behind(tmp_path: Path, planned: Planner) -> None:
    """The disk changes between plan and apply: a file takes the place of the last folder."""
    applied(planned, {STACK: generated()})
    plan = planned(
        {
            STACK: generated("x = 2\n"),
            "src/pkg/new/a.py": generated(),
            "src/pkg/z/b.py": generated(),
        }
    ).value
    assert plan is not None
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "src/pkg/z").touch()
    before = everything(tmp_path)
    (diagnostic,) = output.apply(plan)
    assert diagnostic.code.name == "unwritable-output"
    assert everything(tmp_path) == before


def test_a_rename_that_fails_is_undone(tmp_path: Path, planned: Planner) -> None:
    """A folder takes the place of a file after it was planned: the rename of that one fails."""
    applied(planned, {STACK: generated()})
    plan = planned({STACK: generated("x = 2\n"), "src/pkg/a.py": generated()}).value
    assert plan is not None
    (tmp_path / "src/pkg/a.py").mkdir(parents=True)
    before = everything(tmp_path)
    (diagnostic,) = output.apply(plan)
    assert diagnostic.code.name == "unwritable-output"
    assert everything(tmp_path) == before


@pytest.fixture
def unprivileged_folder() -> Iterator[Path]:
    """A folder, and a process that isn't root: root may write into a read-only folder."""
    with tempfile.TemporaryDirectory() as name:
        root = os.geteuid() == 0
        if root:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)


def test_a_read_only_folder(unprivileged_folder: Path) -> None:
    folder = unprivileged_folder
    (folder / "src").mkdir()
    (folder / "src").chmod(0o500)
    artifacts = [Artifact(path=p, text=generated()) for p in (STACK, "src/pkg/a.py")]
    plan = output.plan(artifacts, CLAIMS, str(folder), service=SERVICE).value
    assert plan is not None
    (diagnostic,) = output.apply(plan)
    assert diagnostic.message == "`src/pkg/a.py` can't be written: permission denied"
    assert sorted(everything(folder)) == ["src"]


def test_a_file_that_changes_between_plan_and_apply(tmp_path: Path, planned: Planner) -> None:
    applied(planned, {STACK: generated()})
    plan = planned({STACK: generated("x = 2\n"), "src/pkg/a.py": generated()}).value
    assert plan is not None
    (tmp_path / STACK).write_text("# my own now\n")
    before = everything(tmp_path)
    (diagnostic,) = output.apply(plan)
    assert "it was changed in the meantime" in diagnostic.message
    assert everything(tmp_path) == before


def test_a_stale_folder_with_a_file_of_the_user_stays(tmp_path: Path, planned: Planner) -> None:
    applied(planned, {f"src/pkg/old/{n}.py": generated() for n in "abc"})
    (tmp_path / "src/pkg/old/mine.py").write_text("# mine\n")
    (tmp_path / "src/pkg/old/linked").symlink_to(tmp_path)
    applied(planned, {"src/pkg/a.py": generated()})
    assert sorted(p.name for p in (tmp_path / "src/pkg/old").iterdir()) == ["linked", "mine.py"]


def test_temporary_files_of_others_stay(tmp_path: Path, planned: Planner) -> None:
    folder = tmp_path / "src/pkg"
    folder.mkdir(parents=True)
    other = HASH.begin("billing")
    kept = {".a.0123456789abcdef.msgc-tmp": other, "c.msgc-tmp": "x"}
    for name, text in kept.items():
        (folder / name).write_text(text)
    applied(planned, {"src/pkg/a.py": generated()})
    assert sorted(p.name for p in folder.iterdir()) == sorted([*kept, "a.py"])
