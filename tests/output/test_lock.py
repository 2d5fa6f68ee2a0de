from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from msgc import output


def locked_by(folder: Path, seconds: float) -> list[str]:
    """Lock a folder for a moment; return what had to be waited for."""
    waited: list[str] = []
    with output.locked([str(folder)], waiting=waited.append, seconds=seconds):
        pass
    return waited


def test_a_free_folder(tmp_path: Path) -> None:
    assert locked_by(tmp_path, 0) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_held(tmp_path: Path) -> None:
    """Under whatever name: a link to it is the same folder."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with (
        output.locked([str(tmp_path / "real")], waiting=print),
        pytest.raises(output.BusyError, match="real"),
    ):
        locked_by(tmp_path / "link", 0)
    assert locked_by(tmp_path / "link", 0) == []


def test_the_same_folder_twice(tmp_path: Path) -> None:
    with output.locked([str(tmp_path), f"{tmp_path}/."], waiting=print, seconds=0):
        pass


def test_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), output.locked([str(tmp_path)], waiting=print):
        raise ZeroDivisionError
    assert locked_by(tmp_path, 0) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert locked_by(tmp_path / "none", 0) == []


HOLD = """
import sys, time
from msgc import output
with output.locked(sys.argv[1:], waiting=print):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(output.BusyError):
            locked_by(tmp_path, 0)
        process.send_signal(signal.SIGKILL)
        assert locked_by(tmp_path, 60) in ([], [str(tmp_path)])


def test_waiting_is_said_once(tmp_path: Path) -> None:
    waited: list[str] = []
    with output.locked([str(tmp_path)], waiting=print):
        start = time.monotonic()
        with (
            pytest.raises(output.BusyError),
            output.locked([str(tmp_path)], waiting=waited.append, seconds=0.2),
        ):
            pass
    assert time.monotonic() - start >= 0.2
    assert waited == [str(tmp_path)]
