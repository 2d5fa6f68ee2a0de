"""Ask git what the last commit says of a file, without changing or fetching anything."""

from __future__ import annotations

import os
import subprocess

_SECONDS = 10
_ABSENT = (b"invalid object name 'HEAD'", b" in 'HEAD'")
"""What git says where there is no commit yet, or no such file in it."""


def committed(path: str) -> bytes | None:
    """Return a file as the last commit has it, nothing if it has none; None: git can't tell."""
    folder, name = os.path.split(path)
    command = ("git", "-c", "protocol.allow=never", "cat-file", "blob", f"HEAD:./{name}")
    environment = os.environ | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # git, with a path that was found
            command,
            cwd=folder or ".",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if done.returncode == 0:
        return done.stdout
    return b"" if any(said in done.stderr for said in _ABSENT) else None
