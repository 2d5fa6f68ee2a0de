"""Every feature's folder in tests/cases/ok builds to exactly what is beside it, as examples do.

`pytest tests/pipeline --regenerate` writes `expected/` anew; read the diff before it is committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from msgc.artifact import HASH, SHARED, Artifact
from msgc.emit.emitters import emit
from msgc.payloads.codes import FOR_JSONSCHEMA
from msgc.pipeline.check import check
from msgc.source import Disk

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "ok"
FOLDERS = sorted(path.parent.name for path in CASES.glob("*/messaging.yaml"))
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/messaging.yaml"))


def artifacts(folder: Path) -> tuple[Artifact, ...]:
    outcome = check(str(folder / "messaging.yaml"), Disk())
    said = [
        f"{d.span}: {d.code.name}: {d.message}"
        for d in outcome.diagnostics
        if d.code is not FOR_JSONSCHEMA  # a note that nothing can be done about
    ]
    assert said == []
    assert outcome.value is not None
    checked = outcome.value
    return emit(checked.variants)


def is_carried(made: Artifact) -> bool:
    """Whether a file is of the runtime or the kit: the same everywhere, with tests of its own."""
    shared = HASH.owner(made.text.encode()) == SHARED
    return shared or "/_runtime/" in made.path or "/_kit/" in made.path


def test_there_are_cases() -> None:
    assert FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    folder = CASES / name
    expected = folder / "expected"
    made = {a.path: a.text for a in artifacts(folder) if not is_carried(a)}
    if request.config.getoption("--regenerate"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, "utf-8", newline="\n")
    kept = {
        path.relative_to(expected).as_posix(): path.read_text("utf-8")
        for path in expected.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(made) == sorted(kept)
    for path, text in made.items():
        assert text == kept[path], path


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_examples(folder: Path) -> None:
    """As `msgc build --check` has it, and without a process of its own."""
    for made in artifacts(folder):
        if not is_carried(made):
            assert made.text == (folder / made.path).read_text("utf-8"), made.path
