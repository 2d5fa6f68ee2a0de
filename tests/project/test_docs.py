"""The docs say what is: the reference is fresh, and the examples in console blocks are run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.compile(r"^<!-- (\$ [^\n]*) -->$|^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr + "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_examples(page: Path, tmp_path: Path) -> None:
    """Every console block of a page, one after the other, in a copy of the examples.

    A comment `<!-- $ command -->` is run as well, and not shown to readers.
    """
    for name in ("examples", "schemas"):
        ignored = shutil.ignore_patterns("__pycache__", "cdk.out")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    msgc = scripts / "msgc"
    msgc.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m msgc "$@"\n')
    msgc.chmod(0o755)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
    }
    folder = tmp_path
    for hidden, block in BLOCKS.findall(page.read_text()):
        for entry in re.split(r"^\$ ", hidden or block, flags=re.MULTILINE)[1:]:
            command, _, expected = entry.partition("\n")
            if command.startswith("cd "):
                folder = folder / command.removeprefix("cd ")
                continue
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=folder,
                env=environment,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert matches(done.stdout, expected), f"$ {command}\n{done.stdout}"


def matches(printed: str, expected: str) -> bool:
    """Whether output is as the page says; a line `...` stands for any number of lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n"
        for line in expected.rstrip("\n").splitlines()
    )
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n" if printed else "") is not None
