from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from msgc import output
from tests.cli.conftest import GOOD, ROOT, Msgc, environment, files

STACK = "infra/shop_messaging_stack/__init__.py"


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
    inventory = project / "messaging.inventory"  # nobody else has heard of the message
    inventory.write_text(re.sub(".*Extra.*\n", "", inventory.read_text()))
    assert "is left over" in msgc("build", "--check").stderr
    assert "removed   src/shop_messaging/messages/extra.py\n" in msgc("build").stdout
    assert not extra.exists()
    assert mine.exists()


def test_the_module_that_the_stack_was_once_goes(msgc: Msgc, project: Path) -> None:
    """Beside a package of its name, Python would never import it."""
    msgc("build")
    stack = project / STACK
    module = stack.parent.with_suffix(".py")
    stack.rename(module)
    shutil.rmtree(stack.parent)
    assert "--- a/infra/shop_messaging_stack.py\n+++ /dev/null" in msgc("build", "--check").stdout
    printed = msgc("build").stdout.splitlines()
    assert printed[0] == f"created   {STACK}"
    assert "removed   infra/shop_messaging_stack.py" in printed
    assert not module.exists()
    module.write_text("# my own\n")
    assert "MSG804" in msgc("build").stderr
    assert module.read_text() == "# my own\n"


def test_a_foreign_file_is_refused(msgc: Msgc, project: Path) -> None:
    (project / STACK).parent.mkdir(parents=True)
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


@pytest.mark.parametrize(
    "example", ["point-to-point", "fan-out", "event-bus", "schedules-and-pipes", "checkout"]
)
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


def test_a_second_build_waits_for_the_first(msgc: Msgc, project: Path) -> None:
    started = [sys.executable, "-m", "msgc", "build"]
    with ExitStack() as stack:
        lock = stack.enter_context(ExitStack())
        lock.enter_context(output.locked([str(project)], waiting=print))
        process = stack.enter_context(
            subprocess.Popen(
                started, cwd=project, env=environment(), stderr=subprocess.PIPE, text=True
            )
        )
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said == f"waiting for another msgc build of {os.path.realpath(project)} to end\n"
        assert sorted(files(project)) == ["messaging.yaml"]
        lock.close()
    assert process.returncode == 0
    assert msgc("build", "--check").returncode == 0


def test_many_builds_at_once(msgc: Msgc, project: Path) -> None:
    started = [sys.executable, "-m", "msgc", "build"]
    processes = [
        subprocess.Popen(started, cwd=project, env=environment(), stderr=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [process.wait() for process in processes] == [0] * 4
    assert msgc("build", "--check").returncode == 0
    assert not [name for name in files(project) if "msgc-tmp" in name]


def test_two_services_with_one_output(msgc: Msgc, tmp_path: Path) -> None:
    for name in ("shop", "depot"):
        text = GOOD.replace("service: shop", f"service: {name}\nbuild: {{stubs: src/messaging}}")
        (tmp_path / f"{name}.yaml").write_text(text)
    together = msgc("build", "shop.yaml", "depot.yaml")
    assert together.returncode == 1
    assert "`src/messaging` is where `depot.yaml` has its output" in together.stderr or (
        "`src/messaging` is where `shop.yaml` has its output" in together.stderr
    )
    assert sorted(files(tmp_path)) == ["depot.yaml", "shop.yaml"]
    assert msgc("build", "shop.yaml").returncode == 0
    before = files(tmp_path)
    after_it = msgc("build", "depot.yaml")
    assert after_it.returncode == 1
    assert "was generated for the service `shop`" in after_it.stderr
    assert files(tmp_path) == before


def test_a_folder_with_spaces_and_linked_outputs(msgc: Msgc, tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    (folder / "elsewhere").mkdir(parents=True)
    (folder / "src").symlink_to("elsewhere")
    (folder / "messaging.yaml").write_text(GOOD)
    assert msgc("build", folder).returncode == 0
    assert (folder / "elsewhere/shop_messaging/__init__.py").exists()
    assert msgc("build", "--check", folder).returncode == 0


KILLED_AT = """
import os, signal, sys
left = int(sys.argv.pop(1))
real = os.replace
def replace(*arguments):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments)
os.replace = replace
from msgc.cli.main import main
main()
"""


@pytest.mark.parametrize("renames", [0, 1, 2, 3])
def test_a_build_after_one_that_was_killed(msgc: Msgc, project: Path, renames: int) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(renames), "build"],
        cwd=project, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    assert killed.returncode in ({-signal.SIGKILL} if renames < 3 else {0})
    assert any("msgc-tmp" in name for name in files(project)) == (renames < 3)
    assert msgc("build").returncode == 0
    assert not [name for name in files(project) if "msgc-tmp" in name]
    assert msgc("build", "--check").returncode == 0


def test_several_services_are_summed_up(msgc: Msgc, tmp_path: Path) -> None:
    """What they share is counted once, and what doesn't change isn't listed."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        text = GOOD.replace("service: shop", f"service: {name}\nbuild: {{kit: ../libs/acme_kit}}")
        (tmp_path / name / "messaging.yaml").write_text(text)
    (tmp_path / ".git").mkdir()
    first = msgc("build").stdout.splitlines()
    assert first[-1] == f"2 services, {len(first) - 1} files: {len(first) - 1} created"
    again = msgc("build").stdout.splitlines()
    assert again == [f"2 services, {len(first) - 1} files: {len(first) - 1} unchanged"]
