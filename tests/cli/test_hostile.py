"""A file that attacks who reads about it: no command prints what moves, hides or commands."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from msgc.cli.group import COMMANDS
from tests.cli.conftest import Msgc, files

EVIL = (
    "A\x1b[2J\x07B\u202eC\u2066D\u200bE\r\n::error::F\n"
    "##vso[task.setvariable variable=G]H\x7f\x9b\U000e0041"
)
"""Escape, bell, bidi, zero width, commands of GitHub and Azure, C1 and tag characters."""
QUOTED = json.dumps(EVIL).replace(r"\udb40\udc41", r"\U000e0041")  # as YAML has it

GOOD = f"""\
version: 1
service: shop
owner: {QUOTED}
description: {QUOTED}
messages:
  OrderPlaced:
    description: {QUOTED}
    schema:
      type: object
      title: {QUOTED}
      required: [id]
      properties:
        id: {{type: string, description: {QUOTED}, default: {QUOTED}}}
        {QUOTED}: {{type: string, enum: [{QUOTED}]}}
    examples: [{{id: {QUOTED}}}]
buses:
  orders: {{messages: [OrderPlaced], description: {QUOTED}}}
queues:
  work: {{messages: [OrderPlaced], description: {QUOTED}}}
  other: {{messages: [OrderPlaced], external: true}}
subscriptions:
  to-work:
    description: {QUOTED}
    from: {{bus: orders}}
    to: {{queue: work}}
    filter: {{id: [{QUOTED}]}}
  to-other: {{from: {{bus: orders}}, to: {{queue: other}}, filter: {{id: [x]}}}}
consumers:
  worker: {{from: {{queue: work}}, function: provided, description: {QUOTED}}}
producers:
  web: {{publishes: [{{bus: orders}}], description: {QUOTED}}}
tests:
  - name: {QUOTED}
    publish: {{bus: orders, message: OrderPlaced, example: 0}}
    reaches: [consumer/worker]
"""

BAD = f"""\
version: 1
service: shop
{QUOTED}: 1
messages:
  {QUOTED}: {{schema: {{type: object}}}}
  A:
    schema:
      {{type: {QUOTED}, {QUOTED}: 1, $ref: {QUOTED}, properties: {{a: {{pattern: {QUOTED}}}}}}}
  B: {{schema: {{$ref: {json.dumps("gone/" + EVIL + ".json")}}}}}
queues:
  q: {{messages: [{QUOTED}], visibility: {QUOTED}, {QUOTED}: 2, dead_letter: {{queue: {QUOTED}}}}}
subscriptions:
  s: {{from: {{topic: {QUOTED}}}, to: {{{QUOTED}: q}}, filter: {{{QUOTED}: [{QUOTED}]}}}}
tests:
  - {{name: {QUOTED}, publish: {{queue: q, message: {QUOTED}}}, reaches: [{QUOTED}]}}
build: {{stack: {QUOTED}, stubs: {QUOTED}}}
"""
RAW = BAD.replace(QUOTED, "\u202e::error::\u200b##vso[x]")
"""The same with characters that YAML takes raw: they stand in the lines that are shown."""

HARMFUL = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\U000e0000-\U000e007f]"
)
COMMAND = r"(?m)^\s*::\S|##\w*\["


def clean(text: str) -> None:
    assert not re.findall(HARMFUL, text), text
    assert not re.findall(COMMAND, text), text


CALLS = {
    "init": [["init"], ["init", EVIL], ["init", "--service", EVIL]],
    "validate": [["validate"], ["validate", "--format=json"], ["validate", EVIL]],
    "build": [["build", "--check"], ["build", "-v"], ["build", "--check"], ["build", EVIL]],
    "synth": [["synth", EVIL], ["synth", "--output", EVIL, EVIL]],
    "route": [
        ["route", "--message", "OrderPlaced"],
        ["route", "event.json", "--message", "OrderPlaced"],
        ["route", "event.json", "--format=json", "--message", "OrderPlaced"],
        ["route", "--all"],
        ["route", "--message", EVIL],
        ["route", "--message", "OrderPlaced", "--to", EVIL],
        ["route", EVIL],
        ["route", "wrong.json"],
    ],
    "test": [["test"], ["test", "--format=json"]],
    "graph": [["graph"], ["graph", "--format=dot"]],
    "explain": [["explain", EVIL]],
    "rules": [["rules", EVIL]],
    "schema": [["schema", EVIL]],
}
EVENT = {"id": EVIL, EVIL: EVIL}


def test_every_command_is_called() -> None:
    assert set(CALLS) == set(COMMANDS)


COLOURED = {"validate", "build"}


@pytest.mark.parametrize(
    ("command", "color"), [*((c, "") for c in COMMANDS), *((c, "1") for c in sorted(COLOURED))]
)
@pytest.mark.parametrize("kind", ["good", "bad", "raw"])
def test_nothing_harmful_is_printed(
    msgc: Msgc, tmp_path: Path, command: str, kind: str, color: str
) -> None:
    (tmp_path / "messaging.yaml").write_text({"good": GOOD, "bad": BAD, "raw": RAW}[kind])
    (tmp_path / "event.json").write_text(json.dumps(EVENT))
    (tmp_path / "wrong.json").write_text(f'{{"a": \u202e::error::{EVIL[5:]}')
    printed = ""
    for call in CALLS[command]:
        done = msgc(*call, FORCE_COLOR=color)
        assert done.returncode in {0, 1, 2}, done.stderr
        printed += done.stdout + done.stderr
    if color:
        printed = re.sub(r"\x1b\[[0-9;]*m", "", printed)
    clean(printed)


def test_the_good_file_is_good(msgc: Msgc, tmp_path: Path) -> None:
    """Else the test above would test little."""
    (tmp_path / "messaging.yaml").write_text(GOOD)
    done = msgc("validate")
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in msgc("test").stdout
    assert r"A\x1b[2J\x07B\u202eC" in msgc("test").stdout


def test_nothing_harmful_is_generated(msgc: Msgc, tmp_path: Path) -> None:
    """Code that reads otherwise than it runs, by characters that turn text around."""
    (tmp_path / "messaging.yaml").write_text(GOOD)
    assert msgc("build").returncode == 0
    for name, content in files(tmp_path).items():
        if name != "messaging.yaml":
            assert not re.findall(HARMFUL, content.decode()), name
            if name.endswith(".py"):
                compile(content, name, "exec")


def test_names_of_files(msgc: Msgc, tmp_path: Path) -> None:
    """A repository can have a folder of any name, one that isn't UTF-8 included."""
    for name in (b"::error::x\x1b[2J\n::warning::y", b"\xff\xfe", "\u202ea".encode()):
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        folder.mkdir()
        (folder / "messaging.yaml").write_text("version: 2\n")
    for call in (["validate"], ["validate", "--format=json"], ["build", "--check"], ["test"]):
        done = msgc(*call)
        assert done.returncode == 1, done.stderr
        clean(done.stdout + done.stderr)


def test_a_terminal_that_has_no_unicode(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD.replace("[x]", "[ü…]"))
    for call in (["graph"], ["test", "--format=json"], ["route", "--message", "OrderPlaced"]):
        done = msgc(*call, PYTHONIOENCODING="iso8859-5")
        assert done.returncode in {0, 1}, done.stderr
        assert done.stdout.isascii()
        if "--format=json" in call:
            json.loads(done.stdout)
