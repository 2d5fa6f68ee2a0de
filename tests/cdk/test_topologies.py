"""Whole services of different kinds, after patterns that are public: nothing to object to.

Their templates are kept and compared with the others, see `test_templates.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.pipeline.check import check
from msgc.report.text import text_report
from msgc.source import Disk
from tests.assembly import ROOT
from tests.cdk.test_templates import KEPT

CASES = sorted((ROOT / "tests" / "cases" / "topologies").glob("*/messaging.yaml"))
NAMES = [path.parent.name for path in CASES]
IGNORED = "W3005"
"""CDK itself makes a function depend on its role twice."""


def test_there_are_ten() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_nothing_is_found(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    found = check("messaging.yaml", Disk()).diagnostics
    assert not found, text_report(tuple(found), color=False)


def test_cfn_lint_has_no_objections() -> None:
    """All at once: it starts slowly."""
    paths = [KEPT / f"topology-{name}.json" for name in NAMES]
    done = subprocess.run(
        [
            *(str(Path(sys.executable).parent / "cfn-lint"), "--regions", "eu-west-1"),
            *("--format", "json", "--ignore-checks", IGNORED, "--", *map(str, paths)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout) == []


def test_mypy_strict(tmp_path: Path) -> None:
    """Stacks and stubs of all, which have names of their own, in one run."""
    for case in CASES:
        folder = tmp_path / case.parent.name
        shutil.copytree(case.parent, folder)
        command = [sys.executable, "-m", "msgc", "build"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    packages = [path for part in ("infra", "src") for path in tmp_path.glob(f"*/{part}/*")]
    roots = {str(path.parent) for path in packages}
    cache = ROOT / ".cache" / "mypy-examples"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
            *(f"--cache-dir={cache}", "--explicit-package-bases"),
            *(argument for path in sorted(packages) for argument in ("-p", path.name)),
        ],
        cwd=tmp_path,
        env={"MYPYPATH": ":".join(sorted(roots)), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
