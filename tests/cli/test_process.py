from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import msgc as package
from msgc.cli import crash, exit_codes, group, main
from tests.cli.conftest import GOOD, Msgc, environment, files


def test_the_version(msgc_from_start: Msgc) -> None:
    done = msgc_from_start("--version")
    assert (done.returncode, done.stdout) == (0, f"msgc {package.__version__}\n")


def test_help_lists_every_command(msgc: Msgc) -> None:
    done = msgc("--help")
    assert done.returncode == 0
    for name in group.COMMANDS:
        assert f"\n  {name} " in done.stdout


BAD = GOOD.replace("queues:", "quues:")


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("build -v", GOOD),
        ("graph", GOOD),
        ("biuld", GOOD),
        ("validate --format=json", BAD),
        ("validate", BAD),
        ("build gone", BAD),
    ],
)
def test_a_fork_does_what_a_process_does(
    msgc: Msgc, msgc_from_start: Msgc, tmp_path: Path, call: str, text: str
) -> None:
    """Else what most tests of commands see would be no user's."""
    seen = []
    for run in (msgc, msgc_from_start):
        folder = tmp_path / "project"
        folder.mkdir()
        (folder / "messaging.yaml").write_text(text)
        done = run(*call.split(), cwd=folder, FORCE_COLOR="1")
        seen.append((done.returncode, done.stdout, done.stderr, files(folder)))
        shutil.rmtree(folder)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", group.COMMANDS)
def test_every_command_has_help(msgc: Msgc, name: str) -> None:
    done = msgc(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: msgc {name} ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "no such command 'biuld'; did you mean `build`?"),
        (["validate", "--formt=json"], "No such option"),
        (["validate", "--format=xml"], "'xml' is not one of"),
        (["explain"], "Missing argument 'NAME'"),
        (["validate"], "there is no messaging.yaml here, below or above"),
    ],
)
def test_wrong_usage(msgc: Msgc, arguments: list[str], words: str) -> None:
    done = msgc(*arguments)
    assert done.returncode == exit_codes.WRONG_USAGE
    assert words in done.stderr
    assert done.stdout == ""


def test_a_bug_makes_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(group, "COMMANDS", ("missing",))  # its module can't be imported
    assert main.run(["missing", "a file.yaml"]) == exit_codes.BUG
    said = capsys.readouterr().err
    assert said.startswith("msgc stopped: this is a bug in msgc")
    assert f"msgc {package.__version__}, Python 3." in said
    assert "command: msgc missing 'a file.yaml'" in said
    assert "ModuleNotFoundError: No module named 'msgc.cli.commands.missing'" in said


def test_a_bug_that_looks_like_a_full_device(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(*_: object, **__: object) -> None:
        raise io.UnsupportedOperation  # an `OSError` without a file

    monkeypatch.setattr(group.cli, "main", command)
    assert main.run(["rules"]) == exit_codes.BUG
    assert "this is a bug in msgc" in capsys.readouterr().err


def test_a_report_has_the_cause() -> None:
    try:
        os.environ["NO_SUCH_VARIABLE"]
    except KeyError as error:
        text = crash.report(error, ["build"])
    assert "KeyError: 'NO_SUCH_VARIABLE'" in text


def interrupt(process: subprocess.Popen[bytes]) -> bytes:
    """Do as a user at a keyboard does; a signal just before the system call is seen after it."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
        assert process.stderr is not None
        return process.stderr.read()
    process.kill()
    pytest.fail("the process goes on")


def test_interrupted(tmp_path: Path) -> None:
    """Reading an input that somebody holds open takes until somebody else is tired of it."""
    (tmp_path / "messaging.yaml").write_text("version: 1\nservice: shop\n")
    # A background job ignores SIGINT, and what it starts would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "msgc", "route", "-", str(tmp_path)],
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        signal.signal(signal.SIGINT, before)
        assert process.stdin is not None
        process.stdin.write(b" " * 1024 * 1024)  # more than a pipe holds: it is being read
        said = interrupt(process)
    assert process.returncode == exit_codes.INTERRUPTED
    assert said.strip() == b"interrupted"


INTERRUPTING = """\
import os, signal, sys, weakref

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPTED_AT"]:
            if os.environ["INTERRUPTED_IN"] == "callback":  # of the interpreter: it goes on
                gone = Finder()
                self.kept = weakref.ref(gone, press)
            else:
                press()

def press(*_):
    os.kill(os.getpid(), signal.SIGINT)
    os.getpid()  # the signal is seen here at the latest

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Finder())
"""
"""A `sitecustomize` that presses Ctrl-C when a module is about to be imported."""


@pytest.mark.skipif(os.name != "posix", reason="a signal to oneself is another matter elsewhere")
@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("msgc.cli.main", []),
        ("msgc.cli.plain", []),
        ("msgc.cli.validating", []),
        ("yaml", []),
        ("click", ["--strict"]),
        ("click.core", ["--strict"]),
        ("msgc.cli.group", ["--strict"]),
        ("msgc.cli.commands.validate", ["--strict"]),
    ],
)
@pytest.mark.parametrize("where", ["import", "callback"])
def test_interrupted_while_it_is_imported(
    tmp_path: Path, module: str, options: list[str], where: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTING)
    (tmp_path / "messaging.yaml").write_text(GOOD)
    path = os.pathsep.join((str(tmp_path), environment()["PYTHONPATH"]))
    done = subprocess.run(
        [sys.executable, "-m", "msgc", "validate", *options],
        cwd=tmp_path,
        env=environment(PYTHONPATH=path, INTERRUPTED_AT=module, INTERRUPTED_IN=where),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (exit_codes.INTERRUPTED, "\ninterrupted\n")


def test_a_reader_that_goes_away() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "msgc", "rules"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a device that is full")
def test_an_output_that_takes_nothing() -> None:
    command = [sys.executable, "-m", "msgc", "rules"]
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device, not a file
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment(), check=False
        )
    said = "the output can't be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (exit_codes.FAILED, said)


@pytest.mark.skipif(os.name != "posix", reason="a shell closes it")
def test_an_output_that_is_closed() -> None:
    command = ["/bin/sh", "-c", 'exec "$0" -m msgc rules >&-', sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (0, "")
