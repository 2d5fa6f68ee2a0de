from __future__ import annotations

from pathlib import Path

import pytest

from msgc import output
from tests.output.conftest import BANNER, Planner, generated


def test_the_diff_of_every_kind_of_change(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "src/pkg/changed.py").write_text(generated("x = 1\n"))
    (tmp_path / "src/pkg/stale.py").write_text(generated())
    plan = planned(
        {"infra/stack/__init__.py": generated(), "src/pkg/changed.py": generated("x = 2\n")}
    ).value
    assert plan is not None
    assert (
        output.diff(plan)
        == f"""\
--- /dev/null
+++ b/infra/stack/__init__.py
@@ -0,0 +1,2 @@
+{BANNER}
+x = 1
--- a/src/pkg/changed.py
+++ b/src/pkg/changed.py
@@ -1,2 +1,2 @@
 {BANNER}
-x = 1
+x = 2
--- a/src/pkg/stale.py
+++ /dev/null
@@ -1,2 +0,0 @@
-{BANNER}
-x = 1
"""
    )


def test_create_writes_all(tmp_path: Path) -> None:
    output.create(str(tmp_path / "new"), {"a": "1\n", "b": "2\n"})
    assert (tmp_path / "new/a").read_bytes() == b"1\n"
    assert (tmp_path / "new/b").read_bytes() == b"2\n"


def test_create_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(FileExistsError):
        output.create(str(tmp_path), {"a": "1\n", "b": "2\n"})
    assert not (tmp_path / "a").exists()


def test_create_makes_folders(tmp_path: Path) -> None:
    output.create(str(tmp_path), {"a/b/c": "1\n", "a/d": "2\n"})
    assert (tmp_path / "a/b/c").read_bytes() == b"1\n"
    assert (tmp_path / "a/d").read_bytes() == b"2\n"


def test_create_leaves_nothing_half_done(tmp_path: Path) -> None:
    """Here a file stands where a folder should be."""
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OSError, match="File exists"):
        output.create(str(tmp_path), {"a": "1\n", "b/c/d": "2\n", "taken/e": "3\n"})
    assert [path.name for path in tmp_path.rglob("*")] == ["taken"]
