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
        _pip(python, "install", "--require-hashes", "--requirement", str(locked))
        _pip(python, "install", "--no-deps", str(self.wheel))
        return python

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
        """A copy of an example, so that the checkout stays as it is."""
        target = self.folder / "examples" / name
        if not target.exists():
            ignore = shutil.ignore_patterns("__pycache__", "cdk.out")
            shutil.copytree(ROOT / "examples" / name, target, ignore=ignore)
        return target


@contextmanager
def installed() -> Iterator[Installed]:
    """Build the wheel and install it; everything is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="msgc-benchmarks-") as name:
        result = Installed(Path(name))
        _pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", name, str(ROOT))
        _environment(result.folder / "venv")
        result.add(str(result.wheel))
        yield result


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
