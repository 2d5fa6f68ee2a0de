"""Several services in one picture: a box around each, and the edges between them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from msgc.emit.graph import dot, mermaid
from msgc.pipeline.check import check
from msgc.source import Disk
from msgc.topology.model import Topology
from msgc.workspace import Workspace

FOLDER = Path(__file__).parents[1] / "cases/workspace/circular-deployment"


@pytest.fixture
def drawn(tmp_path: Path) -> list[Topology]:
    shutil.copytree(FOLDER, tmp_path / "repository")
    (tmp_path / "repository" / ".git").mkdir()
    workspace = Workspace(Disk())
    found = []
    for service in ("logistics", "shop"):
        path = str(tmp_path / "repository" / service / "messaging.yaml")
        checked = check(path, workspace).value
        assert checked is not None
        found.append(checked.topology)
    return found


def test_a_place_of_another_service_is_drawn_once(drawn: list[Topology]) -> None:
    picture = mermaid(*drawn)
    assert picture.count("subgraph") == 2
    assert picture.count('"shop-facts"') == 1
    assert '  shop_topic_shop_facts -->|"Paid"| logistics_queue_inbox' in picture


def test_alone_it_is_drawn_where_it_is_imported(drawn: list[Topology]) -> None:
    assert '  topic_shop_facts -->|"Paid"| queue_inbox' in mermaid(drawn[0])
    assert "subgraph" not in mermaid(drawn[0])


def test_graphviz_has_a_cluster_each(drawn: list[Topology]) -> None:
    picture = dot(*drawn)
    assert picture.startswith('digraph "workspace" {')
    assert "subgraph cluster_shop {" in picture
    assert "logistics_topic_logistics_facts -> shop_queue_inbox" in picture
