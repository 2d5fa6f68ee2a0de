"""What a page tells its reader to do, and a shell in which to do it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import NamedTuple, Self

_PIECE = re.compile(
    r"^<!-- (?P<comment>.*?) -->$|^```(?P<language>\S+)\n(?P<block>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_FILE = re.compile(r"`([^`\s]+\.\w+)`[^`]*:\s*\Z")
_MARK = "--- that was "
_LONGEST = 900
"""Seconds that a line may take."""


class Command(NamedTuple):
    """A line for the shell, and what it should lead to."""

    line: str
    output: str | None = None
    """As on the page; None: nothing is said about it."""
    until: str | None = None
    """What it says when it fails, as it must here: where AWS credentials are needed, say."""


class Content(NamedTuple):
    """A file that the reader writes, or replaces."""

    path: str
    text: str


def steps(page: str, *, files: bool = True) -> list[Command | Content]:
    """Return what a page tells to do, in its order; without `files`, its commands alone.

    Commands stand in `console` blocks, after `$ `, with what they print, and in `sh` blocks, one a
    line. Any other block is a file; the sentence before it ends in the file's name and a colon.
    Readers don't see comments: `<!-- $ command -->` is run as well, `<!-- until: text -->` lets the
    next command fail with that text, and `<!-- not followed: reason -->` leaves the next block out.
    """
    found: list[Command | Content] = []
    until: str | None = None
    followed = True
    end = 0
    for piece in _PIECE.finditer(page):
        comment, language = piece["comment"], piece["language"]
        if comment is not None:
            if comment.startswith("$ "):
                found.append(Command(comment.removeprefix("$ "), until=until))
                until = None
            elif comment.startswith("until: "):
                until = comment.removeprefix("until: ")
            elif comment.startswith("not followed: "):
                followed = False
            end = piece.end()
            continue
        before = re.sub(r"<!-- .*? -->\n?", "", page[end : piece.start()])
        if not followed:
            followed = True
        elif language in {"console", "sh"}:
            commands = _commands(language, piece["block"])
            found += [command._replace(until=until) for command in commands]
            until = None
        elif files:
            named = _FILE.search(before)
            if named is None:
                message = f"no file is named before this block of {language}:\n{piece['block']}"
                raise AssertionError(message)
            found.append(Content(named[1], piece["block"]))
        end = piece.end()
    return found


def _commands(language: str, block: str) -> list[Command]:
    if language == "sh":
        lines = [line.partition("  #")[0].rstrip() for line in block.splitlines()]
        return [Command(line) for line in lines if line and not line.startswith("#")]
    entries = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [Command(line, output) for line, _, output in (e.partition("\n") for e in entries)]


def matches(printed: str, expected: str) -> bool:
    """Whether output is as a page says.

    A line `...` stands for any number of lines, `...` at the end of one for the rest of it.
    """
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.sub(r"\\.\\.\\.\Z", ".*", re.escape(line)) + r"\n"
        for line in expected.rstrip("\n").splitlines()
    )
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n" if printed else "") is not None


class Shell:
    """One shell for a whole page: what `cd` and `activate` do lasts."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["/bin/sh"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate("exit\n", timeout=60)

    def follow(self, step: Command | Content) -> None:
        """Do as the page says, and see whether what it says is so."""
        if isinstance(step, Content):
            path = Path(self.run("pwd")[1].strip()) / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, "utf-8")
            return
        status, printed = self.run(step.line)
        said = f"$ {step.line}\n{printed}"
        if step.until is not None:
            assert status != 0, said
            assert step.until in printed, said
        elif step.output is None:
            assert status == 0, said
        else:
            assert matches(printed, step.output), said
            assert status == 0 or "error" in step.output, said

    def run(self, line: str) -> tuple[int, str]:
        """Run a line in this very shell; return its exit code and all that it printed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{{ {line}\n}} </dev/null 2>&1\necho '{_MARK}'$?\n")
        self._process.stdin.flush()
        printed = ""
        limit = Timer(_LONGEST, os.killpg, (self._process.pid, signal.SIGKILL))
        limit.start()
        try:
            for text in self._process.stdout:
                before, mark, status = text.partition(_MARK)
                printed += before
                if mark:
                    return int(status), printed
        finally:
            limit.cancel()
        message = f"the shell ended, or was ended after {_LONGEST} s: {line}\n{printed}"
        raise AssertionError(message)
