"""What programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from msgc.report.json_report import json_report
from msgc.report.text import text_report
from msgc.schema import validate
from msgc.source import Disk
from msgc.syntax import load
from msgc.visible import visible

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "diagnostics.schema.json").read_text(encoding="utf-8"))
CASES = sorted(path for path in (ROOT / "tests" / "cases").glob("s*/*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_fits_the_schema_and_says_what_the_text_says(path: Path) -> None:
    loaded = load(str(path), Disk())
    root = loaded.value.root if loaded.value else None
    found = (*loaded.diagnostics, *(validate(root) if root else ()))
    printed = json.loads(json_report(found))
    Draft7Validator(SCHEMA).validate(printed)
    text = text_report(found)
    for finding in printed["diagnostics"]:
        assert f"{finding['file']}:{finding['line']}:{finding['column']}: " in text
        assert visible(finding["message"]) in text
        start = finding["line"], finding["column"]
        assert start <= (finding["end_line"], finding["end_column"])
    assert sum(printed["summary"].values()) == len(found)


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_nothing_to_say() -> None:
    assert json.loads(json_report(())) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"error": 0, "warning": 0, "info": 0},
    }
