"""`--format` is the list of reporters: what is in it is offered, explained and printed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.report.report import Report
from msgc.report.reporters import REPORTERS, default, named
from tests.cli.conftest import GOOD, ROOT, Msgc, environment

FAKED = """
import sys
from msgc.report import reporters
from msgc.report.reporters import Reporter

def lines(report):
    tests = [test.name for test in report.tests or ()]
    return " ".join([*(d.code.name for d in report.diagnostics), *tests])

fake = Reporter(name="lines", description="for this test, to stdout", report=lines)
reporters.REPORTERS = (*reporters.REPORTERS, fake)
from msgc.cli.main import run
sys.exit(run(sys.argv[1:]))
"""

TESTED = f"{GOOD}tests:\n  - {{name: t, publish: {{queue: orders, message: OrderPlaced,"
TESTED += " payload: {id: x}}, reaches: [queue/orders]}\n"


def faked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run msgc with one reporter more."""
    return subprocess.run(
        [sys.executable, "-c", FAKED, *arguments],
        cwd=folder,
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
    )


def test_each_has_a_name_and_a_report_of_nothing() -> None:
    assert len({reporter.name for reporter in REPORTERS}) == len(REPORTERS)
    assert default() is REPORTERS[0]
    for reporter in REPORTERS:
        assert named(reporter.name) is reporter
        text = reporter.report(Report(diagnostics=()))
        assert not text.endswith("\n")
        if reporter.is_json:
            json.loads(text)


@pytest.mark.parametrize("command", ["validate", "build", "synth", "test"])
def test_each_is_offered_and_explained(tmp_path: Path, command: str) -> None:
    text = " ".join(faked(tmp_path, command, "--help").stdout.split())
    listed = "|".join(reporter.name for reporter in REPORTERS)
    assert f"--format [{listed}|lines]" in text
    assert "; lines for this test, to stdout." in text
    for reporter in REPORTERS:
        assert f"{reporter.name} {reporter.description}" in text


def test_another_is_printed(tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(f"{GOOD}topic: {{}}\n")
    done = faked(tmp_path, "validate", "--format", "lines")
    assert (done.returncode, done.stdout, done.stderr) == (1, "unknown-key\n", "")
    (tmp_path / "messaging.yaml").write_text(TESTED)
    done = faked(tmp_path, "test", "--format", "lines")
    assert (done.returncode, done.stdout, done.stderr) == (0, "t\n", "")
    done = faked(tmp_path, "build", "--format", "lines")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_nothing_else_names_a_format_of_findings() -> None:
    """`route`, `explain` and `graph` have other formats: they print no list of findings."""
    named = re.compile("|".join(f'"{reporter.name}"' for reporter in REPORTERS))
    found = {
        path.name
        for path in (ROOT / "src/msgc/cli").rglob("*.py")
        if named.search(path.read_text())
    }
    assert found == {"explain.py", "route.py"}


def test_a_format_that_is_none_is_wrong_usage(msgc: Msgc) -> None:
    done = msgc("validate", "--format", "lines")
    assert done.returncode == 2
    assert "'text'" in done.stderr
