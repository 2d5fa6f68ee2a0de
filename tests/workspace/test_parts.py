"""A file in parts means what it means in one piece."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.source import Disk

ROOT = Path(__file__).parents[2]
SECTIONS = ("queues", "topics", "buses", "subscriptions", "consumers", "producers", "tests")


def artifacts(path: Path) -> dict[str, str]:
    outcome = check(str(path), Disk())
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.value is not None
    return {a.path: a.text for a in emit(outcome.value.topology, outcome.value.links)}


@pytest.mark.parametrize("example", ["checkout", "event-bus", "fan-out"])
def test_it_compiles_to_the_same(example: str, tmp_path: Path) -> None:
    folder = tmp_path / example
    ignored = shutil.ignore_patterns("infra", "src")
    shutil.copytree(ROOT / "examples" / example, folder, ignore=ignored)
    whole = artifacts(folder / "messaging.yaml")
    (folder / "parts").mkdir()
    kept = []
    for chunk in re.split(
        r"^(?=[a-z])", (folder / "messaging.yaml").read_text(), flags=re.MULTILINE
    ):
        section = chunk.partition(":")[0]
        if section in SECTIONS:
            (folder / "parts" / f"{section}.yaml").write_text(chunk)
        else:
            kept.append(chunk)
    (folder / "messaging.yaml").write_text("".join([*kept, "include: [parts/*.yaml]\n"]))
    assert artifacts(folder / "messaging.yaml") == whole


def test_a_mistake_in_a_part_hides_nothing_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "messaging.yaml").write_text(
        "version: 1\nservice: shop\ninclude: [parts/*.yaml]\n"
        "messages: {A: {schema: {type: object}}}\n"
        "topics: {facts: {messages: [A]}}\n"
        "producers: {web: {publishes: [{topic: facts}]}}\n"
    )
    (tmp_path / "parts/queues.yaml").write_text(
        "queues:\n  inbox: {external: true, delay: 10}\n  more: {external: true}\n"
    )
    (tmp_path / "parts/edges.yaml").write_text(
        "subscriptions:\n"
        "  one: {from: {topic: facts}, to: {queue: inbox}}\n"
        "  two: {from: {topic: facts}, to: {queue: mroe}}\n"
        "consumers:\n  c: {from: {topic: facts}, function: {code: nowhere}}\n"
    )
    path = str(tmp_path / "messaging.yaml")
    found = check(path, Disk(), check_project=check_project).diagnostics
    told = [(Path(d.span.source.path).name, d.code.name) for d in found if d.is_error]
    assert told == [
        ("edges.yaml", "unknown-name"),
        ("edges.yaml", "missing-code-folder"),
        ("queues.yaml", "bad-duration"),
    ]
