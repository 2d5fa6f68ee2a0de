"""What is kept of builds never changes what comes out of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from msgc.catalog import CODES
from msgc.diagnostics import Diagnostic, Edit, Label
from msgc.pipeline.build import Prepared, write
from msgc.pipeline.cache import Builds
from msgc.pipeline.cache.encoding import Decoder, Encoder
from msgc.pipeline.check import check
from msgc.pipeline.understand import workspace_of
from msgc.source import Disk, Source, Span
from msgc.workspace import Workspace
from msgc.workspace.looks import Look
from tests.assembly import ROOT

pytestmark = pytest.mark.once

SHOP = """\
version: 1
service: shop
include: [parts/*.yaml]
messages:
  Placed: {schema: {$ref: schemas/placed.json}}
topics:
  orders: {messages: [Placed], external: subscribe}
producers:
  web: {publishes: [{topic: orders}]}
"""
PARTS = """\
queues: {jobs: {messages: [Placed], external: true, dead_letter: false}}
consumers:
  clerk: {from: {topic: orders}, function: {code: lambdas/clerk}}
"""
SCHEMA = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "tier": {"enum": ["basic", "gold"]}},
}
BILLING = """\
version: 1
service: billing
messages: {Placed: {import: {service: shop}}}
topics: {orders: {import: {service: shop}}}
queues: {gold: {external: subscribe}}
subscriptions:
  gold: {from: {topic: orders}, filter: {tier: [gold]}, to: {queue: gold}}
"""
LOGISTICS = """\
version: 1
service: logistics
messages: {Placed: {import: {service: shop}}}
queues: {parcels: {messages: [Placed], external: true}}
"""
PATHS = ("billing/messaging.yaml", "logistics/messaging.yaml", "shop/messaging.yaml")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {
        "shop/messaging.yaml": SHOP,
        "shop/parts/queues.yaml": PARTS,
        "shop/schemas/placed.json": json.dumps(SCHEMA),
        "shop/lambdas/clerk/app.py": "def handler(event, context): ...\n",
        "billing/messaging.yaml": BILLING,
        "logistics/messaging.yaml": LOGISTICS,
        ".git/HEAD": "ref: refs/heads/main\n",
    }
    for name, text in texts.items():
        path = tmp_path / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setenv("MSGC_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path / "repository")
    return tmp_path / "repository"


def build() -> tuple[dict[str, Prepared], set[str]]:
    """Build everything; return what was prepared, and what had to be worked out."""
    builds = Builds(Workspace(Disk()))
    prepared = {path: builds.prepare(path) for path in PATHS}
    if all(each.plan is not None for each in prepared.values()):
        for each in prepared.values():
            assert each.plan is not None
            assert write(each.plan) == ()
        builds.save(prepared)
    return prepared, {path.partition("/")[0] for path in builds.worked_out}


def told(prepared: dict[str, Prepared]) -> list[object]:
    return [
        (d.code.id, repr(d.span), d.span.end, d.message, d.help, [repr(x.span) for x in d.labels])
        for each in prepared.values()
        for d in each.diagnostics
    ]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_has_not_changed_is_not_worked_out_again(repository: Path) -> None:
    first, worked_out = build()
    assert worked_out == {"billing", "logistics", "shop"}
    assert told(first)  # the queue without a dead-letter queue, in a part of its file
    files = tree(repository)
    again, worked_out = build()
    assert worked_out == set()
    assert told(again) == told(first)
    for path, each in again.items():
        before, now = first[path].plan, each.plan
        assert before is not None
        assert now is not None
        assert now.clean
        assert {c.path for c in now.changes} == {c.path for c in before.changes}
    assert tree(repository) == files


def edited(name: str, old: str, new: str) -> Callable[[], None]:
    def edit() -> None:
        text = Path(name).read_text()
        assert old in text
        Path(name).write_text(text.replace(old, new))

    return edit


def made(name: str, text: str) -> Callable[[], None]:
    def make() -> None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)

    return make


STACK = "infra/shop_messaging_stack/__init__.py"
EDITS: dict[str, tuple[Callable[[], object], set[str]]] = {
    "its file": (edited("logistics/messaging.yaml", "parcels", "boxes"), {"logistics"}),
    "a comment": (made("logistics/messaging.yaml", f"# ours\n{LOGISTICS}"), {"logistics"}),
    "a schema": (
        edited("shop/schemas/placed.json", '"basic"', '"plain"'),
        {"billing", "logistics", "shop"},
    ),
    "a part": (edited("shop/parts/queues.yaml", "jobs", "tasks"), {"billing", "logistics", "shop"}),
    "a new part": (
        made("shop/parts/more.yaml", "queues: {more: {external: true, messages: [Placed]}}"),
        {"billing", "logistics", "shop"},
    ),
    "a part less": (
        lambda: Path("shop/parts/queues.yaml").rename("shop/queues.yaml"),
        {"billing", "logistics", "shop"},
    ),
    "the code of a function": (
        edited("shop/lambdas/clerk/app.py", "def handler", "def other"),
        {"shop"},
    ),
    "a module in it": (made("shop/lambdas/clerk/util.py", "x = 1\n"), set()),
    "no code at all": (lambda: shutil.rmtree("shop/lambdas"), {"shop"}),
    "an output": (edited(f"shop/{STACK}", "class ", "class  "), {"shop"}),
    "an output less": (lambda: Path(f"shop/{STACK}").unlink(), {"shop"}),
    "a stale file": (
        lambda: shutil.copy(f"shop/{STACK}", "shop/infra/shop_messaging_stack/old.py"),
        {"shop"},
    ),
    "a file of the user's": (made("shop/infra/shop_messaging_stack/own.py", "x = 1\n"), set()),
    "a service of its name": (
        made("copy/messaging.yaml", SHOP.replace("include: [parts/*.yaml]\n", "")),
        {"billing", "logistics"},
    ),
    "what another sends": (
        edited("shop/messaging.yaml", "{topic: orders}]", "{topic: orders}], stubs: false"),
        {"billing", "logistics", "shop"},
    ),
    "nothing": (lambda: os.utime("shop/messaging.yaml"), set()),
}


@pytest.mark.parametrize("what", EDITS)
def test_after_an_edit(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """It is worked out where it has to be, and comes to what it does without anything kept."""
    build()
    edit, expected = EDITS[what]
    edit()
    shutil.copytree(repository, tmp_path / "other")
    now, worked_out = build()
    assert worked_out == expected
    monkeypatch.chdir(tmp_path / "other")
    monkeypatch.setenv("MSGC_CACHE_DIR", str(tmp_path / "nothing"))
    plain, _ = build()
    assert told(now) == told(plain)
    assert tree(tmp_path / "other") == tree(repository)


@pytest.mark.usefixtures("repository")
def test_with_nothing_readable_kept(tmp_path: Path) -> None:
    build()
    for path in (tmp_path / "kept").iterdir():
        whole = json.loads(path.read_bytes())
        for damaged in (
            b"",
            b"[]",
            b"{",
            path.read_bytes()[:-9],
            b'{"looks": [["x"]]}',
            json.dumps(whole | {"looks": [[["__init__"], "x"]]}).encode(),
            json.dumps(whole | {"files": {}}).encode(),
            json.dumps(whole | {"values": whole["values"][:-1]}).encode(),
            json.dumps(whole | {"paths": []}).encode(),
        ):
            path.write_bytes(damaged)
            prepared, _ = build()
            assert all(each.plan is not None and each.plan.clean for each in prepared.values())
    assert build()[1] == set()


def test_where_nothing_can_be_kept(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    assert build()[1] == build()[1] == {"billing", "logistics", "shop"}
    assert tree(repository)


@pytest.mark.usefixtures("repository")
def test_what_has_errors_is_not_kept() -> None:
    build()
    edited("logistics/messaging.yaml", "[Placed]", "[Plaaced]")()
    _, worked_out = build()
    assert worked_out == {"logistics"}
    edited("logistics/messaging.yaml", "[Plaaced]", "[Placed]")()
    assert build()[1] == set()


def looks_at(path: str, workspace: Workspace) -> dict[Look, str]:
    """Return what is noted while a file is checked."""
    with workspace.files.noting() as looks:
        check(path, workspace)
    return looks


CASES = sorted((ROOT / "tests" / "cases" / "ok").glob("*/messaging.yaml")) + sorted(
    (ROOT / "examples").glob("*/messaging.yaml")
)


def test_each_file_that_is_read_is_noted() -> None:
    """The interpreter itself says what is opened, in a process of its own: it never stops."""
    script = """
import json, os, sys
from msgc.pipeline.check import check
from msgc.pipeline.understand import workspace_of
from msgc.source import Disk

opened = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.add(os.path.realpath(arguments[0]))
sys.addaudithook(watch)
for path in sys.argv[1:]:
    opened.clear()
    workspace = workspace_of(Disk())
    with workspace.files.noting() as looks:
        check(path, workspace)
    noted = {os.path.realpath(look[1]) for look in looks if look[0].startswith("read")}
    folder = os.path.dirname(path) + os.sep
    below = {each for each in opened if each.startswith(folder)}
    assert path in below, path
    print(json.dumps([path, sorted(below - noted)]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, CASES)], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(CASES)
    assert [line for line in lines if line[1]] == []


@pytest.mark.usefixtures("repository")
def test_what_is_read_for_others_is_noted_for_each() -> None:
    """The order in which files are checked together changes nothing."""
    alone = {path: looks_at(path, workspace_of(Disk())) for path in PATHS}
    assert {look[0] for look in alone["billing/messaging.yaml"]} == {
        "read", "read_referred", "matching", "members", "sent",
    }  # fmt: skip
    for order in (PATHS, PATHS[::-1]):
        workspace = workspace_of(Disk())
        for path in order:
            found = looks_at(path, workspace)
            same = {(look[0].removesuffix("_referred"), look[1]) for look in found}
            assert same == {(k[0].removesuffix("_referred"), k[1]) for k in alone[path]}


def test_a_finding_comes_back_as_it_was() -> None:
    source = Source("shop/messaging.yaml", SHOP)
    for code in CODES:
        finding = Diagnostic(
            code=code,
            span=Span(source, 3, 9),
            message="what is wrong",
            help=None,
            labels=(Label(span=Span(source, 1, 2), message="here"),),
            fix=(Edit(span=Span(source, 4, 5), text="x"),),
        )
        encoder = Encoder()
        text = json.dumps(encoder.encode(finding))
        back = Decoder(list(encoder.paths), lambda _: source).decode(json.loads(text))
        assert repr(back) == repr(finding)
        assert back.code is code


def test_what_is_over_is_told_once_it_is(repository: Path) -> None:
    """What is found of a schedule changes with time, and nothing else does."""
    schedule = (
        "consumers:\n  clerk: {from: {schedule: rate(5 minutes), end: '2999-01-31T09:00:00Z'}, "
        "function: provided}\n"
    )
    (repository / "logistics" / "messaging.yaml").write_text(LOGISTICS + schedule)
    build()
    assert build()[1] == set()
    workspace = workspace_of(Disk())
    looks = looks_at("logistics/messaging.yaml", workspace)
    assert looks["is_past", "2999-01-31T09:00:00+00:00"] == "False"
    assert workspace.answer(("is_past", "1999-01-31T09:00:00+00:00")) == "True"


@pytest.mark.usefixtures("repository")
def test_what_was_loaded_before_anybody_noted_is_noted_too() -> None:
    alone = looks_at("billing/messaging.yaml", workspace_of(Disk()))
    workspace = workspace_of(Disk())
    for path in PATHS:
        check(path, workspace)
    assert {look[:2] for look in looks_at("billing/messaging.yaml", workspace)} == {
        look[:2] for look in alone
    }
