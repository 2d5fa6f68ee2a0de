"""Which parts of messages are one class, what they are called, and where they are found."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.files import Memory
from tests.stubs.package import imported, stubs_of, stubs_of_text, written

MONEY = "{type: object, required: [amount], properties: {amount: {type: number}}}"
BUYER = "{type: object, required: [name], properties: {name: {type: string}}}"
TREE = "{type: object, properties: {children: {type: array, items: {$ref: '#/$defs/Tree'}}}}"


def service(**messages: str) -> str:
    lines = [f"  {name}: {{schema: {schema}}}" for name, schema in messages.items()]
    queue = f"queues: {{all: {{external: true, messages: [{', '.join(messages)}]}}}}"
    producer = "producers: {till: {publishes: [{queue: all}]}}"
    return "\n".join(["version: 1", "service: till", "messages:", *lines, queue, producer, ""])


def schema(properties: str, definitions: str = "") -> str:
    return f"{{type: object, properties: {{{properties}}}, $defs: {{{definitions}}}}}"


def package(**messages: str) -> dict[str, str]:
    found = stubs_of_text(service(**messages))
    return {
        path.removeprefix("messages/"): text
        for path, text in found.items()
        if path.startswith("messages/")
    }


def classes(text: str) -> list[str]:
    return re.findall(r"^class (\w+)", text, re.MULTILINE)


def test_a_definition_of_several_messages_is_one_class() -> None:
    one = schema("price: {$ref: '#/$defs/Money'}", f"Money: {MONEY}")
    found = package(Paid=one, Refunded=one)
    assert classes(found["parts/money.py"]) == ["Money"]
    for module in ("paid.py", "refunded.py"):
        assert "from .parts.money import Money\n" in found[module]
        assert "Money" not in classes(found[module])
    assert '"Money": ".parts.money"' in found["__init__.py"]


def test_definitions_that_differ_are_two_classes() -> None:
    other = MONEY.replace("number", "integer")
    found = package(
        A=schema("m: {$ref: '#/$defs/Money'}", f"Money: {MONEY}"),
        B=schema("m: {$ref: '#/$defs/Money'}", f"Money: {MONEY}"),
        C=schema("m: {$ref: '#/$defs/Money'}", f"Money: {other}"),
    )
    assert classes(found["c.py"]) == ["C", "Money"]
    assert '"Money": ".parts.money"' in found["__init__.py"]
    both = package(
        A=schema("m: {$ref: '#/$defs/Money'}", f"Money: {MONEY}"),
        B=schema("m: {$ref: '#/$defs/Money'}", f"Money: {MONEY}"),
        C=schema("m: {$ref: '#/$defs/Money'}", f"Money: {other}"),
        D=schema("m: {$ref: '#/$defs/Money'}", f"Money: {other}"),
    )
    assert classes(both["parts/money.py"]) == ["Money"]
    assert classes(both["parts/c_money.py"]) == ["CMoney"]


def test_equal_objects_under_one_property_are_one_class() -> None:
    found = package(Paid=schema(f"buyer: {BUYER}"), Refunded=schema(f"id: {{}}, buyer: {BUYER}"))
    assert classes(found["parts/buyer.py"]) == ["Buyer"]
    assert "    buyer: Buyer | None = None\n" in found["refunded.py"]
    # By the names that they have while no other message has them.
    assert "\nPaidBuyer = Buyer\n" in found["paid.py"]
    assert '"PaidBuyer": ".paid"' in found["__init__.py"]
    alone = package(Paid=schema(f"buyer: {BUYER}"))
    assert classes(alone["paid.py"]) == ["Paid", "PaidBuyer"]


def test_equal_objects_of_one_message_are_one_class() -> None:
    text = schema(f"a: {{type: object, properties: {{buyer: {BUYER}}}}}, buyer: {BUYER}")
    assert classes(package(Paid=text)["paid.py"]) == ["Paid", "PaidA", "PaidBuyer"]


def test_recursive_parts_are_shared() -> None:
    one = schema("tree: {$ref: '#/$defs/Tree'}", f"Tree: {TREE}")
    other = TREE.replace("type: object,", "type: object, required: [children],")
    found = package(A=one, B=one, C=schema("tree: {$ref: '#/$defs/Tree'}", f"Tree: {other}"))
    assert classes(found["parts/tree.py"]) == ["Tree"]
    assert classes(found["c.py"]) == ["C", "Tree"]


def test_an_unrelated_message_changes_no_other_module() -> None:
    one = schema(f"buyer: {BUYER}, price: {{$ref: '#/$defs/Money'}}", f"Money: {MONEY}")
    before = package(A=one, B=one)
    after = package(A=one, B=one, C=schema("z: {type: object, properties: {q: {}}}"))
    assert {path: text for path, text in after.items() if path in before} == before | {
        "__init__.py": after["__init__.py"]
    }


def test_names_stay_short_unless_somebody_wrote_them() -> None:
    deep = "a_property_with_a_long_name: {type: object, properties: {inside: %s}}"
    nested = deep % f"{{type: object, properties: {{{deep % BUYER}}}}}"
    titled = "{type: object, title: %s, properties: {a: {}}}" % ("T" * 50)
    found = package(Paid=schema(f"{nested}, b: {titled}"))
    names = classes(found["paid.py"])
    assert "T" * 50 in names
    assert [name for name in names if len(name) > 45 and name != "T" * 50] == []


def test_messages_that_are_parts_of_each_other(tmp_path: Path) -> None:
    files = {
        "a.json": json.dumps({"type": "object", "properties": {"b": {"$ref": "b.json"}}}),
        "b.json": json.dumps({"type": "object", "properties": {"a": {"$ref": "a.json"}}}),
        "messaging.yaml": service(A="{$ref: a.json}", B="{$ref: b.json}"),
    }
    written(stubs_of("messaging.yaml", Memory(files)), tmp_path)
    with imported(tmp_path / "src", "till_messaging") as till:
        value: dict[str, Any] = {"b": {"a": {"b": {}}}}
        assert till.A.from_dict(value).to_dict() == value
        assert till.B.from_dict({"a": {}}).to_dict() == {"a": {}}


def test_a_message_that_is_part_of_another(tmp_path: Path) -> None:
    files = {
        "a.json": json.dumps({"type": "object", "properties": {"id": {"type": "string"}}}),
        "b.json": json.dumps({"type": "object", "properties": {"a": {"$ref": "a.json"}}}),
        "messaging.yaml": service(B="{$ref: b.json}", A="{$ref: a.json}"),
    }
    written(stubs_of("messaging.yaml", Memory(files)), tmp_path)
    with imported(tmp_path / "src", "till_messaging") as till:
        assert type(till.B.from_dict({"a": {"id": "x"}}).a) is till.A


def _published(name: str) -> str:
    """One of a family of messages, as teams publish them: a header, references, small objects."""
    reference = "{type: object, required: [id], properties: {id: {type: string}, source: {}}}"
    links = f"type: array, items: {{type: object, properties: {{target: {reference}}}}}"
    context = (
        "{type: object, required: [id, at], properties: {id: {type: string}, type:"
        f" {{const: {name}}}, at: {{type: string, format: date-time}}, links: {{{links}}}}}}}"
    )
    states = ", ".join(f"state-{i}" for i in range(9))
    definitions = f"Money: {MONEY}, Tree: {TREE}, State: {{enum: [{states}]}}"
    content = (
        f"{{type: object, properties: {{environment: {reference}, service: {reference},"
        " price: {$ref: '#/$defs/Money'}, state: {$ref: '#/$defs/State'},"
        f" tree: {{$ref: '#/$defs/Tree'}}, only_{name.lower()}: {{type: string}}}}}}"
    )
    return schema(f"context: {context}, content: {content}", definitions)


def test_families_of_messages_read_well() -> None:
    names = [f"Thing{verb}" for verb in ("Made", "Sold", "Sent", "Kept", "Lost", "Found")]
    found = package(**{name: _published(name) for name in names})
    defined: Counter[str] = Counter()
    lengths: list[int] = []
    any_values, fields = 0, 0
    for text in found.values():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef):
                body = [ast.unparse(each) for each in node.body if isinstance(each, ast.AnnAssign)]
                defined["\n".join(body) or node.name] += 1
                lengths.append(len(node.name))
                fields += len(body)
                any_values += sum("Any" in each for each in body)
    # `Environment`, `Service` and `Target` say the same.
    assert defined.total() - len(defined) == 2
    assert max(lengths) <= 45
    assert any_values <= 3  # `source: {}`
    lines = sum(text.count("\n") for text in found.values())
    assert lines < 27 * fields


def test_the_message_comes_first_and_what_is_for_the_program_last() -> None:
    for path, text in package(ThingMade=_published("ThingMade")).items():
        if path != "__init__.py":
            assert classes(text)[0] == "ThingMade"
            body = ast.parse(text).body
            last = max(i for i, node in enumerate(body) if isinstance(node, ast.ClassDef))
            first = min(i for i, node in enumerate(body) if isinstance(node, ast.Assign))
            assert last < first


def test_public_methods(tmp_path: Path) -> None:
    text = service(Paid=schema("orderId: {type: string}, at: {type: string, format: date-time}"))
    text = text.replace("$defs: {}}}", "$defs: {}}, examples: [{orderId: a}, {orderId: b}]}")
    written(stubs_of("messaging.yaml", Memory({"messaging.yaml": text})), tmp_path)
    with imported(tmp_path / "src", "till_messaging") as till:
        paid: Any = till.Paid.example()
        assert (paid.order_id, till.Paid.example(1).order_id) == ("a", "b")
        assert paid.to_json() == '{"orderId":"a"}'
        assert paid.to_dict() == {"orderId": "a"}
        at = "2026-01-02T03:04:05.123456Z"
        read = till.Paid.from_json(f'{{"at": "{at}"}}'.encode())
        assert read == till.Paid.from_dict({"at": at})
        assert read.to_dict() == {"at": at}
        for number in (2, -1):
            said = f"no example {number}: messaging.yaml has 2 examples of `Paid`"
            with pytest.raises(LookupError, match=said):
                till.Paid.example(number)
