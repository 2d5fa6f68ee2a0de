"""Messages that the package `jsonschema` checks: what their classes show, and that nothing is lost."""

# ruff: noqa: E501  # schemas are easier to read on one line

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest

from msgc.payloads import violations
from msgc.payloads.model import ObjectShape
from msgc.runtime.codec import codec
from msgc.runtime.codec.keywords import library
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.schemas import outcome_of, shown

TREE = {
    "$dynamicAnchor": "node",
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string", "pattern": "^(a+)+$"},
        "below": {"type": "array", "items": {"$dynamicRef": "#node"}},
    },
}
STRICT = {
    "$dynamicAnchor": "node",
    "$ref": "tree.json",
    "unevaluatedProperties": False,
    "properties": {"depth": {"type": "integer", "default": 0}},
}
ID = "6F1C2F1E-8F43-4D39-9D53-2B2E5C1E7A11"


def read(schema: dict[str, Any], **files: Any) -> ObjectShape:
    texts = {f"{name}.json": json.dumps(each) for name, each in files.items()}
    outcome = outcome_of(
        json.dumps(schema), {normpath(f"api/{path}"): text for path, text in texts.items()}
    )
    assert outcome.value is not None, [shown(d) for d in outcome.diagnostics]
    assert {d.code.id for d in outcome.diagnostics} == {"MSG741"}
    return outcome.value


VALUES: list[tuple[Any, list[tuple[Any, ...]]]] = [
    ({"id": ID, "name": "aaa", "depth": 3, "below": [{"id": ID, "below": []}]}, []),
    ({"id": ID, "below": [{"id": ID, "depth": 1}]}, []),
    ({"id": ID, "more": 1}, [()]),
    ({"id": ID, "below": [{"id": ID, "more": 1}]}, [("below", 0)]),
    ({"id": ID, "below": [{"id": ID, "below": [{}]}]}, [("below", 0, "below", 0)]),
    ({"id": ID, "name": "b"}, [("name",)]),
    ({"below": "x"}, [("id",), ("below",)]),
]


def test_verdicts_and_places() -> None:
    message = read({"$ref": "strict.json"}, tree=TREE, strict=STRICT)
    for value, places in VALUES:
        assert [v.path for v in violations(message, value)] == places, value


def test_what_is_read_is_written() -> None:
    message = read({"$ref": "strict.json"}, tree=TREE, strict=STRICT)
    with generated(message) as cls:
        for value, places in VALUES:
            if places:
                with pytest.raises(InvalidPayload):
                    codec.decode(cls, value)
                continue
            assert codec.encode(codec.decode(cls, value)) == value  # also how the id is spelled
        with pytest.raises(InvalidPayload, match="unevaluatedProperties"):
            codec.encode(cls(id=ID, below=({"id": ID, "more": 1},)))


def test_a_text_that_takes_long_to_search_takes_linear_time() -> None:
    message = read({"$ref": "strict.json"}, tree=TREE, strict=STRICT)
    assert violations(message, {"id": ID, "below": [{"id": ID, "name": "a" * 5000 + "b"}]})


def test_documents_have_no_path_of_this_machine() -> None:
    library = read(
        {"$ref": "../common/strict.json"}, **{"../common/strict": STRICT, "../common/tree": TREE}
    ).library
    assert library is not None
    assert library.schema == "file:///common/strict.json#"
    assert sorted(library.documents) == ["file:///common/strict.json", "file:///common/tree.json"]


def test_an_inline_schema() -> None:
    message = read(
        {
            **STRICT,
            "$id": "https://example.com/strict",
            "$ref": "#/$defs/tree",
            "$defs": {"tree": {**TREE, "$id": "tree"}},
        }
    )
    assert not violations(message, VALUES[0][0])
    assert violations(message, VALUES[3][0])
    assert message.library is not None
    document: Any = message.library.documents["https://example.com/strict"]
    assert document["$ref"] == "https://example.com/tree"


def test_that_the_package_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema.validators", None)
    check = library.JsonSchema("x:a#", {"x:a": {}})
    with pytest.raises(ModuleNotFoundError, match="package `jsonschema` is missing"):
        check.check({}, None, [])


PROGRAM = """
import sys
from msgc.pipeline.check import check
from msgc.source import Disk
found = check(sys.argv[1], Disk()).diagnostics
print(sorted(d.code.id for d in found), "jsonschema" in sys.modules)
"""


def test_it_is_imported_for_such_a_message_only(tmp_path: Path) -> None:
    text = "version: 1\nservice: shop\nmessages:\n  A: {schema: {$ref: %s}, examples: [{id: %s}]}\nqueues: {q: {messages: [A], external: true}}\n"
    (tmp_path / "plain.json").write_text(
        '{"type": "object", "properties": {"id": {"type": "string"}}, "not": {"required": ["x"]}}'
    )
    (tmp_path / "tree.json").write_text(json.dumps(TREE))
    (tmp_path / "strict.json").write_text(json.dumps(STRICT))
    for name, expected in {"plain": "[] False", "strict": "['MSG741'] True"}.items():
        (tmp_path / "messaging.yaml").write_text(text % (f"{name}.json", ID))
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "messaging.yaml")]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert out.strip() == expected
