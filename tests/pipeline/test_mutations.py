"""Files that went wrong by accident: findings or code that compiles, and never an exception."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.source import Disk
from tests.files import Memory, dumped

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    (*ROOT.glob("examples/*/messaging.yaml"), *ROOT.glob("tests/cases/ok/*/messaging.yaml"))
)
VALUES: tuple[Any, ...] = (
    "", None, [], {}, "x", "10s", "-1", "true", ["a"], {"a": "b"}, "999999999999d", "any",
    "provided", "OrderPlaced", "default", [[]], [{}], {"queue": "x"}, {"topic": "orders"},
    {"bus": "default"}, "é", "0", "1.5",
)  # fmt: skip
WORDS = (
    "fifo", "filter", "raw", "name", "messages", "x", "from", "to", "pattern", "retry",
    "dead_letter", "group_by", "publishes",
)  # fmt: skip

Path_ = tuple[str | int, ...]


def places(node: Any, path: Path_ = ()) -> list[Path_]:
    """Every place in a document but the top."""
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node if isinstance(node, list) else ())
    )
    return [p for key, value in inner for p in ((*path, key), *places(value, (*path, key)))]


def at(node: Any, path: Path_) -> Any:
    for step in path:
        node = node[step]
    return node


def mutated(document: Any, chance: random.Random) -> Any:
    """A copy with something left out, replaced, copied to another place, or added."""
    document = copy.deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        every = places(document)
        *outer, last = chance.choice(every)
        parent = at(document, tuple(outer))
        match chance.randrange(4):
            case 0:
                del parent[last]
            case 1:
                parent[last] = copy.deepcopy(chance.choice(VALUES))
            case 2:
                parent[last] = copy.deepcopy(at(document, chance.choice(every)))
            case _ if isinstance(parent, dict):
                parent[chance.choice(WORDS)] = copy.deepcopy(chance.choice(VALUES))
    return document


@pytest.mark.once
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.parent.name)
def test_mutations(file: Path) -> None:
    document = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # text only
    for seed in range(60):
        chance = random.Random(f"{file.parent.name} {seed}")  # the same every time
        text = dumped(mutated(document, chance))
        text = text.replace("'", "") if chance.random() < 0.7 else text
        outcome = check(str(file), Memory({str(file): text}, Disk()))
        assert "MSG901" not in {d.code.id for d in outcome.diagnostics}, text
        if outcome.value is None or not outcome.ok:
            assert outcome.diagnostics, text
            continue
        for artifact in emit(outcome.value.variants):
            if artifact.path.endswith(".py") and "/_runtime/" not in artifact.path:
                compile(artifact.text, artifact.path, "exec")
