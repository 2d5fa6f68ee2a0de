"""Ask git what the last commit says of a file, without changing or fetching anything."""

from __future__ import annotations

import os
import subprocess

_SECONDS = 10
_ABSENT = (b"invalid object name 'HEAD'", b" in 'HEAD'")
"""What git says where there is no commit yet, or no such file in it."""


def committed(path: str) -> bytes | None:
    """Return a file as the last commit has it, nothing if it has none; None: git can't tell.

    In a merge it can't: what the other side has is in no commit of this one yet.
    """
    folder, name = os.path.split(path)
    merging = _git(folder, "rev-parse", "--quiet", "--verify", "MERGE_HEAD")
    if merging is None or merging.returncode == 0:
        return None
    done = _git(folder, "cat-file", "blob", f"HEAD:./{name}")
    if done is None or done.returncode == 0:
        return None if done is None else done.stdout
    return b"" if any(said in done.stderr for said in _ABSENT) else None


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    """Run git in a folder, without changing or fetching anything; None if it can't be run."""
    environment = os.environ | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603  # git, with a path that was found
            ("git", "-c", "protocol.allow=never", *arguments),  # noqa: S607  # the user's own
            cwd=folder or ".",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
