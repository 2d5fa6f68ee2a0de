from __future__ import annotations

import json
from pathlib import Path

import pytest

from msgc.cli.start import service_name
from tests.cli.conftest import Msgc, files


def test_what_init_writes_builds(msgc: Msgc, tmp_path: Path) -> None:
    done = msgc("init", "my shop")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "my shop"
    assert set(files(folder)) == {
        ".gitattributes",
        ".pre-commit-config.yaml",
        "messaging.schema.json",
        "messaging.yaml",
    }
    text = (folder / "messaging.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=messaging.schema.json\n")
    assert "service: my-shop\n" in text
    build = msgc("build", "--strict", folder)
    assert (build.returncode, build.stderr) == (0, "")
    assert (folder / "src/my_shop_messaging/__init__.py").is_file()


def test_the_schema_is_the_one_that_msgc_prints(msgc: Msgc, tmp_path: Path) -> None:
    msgc("init")
    printed = msgc("schema").stdout
    assert (tmp_path / "messaging.schema.json").read_text() == printed
    assert json.loads(printed)["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("name", ["messaging.yaml", "messaging.schema.json"])
def test_init_overwrites_nothing(msgc: Msgc, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    done = msgc("init")
    assert done.returncode == 1
    assert f"{name} exists already; nothing was written" in done.stderr
    assert files(tmp_path) == {name: b"mine"}


def test_init_leaves_settings_alone_and_says_what_to_add(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    done = msgc("init")
    assert done.returncode == 0
    assert ".pre-commit-config.yaml exists already; add to it:" in done.stdout
    assert "id: msgc-validate" in done.stdout
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Shop", "shop"), ("My Shop_2", "my-shop-2"), ("2nd", "my-2nd"), ("--", "service")],
)
def test_the_name_of_the_service(text: str, name: str) -> None:
    assert service_name(text) == name
