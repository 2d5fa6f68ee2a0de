from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "index" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_installing_msgc_brings_three_packages() -> None:
    dependencies = project()["project"]["dependencies"]
    assert sorted(re.split(r"[<>=~]", d)[0] for d in dependencies) == [
        "click",
        "jsonschema",
        "pyyaml",
    ]


@pytest.mark.parametrize(("lock", "group"), [("dev", "dev"), ("test", "test"), ("run", "build")])
def test_a_lock_has_what_its_group_asks_for(lock: str, group: str) -> None:
    groups = project()["dependency-groups"]

    def wanted(name: str) -> set[str]:
        found: set[str] = set()
        for entry in groups[name]:
            if isinstance(entry, dict):
                found |= wanted(entry["include-group"])
            else:
                found.add(re.split(r"[<>=~\[]", entry)[0])
        return found

    assert wanted(group) <= names(ROOT / "requirements" / f"{lock}.txt")
