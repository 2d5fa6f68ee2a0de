"""A file in parts means what it means in one piece."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from msgc import matching
from msgc.emit.emitters import emit
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.source import Disk
from msgc.syntax import Budget
from msgc.workspace import parts

ROOT = Path(__file__).parents[2]
SECTIONS = ("queues", "topics", "buses", "subscriptions", "consumers", "producers", "tests")


def artifacts(path: Path) -> dict[str, str]:
    outcome = check(str(path), Disk())
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.value is not None
    return {a.path: a.text for a in emit(outcome.value.variants)}


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


HEAD = "version: 1\nservice: shop\nmessages: {A: {schema: {type: object}}}\n"
LONG = "n" * 76
WORKER = "arn:aws:lambda:eu-west-1:111122223333:function:worker"
FUNCTION = f'function: {{arn: "{WORKER}", timeout: 30s}}'


def told(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    for name, text in files.items():
        (folder / name).write_text(text)
    found = check(str(folder / "messaging.yaml"), Disk()).diagnostics
    return sorted((Path(d.span.source.path).name, d.code.name) for d in found)


@pytest.mark.parametrize(
    ("defaults", "declared"),
    [
        (
            "consumers: {concurrency: {max: 5}, batch: {size: 5}, stubs: false}",
            f"consumers:\n  c: {{from: {{stream: {{table: {{provided: true}}}}}}, {FUNCTION}}}\n",
        ),
        (
            "consumers: {concurrency: {max: 5}, batch: {size: 5}}",
            (
                "topics: {facts: {messages: [A], external: publish}}\n"
                f"consumers:\n  c: {{from: {{topic: facts}}, {FUNCTION}}}\n"
            ),
        ),
        (
            "consumers: {buffered: {retention: 1d}}",
            (
                "queues: {jobs: {messages: [A], external: publish}}\n"
                f"consumers:\n  c: {{from: {{queue: jobs}}, {FUNCTION}}}\n"
            ),
        ),
        (
            "queues: {retention: 14d, delay: 10s}",
            (
                'queues:\n  jobs: {import: {arn: "arn:aws:sqs:eu-west-1:111122223333:jobs"}}\n'
                "producers: {web: {publishes: [{queue: jobs}]}}\n"
            ),
        ),
    ],
)
def test_defaults_are_never_taken_for_what_a_part_says(
    defaults: str, declared: str, tmp_path: Path
) -> None:
    head = f"{HEAD}defaults: {{{defaults}}}\n"
    whole = told(tmp_path, {"messaging.yaml": head + declared})
    for width in range(0, 2 * len(head), 7):  # the declaration stands where the defaults do, once
        section, _, rest = declared.partition("\n  ")
        opened, brace, inner = rest.partition("{")
        wide = f"{section}\n  {opened}{brace}{' ' * width}{inner}" if rest else declared
        parted = told(
            tmp_path,
            {"messaging.yaml": f"{head}include: [part.yaml]\n", "part.yaml": wide},
        )
        assert sorted(name for _, name in parted) == sorted(name for _, name in whole)


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (f"{LONG}a: {{external: true}}", f"{LONG}b: {{external: true}}", "name-too-long"),
        ("aa: {external: true, name: x}", "bb: {external: true, name: x}", "same-physical-name"),
        ("a-1: {external: true}", "a-2: {external: true}", "names-collide"),
    ],
)
def test_what_stands_at_one_offset_of_two_parts_is_told_of_both(
    first: str, second: str, rule: str, tmp_path: Path
) -> None:
    more = "queues: {a1: {external: true}, a2: {external: true}, c: {external: true, name: x}}\n"
    files = {
        "messaging.yaml": f"{HEAD}{more}include: [one.yaml, two.yaml]\n",
        "one.yaml": f"queues: {{{first}}}\n",
        "two.yaml": f"queues: {{{second}}}\n",
    }
    found = [name for _, name in told(tmp_path, files)]
    assert found.count(rule) == 2


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_FOUND", 1)
    files = {
        "messaging.yaml": f'{HEAD}include: ["*.yaml"]\n',
        "one.yaml": "queues: {a: {external: true}}\n",
        "two.yaml": "queues: {b: {external: true}}\n",
    }
    assert told(tmp_path, files) == [("messaging.yaml", "unusable-part")]


def test_parts_share_what_may_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "Budget", lambda: Budget(8))
    files = {
        "messaging.yaml": f'{HEAD}include: ["*.yaml"]\n',
        "one.yaml": "queues: {a: {external: true}}\n",
        "two.yaml": "queues: {b: {external: true}}\n",
    }
    assert told(tmp_path, files) == [("two.yaml", "too-many-values")]
