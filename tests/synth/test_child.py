"""No child is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from msgc.synth.child import run

# A parent that waits for its own child, as an app does for Node.
PROGRAM = """\
import subprocess, sys, pathlib
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
child.wait()
"""


def gone(pid: int, patience: float = 10) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_output_and_code() -> None:
    ended = run([sys.executable, "-c", "print('said'); raise SystemExit(3)"], os.environ, 30)
    assert (ended.code, ended.output) == (3, "said\n")


def test_a_timeout_takes_grandchildren_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    ended = run([sys.executable, "-c", PROGRAM, str(file)], os.environ, 2)
    assert ended.code is None
    assert gone(int(file.read_text()))


def test_ctrl_c_takes_grandchildren_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    runner = (
        "import os, signal, sys; from msgc.synth.child import run;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"  # background jobs have none
        f"run([sys.executable, '-c', {PROGRAM!r}, {str(file)!r}], os.environ, 60)"
    )
    src = str(Path(__file__).parents[2] / "src")
    process = subprocess.Popen(
        [sys.executable, "-c", runner],
        env=os.environ | {"PYTHONPATH": src},
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + 20
    while not (file.exists() and file.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert b"KeyboardInterrupt" in error
    assert gone(int(file.read_text()))
