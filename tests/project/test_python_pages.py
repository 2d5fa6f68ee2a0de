"""What the pages about the generated package show is run, as it stands, in examples/checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.compile(r"^(?:```|<!-- )python\n(.*?)^(?:```|-->)$", re.DOTALL | re.MULTILINE)
PAGES = ["testing", "publishing", "handling", "errors", "idempotency", "tracing", "coming-from"]


def blocks_of(page: str) -> list[str]:
    """The Python of a page, in its order; a comment `<!-- python` is run as well, and not shown."""
    text = (ROOT / "docs" / f"{page}.md").read_text()
    found = BLOCKS.findall(text)
    assert len(found) == len(re.findall(r"^(?:```|<!-- )python$", text, re.MULTILINE))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_a_program(page: str, tmp_path: Path) -> None:
    """All blocks are one module, which pytest imports and whose tests it runs."""
    project = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("__pycache__", "cdk.out", "tests")
    shutil.copytree(ROOT / "examples" / "checkout", project, ignore=ignored)
    module = project / "tests" / f"test_{page.replace('-', '_')}.py"
    module.parent.mkdir()
    blocks = blocks_of(page)
    ran = "\n\ndef test_all_of_it_ran():\n    pass\n"
    module.write_text("".join(f"{block}\n" for block in blocks) + ran)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": ""},
        check=False,
        capture_output=True,
        text=True,
    )
    tests = sum(len(re.findall(r"^def test_", block, re.MULTILINE)) for block in blocks)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert f"{tests + 1} passed" in done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_found_from_the_readme(page: str) -> None:
    assert f"(docs/{page}.md)" in (ROOT / "README.md").read_text()
