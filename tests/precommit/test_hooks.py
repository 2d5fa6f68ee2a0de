"""The hooks, with the real pre-commit, on a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.built import build_example

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MIT-0",
           ".pre-commit-hooks.yaml", "src", "schemas")  # fmt: skip

CONFIG = """\
repos:
  - repo: {hooks}
    rev: v0
    hooks:
      - id: msgc-validate
      - id: msgc-build-check
"""


class Repository:
    """A git repository that has the hooks installed."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "PRE_COMMIT_HOME": str(home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.com",
        }
        self.environment.pop("PYTHONPATH", None)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )

    def git(self, *arguments: str) -> None:
        self.run("git", *arguments).check_returncode()

    def commit(self) -> tuple[int, str]:
        """Commit everything; return git's exit code and what the hooks said."""
        self.git("add", "--all")
        done = self.run("git", "commit", "--message", "change")
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository that pre-commit can install from."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    repository = Repository(folder, folder)
    repository.git("init", "--quiet")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "hooks")
    repository.git("tag", "v0")
    return folder


def test_the_hooks_of_a_whole_life(hooks: Path, tmp_path: Path) -> None:
    """One test, since installing the hooks takes most of its time."""
    folder = tmp_path / "team"
    build_example("point-to-point", folder / "services/shop")
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(hooks=hooks))
    repository = Repository(folder, tmp_path / "cache")
    pre_commit = str(Path(sys.executable).with_name("pre-commit"))
    repository.git("init", "--quiet")
    installed = repository.run(pre_commit, "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout + installed.stderr

    # What is committed in the example is up to date.
    status, said = repository.commit()
    assert status == 0, said
    assert said.count("Passed") == 2

    # A change in YAML without a build is stopped by the second hook, and shown as a diff.
    topology = folder / "services/shop/messaging.yaml"
    text = topology.read_text()
    assert "Sends receipts" in text
    topology.write_text(text.replace("Sends receipts", "Sends all receipts"))
    status, said = repository.commit()
    assert status == 1
    assert "output-out-of-date" in said
    assert "+++ b/" in said

    # A broken file is stopped by the first one, with its place.
    topology.write_text(text + "queus: {}\n")
    status, said = repository.commit()
    assert status == 1
    assert f"services/shop/messaging.yaml:{text.count(chr(10)) + 1}:1" in said

    # So is a hand edit of a generated file, though no YAML changed.
    topology.write_text(text)
    stack = next((folder / "services/shop/infra").glob("*_messaging_stack/__init__.py"))
    generated = stack.read_text()
    stack.write_text(generated + "# by hand\n")
    status, said = repository.commit()
    assert status == 1
    assert "-# by hand" in said

    # Files that have nothing to do with it run neither hook.
    stack.write_text(generated)
    (folder / "notes.md").write_text("# Notes\n")
    status, said = repository.commit()
    assert status == 0, said
    assert said.count("Skipped") == 2
