"""A program: stop a build at each of its system calls that write, and build again.

`python killed.py FOLDER HOW` prints a line for each thing that isn't as it should be, then how many
calls there were. HOW is `kill` (the process ends there and then), `interrupt` (Ctrl-C) or `full`
(the call fails as on a full disk).
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgc import output
from msgc.artifact import HASH, Artifact
from msgc.claims import Claim
from msgc.emit.outputs import STACK, STUBS
from msgc.source import Source, Span

CALLS = ("open", "write", "close", "replace", "unlink", "mkdir", "rmdir", "chmod")
AUDITED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
SOURCE = Source("messaging.yaml", "build: {}\n")
CLAIMS = tuple(
    Claim(output=output, path=path, span=Span(SOURCE, 0, 1))
    for output, path in ((STACK, "infra/a"), (STUBS, "src/pkg"))
)
TOP = HASH.begin("shop")

OLD = {
    "src/pkg/same.py": "1\n",
    "src/pkg/changed.py": "1\n",
    "src/pkg/gone.py": "1\n",
    "src/pkg/old/a.py": "1\n",
    "src/pkg/old/deep/b.py": "1\n",
    "src/pkg/mixed/gone.py": "1\n",
}
NEW = {
    "infra/a/__init__.py": "2\n",
    "src/pkg/same.py": "1\n",
    "src/pkg/changed.py": "2\n",
    "src/pkg/created.py": "2\n",
    "src/pkg/new/a.py": "2\n",
    "src/pkg/new/deep/b.py": "2\n",
}
OWN = {
    "src/pkg/mine.py": "# my own\n",
    "src/pkg/mixed/mine.py": "# my own\n",
    "src/pkg/.mine.py.0123456789abcdef.msgc-tmp": "my own, whatever its name is\n",
    "src/pkg/.empty/keep": "",
}
MODULE = "infra/a.py"
"""What was generated where a package is now."""
BYTECODE = (
    "infra/__pycache__/a.cpython-311.pyc",
    "src/pkg/__pycache__/gone.cpython-311.pyc",
    "src/pkg/old/__pycache__/a.cpython-311.pyc",
)


def main(folder: Path, how: str) -> None:
    """Go through all calls."""
    before, after = folder / "before", folder / "after"
    make_old(before)
    shutil.copytree(before, after)
    calls = watched_build(after)
    for number in range(calls):
        here = folder / "here"
        shutil.copytree(before, here)
        child = os.fork()
        if not child:
            stop_at(number, how)
            try:
                plan = planned(here, NEW)
                os._exit(1 if output.apply(plan) else 0)
            except KeyboardInterrupt:
                os._exit(1)
        failed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if how == "kill" and failed != -signal.SIGKILL:
            say(f"{number}: it wasn't killed: {failed}")
        if how != "kill" and tree(here) != tree(before) and visible(here) != tree(after):
            say(f"{number}: neither as before nor as after: {sorted(tree(here))}")
        if output.apply(planned(here, NEW)):
            say(f"{number}: the next build fails")
        if everything(here) != everything(after):
            say(f"{number}: the next build leaves {sorted(everything(here))}")
        shutil.rmtree(here)
    say(calls)


def say(what: object) -> None:
    """Print a line."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()  # or a child prints it again


def make_old(folder: Path) -> None:
    """Make what an older messaging.yaml was built to, with files of the user's own in it."""
    folder.mkdir()
    assert not output.apply(planned(folder, OLD))
    for name, text in {**OWN, MODULE: f"{TOP}\n"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    for name in BYTECODE:
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(b"bytecode")


def planned(folder: Path, files: dict[str, str]) -> output.Plan:
    """Plan a build; it has no findings."""
    artifacts = [Artifact(path=path, text=f"{TOP}\n{text}") for path, text in files.items()]
    plan = output.plan(artifacts, CLAIMS, str(folder), service="shop").value
    assert plan is not None
    return plan


def everything(folder: Path) -> dict[str, bytes | None]:
    """Return all files with their bytes, and all folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything but bytecode, which Python makes again."""
    found = everything(folder)
    return {name: content for name, content in found.items() if "__pycache__" not in name}


def visible(folder: Path) -> dict[str, bytes | None]:
    """Return what there is but for files that are being deleted."""
    return {
        name: content
        for name, content in tree(folder).items()
        if not re.search(r"\.msgc-tmp(/|$)", name) or name in OWN
    }


def watched_build(folder: Path) -> int:
    """Build; return how many calls were wrapped, having seen that no other wrote anything."""
    audited = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal audited
        writes = event in AUDITED and (event != "open" or (arguments[2] or 0) & WRITING)
        audited += bool(writes) or event.startswith(("shutil.", "os.link", "os.symlink"))

    plan = planned(folder, NEW)
    counts = dict.fromkeys(CALLS, 0)
    real = {name: getattr(os, name) for name in CALLS}
    wrap(lambda name, _, __: counts.update({name: counts[name] + 1}))
    sys.addaudithook(hook)
    assert not output.apply(plan)
    seen = audited
    for name, call in real.items():
        setattr(os, name, call)
    wrapped = sum(counts.values())
    if seen != wrapped - counts["write"] - counts["close"]:
        say(f"{seen} calls that write were seen, and {counts} wrapped")
    return wrapped


def stop_at(number: int, how: str) -> None:
    """End the process, or fail, at a call."""
    count = 0

    def stop(name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        nonlocal count
        count += 1
        if count - 1 != number:
            return
        if name == "write":  # half of it was written
            call(arguments[0], arguments[1][: len(arguments[1]) // 2])
        if name == "close":
            call(*arguments)
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "interrupt":
            raise KeyboardInterrupt
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    wrap(stop)


def wrap(before: Callable[[str, Callable[..., Any], tuple[Any, ...]], None]) -> None:
    """Have `before` called ahead of each call that may change the disk."""
    opened: set[int] = set()

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def call_it(*arguments: Any, **more: Any) -> Any:
            writes = name not in ("open", "close")
            writes |= name == "open" and bool(arguments[1] & WRITING)
            writes |= name == "close" and arguments[0] in opened
            if writes:
                opened.discard(arguments[0])
                before(name, call, arguments)
            result = call(*arguments, **more)
            if writes and name == "open":
                opened.add(result)
            return result

        return call_it

    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
