"""The runtime of a package: what the package imports, and no more."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from msgc import runtime
from msgc.artifact import Artifact
from msgc.emit.stubs import vendored
from msgc.emit.stubs.imports import imports_of
from msgc.source import Disk
from tests.assembly import ROOT
from tests.stubs.package import SHOP, stubs_of, stubs_of_text, written

RUNTIME = Path(runtime.__path__[0])
FILES = [
    SHOP,
    *sorted((ROOT / "examples").glob("*/messaging.yaml")),
    *sorted((ROOT / "tests/cases/ok").glob("*/messaging.yaml")),
]

SMALL = """\
version: 1
service: small
messages: {A: {schema: {type: object}}}
queues: {q: {messages: [A]}}
"""


def by_tree(text: str, package: str) -> Iterator[tuple[str, str]]:
    """The relative imports of a module, as Python reads it: of what, and which name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package.split(".") if package else []
            base = base[: len(base) - node.level + 1]
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)


def packages() -> Iterator[tuple[str, dict[str, str]]]:
    for file in FILES:
        folder = stubs_of(str(file), Disk())
        yield (
            file.parent.name,
            {each.path.split("/", 2)[2]: each.text for each in folder if each.path.endswith(".py")},
        )


@pytest.mark.parametrize(
    "path", sorted(RUNTIME.rglob("*.py")), ids=lambda path: str(path.relative_to(RUNTIME))
)
def test_statements_are_those_of_the_syntax_tree(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    package = ".".join(path.relative_to(RUNTIME).parts[:-1])
    found = {(each.module, name) for each in imports_of(text, package) for name in each.names}
    assert found == set(by_tree(text, package))


def test_a_package_has_what_it_imports_and_its_runtime_no_more() -> None:
    for name, texts in packages():
        modules = {path.removesuffix(".py").replace("/", "."): path for path in texts}
        used: set[str] = set()
        for path, text in texts.items():
            for module, imported in by_tree(text, path.rpartition("/")[0].replace("/", ".")):
                target = f"{module}.{imported}".lstrip(".")
                target = target if target in modules else module
                assert target in modules or f"{target}.__init__" in modules, (name, path, target)
                if not path.startswith("testing/"):
                    assert not target.startswith("testing"), (name, path)
                used.add(modules.get(target, f"{target}/__init__.py"))
        carried = {path for path in texts if "_runtime/" in path and "__init__" not in path}
        assert carried <= used, (name, carried - used)


def test_what_tests_need_lies_with_the_tests() -> None:
    texts = stubs_of_text(SMALL)
    rooms = {path.split("/")[1] for path in texts if path.startswith("_runtime/")}
    assert not rooms & {"testing", "matching"}
    assert {"testing/_runtime/testing/fakes.py", "testing/_runtime/matching/policies.py"} <= {
        *texts
    }
    assert "_runtime/publishing/topics.py" not in texts


def having(schema: str) -> dict[str, str]:
    """The stubs of a service whose message has one property."""
    return stubs_of_text(SMALL.replace("object", f"object, properties: {{a: {schema}}}"))


def test_a_feature_that_nothing_uses_stays_behind() -> None:
    texts = having("{type: string}")
    carried = {path.removeprefix("_runtime/") for path in texts if path.startswith("_runtime/")}
    rooms = {path.rpartition("/")[0] for path in carried}
    assert rooms == {"", "codec", "codec/compiled", "publishing"}
    rare = {"any_value", "formats", "maps", "multiples", "unions", "unique", "unset"}
    assert not carried & {f"codec/{name}.py" for name in rare}
    assert "UntypedMessage" not in texts["__init__.py"]


USES = {
    "{type: string, pattern: '^x+$'}": {"patterns/regexes"},
    "{type: string, pattern: '^(x+x+)+$'}": {
        "patterns/categories", "patterns/linear", "patterns/parser", "patterns/positions",
        "patterns/regexes",
    },
    "{type: string, format: uuid}": {"formats"},
    "{type: integer, multipleOf: 5}": {"multiples"},
    "{type: array, items: {type: string}, uniqueItems: true}": {"unique"},
    "{type: [string, 'null']}": {"unset"},
    "{}": {"any_value", "unset"},
}  # fmt: skip


@pytest.mark.parametrize("schema", USES)
def test_a_feature_brings_its_modules(schema: str) -> None:
    plain = {*having("{type: string}"), "_runtime/codec/patterns/__init__.py"}
    found = {*having(schema)} - plain
    assert found == {f"_runtime/codec/{name}.py" for name in USES[schema]}


def test_what_a_handler_needs_as_well_stands_once() -> None:
    """Handlers of a queue of events match on the source."""
    text = (ROOT / "tests/cases/ok/several-arrivals/messaging.yaml").read_text(encoding="utf-8")
    texts = stubs_of_text(text)
    copies = [path for path in texts if path.endswith("/matching/matching.py")]
    assert len(copies) == 1


def test_what_is_moved_is_as_the_formatter_writes_it(tmp_path: Path) -> None:
    written(stubs_of(str(SHOP), Disk()), tmp_path)
    for command in (["check", "--select", "E4,E7,E9,F,I"], ["format", "--check", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_one_line_says_which_runtime_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stubs_of(str(SHOP), Disk())
    vendored._runtime.cache_clear()  # noqa: SLF001  # as another process begins
    monkeypatch.setattr("msgc.__version__", "9.9.9")
    try:
        after = stubs_of(str(SHOP), Disk())
    finally:
        vendored._runtime.cache_clear()  # noqa: SLF001
    changed = changes(before, after)
    assert set(changed) == {"src/shop_messaging/_runtime/__init__.py"}
    (lines,) = changed.values()
    assert [line.rpartition(",")[0] for line in lines] == ["# The runtime of msgc 9.9.9"]


def changes(before: tuple[Artifact, ...], after: tuple[Artifact, ...]) -> dict[str, list[str]]:
    old = {each.path: each.text.splitlines() for each in before}
    return {
        each.path: [line for line in each.text.splitlines() if line not in old[each.path]]
        for each in after
        if each.text.splitlines() != old[each.path]
    }
