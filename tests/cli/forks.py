"""Runs `msgc` in processes that are forked from one that has imported it already.

Starting Python and importing everything is nine tenths of a short command. A fork has its own
arguments, variables, folder, descriptors and exit code, as any process, and ends as any other does.
What Python reads when it starts can't be given to a fork; see `Forks.run`.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn

NOT_MSGC = ("msgc.kit", "msgc.synth.runner")
"""What msgc copies or hands to another Python, and doesn't import: it needs aws_cdk."""

Done = subprocess.CompletedProcess[str]


def run(arguments: Sequence[str], cwd: Path, variables: Mapping[str, str]) -> Done:
    """Run `msgc` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "msgc", *arguments],
        cwd=cwd,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


class Forks:
    """A process that forks one for each command."""

    def __init__(self, scratch: Path, variables: Mapping[str, str]) -> None:
        self._scratch = scratch
        self._variables = variables
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, arguments: Sequence[str], cwd: Path, variables: Mapping[str, str]) -> Done:
        """Run `msgc` in a fork, or from the start with variables that Python reads then."""
        if _read_at_start(variables) != _read_at_start(self._variables):
            return run(arguments, cwd, variables)
        out, err = (str(self._scratch / name) for name in ("stdout", "stderr"))
        request = {
            "arguments": list(arguments),
            "cwd": os.fspath(cwd),
            "variables": dict(variables),
            "out": out,
            "err": err,
        }
        print(json.dumps(request), file=_pipe(self._server.stdin), flush=True)
        code = int(_pipe(self._server.stdout).readline())
        printed = (Path(file).read_bytes().decode() for file in (out, err))
        stdout, stderr = (text.replace("\r\n", "\n").replace("\r", "\n") for text in printed)
        return Done(["msgc", *arguments], code, stdout, stderr)

    def end(self) -> None:
        """End the process."""
        self._server.communicate()
        assert self._server.returncode == 0


def _read_at_start(variables: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in variables.items()
        if name.startswith(("PYTHON", "LC_")) or name in {"LANG", "LANGUAGE"}
    }


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def serve() -> None:
    """Import msgc, and fork for each request until there are no more."""
    import msgc

    for module in pkgutil.walk_packages(msgc.__path__, "msgc."):
        if not module.name.startswith(NOT_MSGC):
            import_module(module.name)
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            command(**json.loads(line))
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def command(**request: Any) -> NoReturn:
    """Become the process that a request asks for, and end it."""
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for descriptor, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, request["out"], writing),
        (2, request["err"], writing),
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # a descriptor, until the end
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(request["variables"])
    os.chdir(request["cwd"])
    sys.path[0] = request["cwd"]  # as `-m` does
    from msgc import __main__ as program

    sys.argv = [str(program.__file__), *request["arguments"]]
    try:
        program.main()
    finally:  # it ends the process, else this is no fork of what a user has
        traceback.print_exc()
        os._exit(70)


if __name__ == "__main__":
    serve()
