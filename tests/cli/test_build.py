from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, ROOT, Msgc, files

STACK = "infra/shop_messaging_stack.py"


def test_builds_what_check_finds_clean(msgc: Msgc, project: Path) -> None:
    done = msgc("build")
    assert done.returncode == 0, done.stderr
    assert f"created   {STACK}\n" in done.stdout
    assert {STACK, "src/shop_messaging/__init__.py"} < set(files(project))
    check = msgc("build", "--check")
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "")


def test_a_second_build_touches_nothing(msgc: Msgc, project: Path) -> None:
    msgc("build")
    for path in project.rglob("*.py"):
        os.utime(path, (1, 1))
    done = msgc("build")
    assert done.stdout.endswith(" unchanged\n")
    assert done.stdout.count("\n") == 1
    assert {path.stat().st_mtime for path in project.rglob("*.py")} == {1}
    assert f"unchanged {STACK}\n" in msgc("build", "--verbose").stdout


def test_check_shows_the_difference_and_writes_nothing(msgc: Msgc, project: Path) -> None:
    msgc("build")
    stack = project / STACK
    stack.write_text(stack.read_text().replace("class ", "klass ", 1))
    (project / "src/shop_messaging/py.typed").unlink()
    before = files(project)
    done = msgc("build", "--check")
    assert done.returncode == 1
    assert f"--- a/{STACK}\n+++ b/{STACK}\n" in done.stdout
    assert "\n-klass " in done.stdout
    assert "\n+class " in done.stdout
    assert f"`{STACK}` differs" in done.stderr
    assert "`src/shop_messaging/py.typed` is missing" in done.stderr
    assert files(project) == before


def test_check_in_json(msgc: Msgc, project: Path) -> None:
    done = msgc("build", "--check", "--format=json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert {d["name"] for d in found["diagnostics"]} == {"output-out-of-date"}
    assert not (project / "infra").exists()


def test_check_takes_crlf_for_lf(msgc: Msgc, project: Path) -> None:
    msgc("build")
    for path in project.rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert msgc("build", "--check").returncode == 0


def test_what_is_stale_goes(msgc: Msgc, project: Path) -> None:
    yaml = project / "messaging.yaml"
    more = GOOD.replace("messages:\n", "messages:\n  Extra: {schema: {type: object}}\n", 1)
    yaml.write_text(more.replace("[OrderPlaced]", "[OrderPlaced, Extra]"))
    msgc("build")
    extra = project / "src/shop_messaging/messages/extra.py"
    assert extra.exists()
    mine = extra.with_name("mine.py")
    mine.write_text("# my own\n")
    yaml.write_text(GOOD)
    assert "is left over" in msgc("build", "--check").stderr
    assert "removed   src/shop_messaging/messages/extra.py\n" in msgc("build").stdout
    assert not extra.exists()
    assert mine.exists()


def test_a_foreign_file_is_refused(msgc: Msgc, project: Path) -> None:
    (project / "infra").mkdir()
    (project / STACK).write_text("# my own stack\n")
    before = files(project)
    done = msgc("build")
    assert done.returncode == 1
    assert "MSG802" in done.stderr
    assert files(project) == before


def test_a_path_that_can_not_be_written(msgc: Msgc, project: Path) -> None:
    (project / "src").write_text("a file where a folder should be\n")
    before = files(project)
    done = msgc("build")
    assert done.returncode == 1
    assert "MSG803" in done.stderr
    assert files(project) == before


def test_an_error_in_one_service_writes_none(msgc: Msgc, tmp_path: Path) -> None:
    for name, text in (("a", GOOD), ("b", "version: 1\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "messaging.yaml").write_text(text)
    before = files(tmp_path)
    assert msgc("build").returncode == 1
    assert files(tmp_path) == before


@pytest.mark.parametrize("example", ["point-to-point", "fan-out", "event-bus", "checkout"])
def test_same_input_same_bytes(msgc: Msgc, tmp_path: Path, example: str) -> None:
    """Two runs, two hash seeds, another working directory, a path with spaces."""
    outputs = []
    for number, (folder, seed) in enumerate((("plain", "0"), ("with spaces/and ü", "4242"))):
        there = tmp_path / folder
        source = ROOT / "examples" / example
        shutil.copytree(
            source, there, ignore=shutil.ignore_patterns("infra", "src", "__pycache__", "cdk.out")
        )
        cwd, argument = (there, ".") if number == 0 else (tmp_path, there)
        done = msgc("build", argument, cwd=cwd, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        outputs.append(files(there))
    assert outputs[0] == outputs[1]
