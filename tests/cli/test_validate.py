from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Msgc, files


def with_queue(text: str) -> bytes:
    return GOOD.replace("{messages: [OrderPlaced], external: true}", text).encode()


def with_message(text: str) -> bytes:
    return GOOD.replace("messages:\n", f"messages:\n  Other: {text}\n", 1).encode()


def nested(depth: int) -> bytes:
    return b"version: 1\nservice: shop\nmessages: " + b"[" * depth + b"]" * depth


BILLION = b"version: 1\nservice: shop\ndescription: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"k%d: &b%d [%s]\n" % (i, i, b", ".join([b"*b%d" % (i - 1) if i else b"*a"] * 9))
    for i in range(12)
)

MANY = (
    "version: 1\nservice: shop\nmessages:\n"
    "  OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}}\nqueues:\n"
    + "".join(f"  q{i}: {{messages: [OrderPlaced], external: true}}\n" for i in range(400))
    + "producers:\n  web:\n    publishes:\n"
    + "".join(f"      - {{queue: q{i}}}\n" for i in range(400))
).encode()

BAD = {
    "empty": (b"", ["MSG104"]),
    "not YAML": (b"version: 1\nservice: [shop\n", ["MSG1"]),
    "tabs": (b"version: 1\n\tservice: shop\n", ["MSG1"]),
    "duplicate keys": (b"version: 1\nservice: shop\nservice: shop\n", ["MSG1"]),
    "a list at the top": (b"- version: 1\n", ["MSG1"]),
    "binary": (bytes(range(256)), ["MSG103"]),
    "an unknown key": (b"version: 1\nservice: shop\nqueus: {}\n", ["MSG2"]),
    "a wrong type": (with_queue("[]"), ["MSG2"]),
    "a number for a duration": (with_queue("{delay: 10, external: true}"), ["MSG2"]),
    "a reference to nothing": (with_queue("{messages: [OrderPlacd]}"), ["MSG3"]),
    "a name that AWS refuses": (
        with_queue("{name: 'no spaces', messages: [OrderPlaced], external: true}"),
        ["MSG"],
    ),
    "one physical name twice": (
        with_queue("{external: true}\n  other: {name: shop-orders, external: true}"),
        ["MSG"],
    ),
    "a schema that is missing": (with_message("{schema: {$ref: gone.json}}"), ["MSG3"]),
    "a schema that is broken": (with_message("{schema: {$ref: broken.json}}"), ["MSG1"]),
    "an example against its schema": (
        GOOD.replace("queues:", "    examples: [{id: 5}]\nqueues:").encode(),
        ["MSG3"],
    ),
    "a FIFO topic to an e-mail address": (
        GOOD.replace(
            "queues:",
            "    group_by: id\ntopics:\n  t: {fifo: true, messages: [OrderPlaced]}\n"
            "subscriptions:\n  mail: {from: {topic: t}, to: {email: a@example.com}}\nqueues:",
        ).encode(),
        ["MSG"],
    ),
    "aliases that explode": (BILLION, ["MSG1"]),
    "100,000 levels": (nested(100_000), ["MSG1"]),
    "more than 500 resources": (MANY, ["MSG"]),
    "stack outside the project": (
        GOOD.encode() + b"build: {stack: ../stack}\n",
        ["MSG"],
    ),
    "stubs outside the project": (
        GOOD.encode() + b"build: {stubs: /tmp/stubs}\n",
        ["MSG"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input(msgc: Msgc, tmp_path: Path, case: str) -> None:
    content, ids = BAD[case]
    path = tmp_path / "messaging.yaml"
    path.write_bytes(content)
    (tmp_path / "broken.json").write_text('{"type": ')
    before = files(tmp_path)
    text = msgc("build")
    found = json.loads(msgc("build", "--format", "json").stdout)["diagnostics"]
    assert files(tmp_path) == before
    assert text.returncode == 1, text.stderr
    assert "Traceback" not in text.stderr
    for prefix in ids:
        assert any(d["id"].startswith(prefix) for d in found), found
    first = next(d for d in found if d["severity"] == "error")
    assert first["file"] in {"messaging.yaml", "broken.json"}
    assert f"{first['file']}:{first['line']}:{first['column']}" in text.stderr


def test_all_errors_at_once(msgc: Msgc, tmp_path: Path) -> None:
    text = GOOD.replace("queues:\n", "quues: {}\nqueues:\n  other: {delay: 10}\n")
    (tmp_path / "messaging.yaml").write_text(text.replace("[{queue: orders}]", "[{queue: order}]"))
    done = msgc("validate", "--format=json")
    found = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert [d["line"] for d in found] == sorted(d["line"] for d in found)
    assert {d["id"][:4] for d in found if d["severity"] == "error"} == {"MSG2", "MSG3"}


@pytest.mark.parametrize("text", [f"\ufeff{GOOD}", GOOD.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_crlf_are_fine(msgc: Msgc, project: Path, text: str) -> None:
    (project / "messaging.yaml").write_bytes(text.encode())
    done = msgc("validate", "--strict")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_missing_file(msgc: Msgc) -> None:
    done = msgc("validate", "gone/messaging.yaml")
    assert done.returncode == 1
    assert "MSG101" in done.stderr


def test_json_goes_to_stdout_and_text_to_stderr(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text("version: 2\n")
    text, machine = msgc("validate"), msgc("validate", "--format=json")
    assert text.stdout == ""
    assert machine.stderr == ""
    assert json.loads(machine.stdout)["version"] == 1


def test_several_files(msgc: Msgc, tmp_path: Path) -> None:
    for name, text in (("a", GOOD), ("b", "version: 1\n"), ("c", "service: c\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "messaging.yaml").write_text(text)
    done = msgc("validate", "a/messaging.yaml", "b/messaging.yaml", "c", "--format=json")
    assert {d["file"] for d in json.loads(done.stdout)["diagnostics"]} == {
        "b/messaging.yaml",
        "c/messaging.yaml",
    }


def test_a_warning_fails_only_when_strict(msgc: Msgc, project: Path) -> None:
    path = project / "messaging.yaml"
    path.write_bytes(with_queue("{messages: [OrderPlaced], external: true, dead_letter: false}"))
    assert msgc("validate").returncode == 0
    strict = msgc("validate", "--strict")
    assert strict.returncode == 1
    assert "queue-without-dlq" in strict.stderr
    assert msgc("build", "--strict").returncode == 1
    assert set(files(project)) == {"messaging.yaml"}


def test_an_ignore_comment(msgc: Msgc, project: Path) -> None:
    path = project / "messaging.yaml"
    line = "{messages: [OrderPlaced], external: true, dead_letter: false}"
    path.write_bytes(with_queue(f"{line}  # msgc: ignore[queue-without-dlq] replayed"))
    done = msgc("validate", "--strict")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "finding"),
    [("queue-without-dlq", "unused-ignore"), ("queue-without-dql", "unknown-ignore")],
)
def test_an_ignore_comment_that_does_nothing(
    msgc: Msgc, project: Path, name: str, finding: str
) -> None:
    line = f"{{messages: [OrderPlaced], external: true}}  # msgc: ignore[{name}] why"
    (project / "messaging.yaml").write_bytes(with_queue(line))
    done = msgc("validate", "--format=json")
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["name"], found["line"]) == (finding, 7)


def test_colours(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text("version: 2\n")
    assert "\x1b[" not in msgc("validate").stderr
    assert "\x1b[" in msgc("validate", FORCE_COLOR="1").stderr
    assert "\x1b[" not in msgc("validate", FORCE_COLOR="1", NO_COLOR="1").stderr
