"""The finder of msgc's own modules finds what the interpreter's own finders find."""

from __future__ import annotations

import importlib.util
import os
import py_compile
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from types import ModuleType

import pytest

from msgc.cli.import_finder import OwnFinder
from tests.cli.conftest import environment

COMPARED = """
import importlib.machinery, sys
from msgc.cli.import_finder import OwnFinder, install
install()
import msgc.cli.main, msgc.cli.validating, msgc.cli.building
assert OwnFinder in map(type, sys.meta_path)
found = 0
for name, module in sorted(sys.modules.items()):
    if not name.startswith("msgc."):
        continue
    ours = module.__spec__
    above = sys.modules[name.rpartition(".")[0]]
    theirs = importlib.machinery.PathFinder.find_spec(name, above.__path__)
    if "by this finder" in sys.argv and name not in ("msgc.cli", "msgc.cli.import_finder"):
        assert type(ours.loader).__name__ == "OwnLoader", name
    for word in ("name", "origin", "cached", "parent", "submodule_search_locations"):
        assert getattr(ours, word) == getattr(theirs, word), (name, word)
    assert module.__file__ == theirs.origin and module.__cached__ == theirs.cached
    assert ours.loader.get_source(name) == theirs.loader.get_source(name)
    found += 1
print(found)
"""


@pytest.mark.parametrize("options", [[], ["-O"], ["-OO"]])
def test_modules_are_what_they_are_by_the_usual_finders(options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *options, "-c", COMPARED, "by this finder"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert int(done.stdout) > 200


def test_byte_code_that_lies_elsewhere_is_for_the_usual_finders(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "msgc", "rules"],
        env=environment(PYTHONPYCACHEPREFIX=str(tmp_path), PYTHONDONTWRITEBYTECODE=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert any(tmp_path.rglob("msgc/cli/main.*.pyc"))


def loaded(folder: Path, name: str = "msgc.thing") -> ModuleType:
    """The module that a new finder loads from a folder."""
    suffix = Path(cache_from_source("x.py")).name.removeprefix("x")
    spec = OwnFinder(suffix).find_spec(name, [str(folder)])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_was_edited_is_compiled_anew(tmp_path: Path) -> None:
    source = tmp_path / "thing.py"
    source.write_text("value = 1\n")
    assert loaded(tmp_path).value == 1
    py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    times = source.stat()
    source.write_text("value = 2\n")  # in the same second
    os.utime(source, (times.st_atime, times.st_mtime + 5))
    assert loaded(tmp_path).value == 2
    source.write_text("value = 22\n")
    os.utime(source, (times.st_atime, times.st_mtime + 5))
    assert loaded(tmp_path).value == 22


@pytest.mark.parametrize("mode", list(py_compile.PycInvalidationMode))
def test_all_kinds_of_byte_code(tmp_path: Path, mode: py_compile.PycInvalidationMode) -> None:
    source = tmp_path / "thing.py"
    source.write_text("value = 1\n")
    py_compile.compile(str(source), invalidation_mode=mode)
    assert loaded(tmp_path).value == 1


@pytest.mark.parametrize("damaged", [b"", b"\0" * 40, b"not byte code at all"])
def test_damaged_byte_code_is_made_anew(tmp_path: Path, damaged: bytes) -> None:
    source = tmp_path / "thing.py"
    source.write_text("value = 1\n")
    compiled = Path(cache_from_source(str(source)))
    compiled.parent.mkdir()
    compiled.write_bytes(damaged)
    assert loaded(tmp_path).value == 1


def test_packages(tmp_path: Path) -> None:
    (tmp_path / "thing").mkdir()
    (tmp_path / "thing" / "__init__.py").write_text("value = __path__\n")
    assert loaded(tmp_path).value == [str(tmp_path / "thing")]


@pytest.mark.parametrize("name", ["yaml.loader", "msgc", "msgc.thing", "msgcx.thing"])
def test_everything_else_is_for_the_usual_finders(tmp_path: Path, name: str) -> None:
    finder = OwnFinder(".pyc")
    (tmp_path / "loader.py").touch()
    assert finder.find_spec(name, [str(tmp_path)]) is None
    assert finder.find_spec(name, [str(tmp_path / "missing")]) is None
    assert finder.find_spec("msgc", None) is None
