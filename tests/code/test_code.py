"""What functions are made of: a folder that is there, and a handler in it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from msgc.code.handlers import UnparsableError, defines
from msgc.diagnostics import Diagnostic
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.source import Disk

TOPOLOGY = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, properties: {id: {type: string}}}}
queues: {jobs: {messages: [Placed]}}
producers: {web: {publishes: [{queue: jobs}]}}
consumers:
  worker:
    from: {queue: jobs}
    function: %s
"""


def checked(folder: Path, function: str, files: dict[str, str]) -> list[Diagnostic]:
    """What is told of a function, with the word that it is told at."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    topology = folder / "messaging.yaml"
    topology.write_text(TOPOLOGY % function, "utf-8")
    return list(check(str(topology), Disk(), check_project=check_project).diagnostics)


def at(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    return span.source.text[span.start : span.end]


def test_a_folder_that_is_missing_is_told_at_code(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, "{code: lambdas/worker}", {})
    assert (found.code.id, at(found)) == ("MSG621", "lambdas/worker")
    assert found.help is not None
    assert "a function `handler` in `lambdas/worker/app.py`" in found.help


def test_following_the_help_mends_it(tmp_path: Path) -> None:
    files = {"lambdas/worker/app.py": "def handler(event, context): ...\n"}
    assert checked(tmp_path, "{code: lambdas/worker}", files) == []


def test_a_folder_that_is_spelled_otherwise_is_proposed(tmp_path: Path) -> None:
    files = {"lambdas/price_index/app.py": "def handler(event, context): ...\n"}
    (found,) = checked(tmp_path, "{code: lambdas/price-index}", files)
    assert found.help == "did you mean `lambdas/price_index`?"
    assert checked(tmp_path, "{code: lambdas/price_index}", files) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    files = {"lambdas/worker.py": "def handler(event, context): ...\n"}
    (found,) = checked(tmp_path, "{code: lambdas/worker.py, handler: worker.handler}", files)
    assert (found.code.id, found.help) == ("MSG621", "write `code: lambdas`")
    assert checked(tmp_path, "{code: lambdas, handler: worker.handler}", files) == []


def test_code_lies_in_the_repository(tmp_path: Path) -> None:
    service, shared = tmp_path / "repository/service", tmp_path / "repository/shared"
    for folder in (service, shared, tmp_path / "elsewhere"):
        folder.mkdir(parents=True)
    for folder in (shared, tmp_path / "elsewhere"):
        (folder / "app.py").write_text("handler = print\n")
    (service / "link").symlink_to(tmp_path / "elsewhere")
    assert [d.code.id for d in checked(service, "{code: ../shared}", {})] == ["MSG621"]
    (tmp_path / "repository/.git").mkdir()
    assert checked(service, "{code: ../shared}", {}) == []
    for outside in ("../../elsewhere", "link", str(tmp_path / "elsewhere"), "/"):
        (found,) = checked(service, f"{{code: {outside}}}", {})
        assert "outside the repository" in found.message, outside


@pytest.mark.parametrize(
    ("handler", "files"),
    [
        ("main.handle", {"c/main.py": "def handle(e, c): ...\n"}),
        ("pkg/main.handle", {"c/pkg/main.py": "def handle(e, c): ...\n"}),
        ("pkg.main.handle", {"c/pkg/main.py": "def handle(e, c): ...\n"}),
        ("pkg.handle", {"c/pkg/__init__.py": "from .main import handle\n"}),
        ("main.handle", {"c/main.cpython-313-x86_64-linux-gnu.so": ""}),
        ("main.handle", {"c/main.pyc": ""}),
    ],
)
def test_where_a_handler_may_be(tmp_path: Path, handler: str, files: dict[str, str]) -> None:
    assert checked(tmp_path, f"{{code: c, handler: {handler}}}", files) == []


def test_a_module_that_is_missing_is_told_at_the_handler(tmp_path: Path) -> None:
    files = {"c/app.py": "def handler(e, c): ...\n"}
    (found,) = checked(tmp_path, "{code: c, handler: main.handle}", files)
    assert (found.code.id, at(found)) == ("MSG622", "main.handle")
    assert "`c/main.py`" in found.message
    (found,) = checked(tmp_path, "{code: c, handler: main.handler}", files)
    assert found.help == "did you mean `handler: app.handler`?"
    (tmp_path / "c/app.py").unlink()
    (found,) = checked(tmp_path, "{code: c}", {})
    assert (found.code.id, at(found)) == ("MSG622", "c")  # nothing says `handler`


def test_a_layer_may_bring_the_module(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    layer = "arn:aws:lambda:eu-west-1:111122223333:layer:wrapper:1"
    assert checked(tmp_path, f"{{code: c, handler: wrapper.handle, layers: [{layer}]}}", {}) == []


def test_a_function_that_is_missing_is_told(tmp_path: Path) -> None:
    files = {"c/app.py": "def handle(e, c): ...\n"}
    (found,) = checked(tmp_path, "{code: c, handler: app.handler}", files)
    assert (found.code.id, at(found)) == ("MSG622", "app.handler")
    assert found.message == "`c/app.py` has no function `handler`"


def test_what_is_no_python_is_told_if_it_can_be_judged(tmp_path: Path) -> None:
    here = f"python3.{min(sys.version_info.minor, 14)}"
    files = {"c/app.py": "import os\ndef handle(e, c:\n"}
    (found,) = checked(tmp_path, f"{{code: c, runtime: {here}}}", files)
    assert found.code.id == "MSG623"
    assert "line 2" in found.message
    newer = [f"python3.{minor}" for minor in range(sys.version_info.minor + 1, 15)]
    for runtime in newer[:1]:  # whose syntax isn't known here
        assert checked(tmp_path, f"{{code: c, runtime: {runtime}}}", files) == []


def test_it_comes_with_everything_else(tmp_path: Path) -> None:
    text = TOPOLOGY.replace(
        "queues: {jobs: {", "queues: {other: {fifoo: true}, jobs: {delay: 20m, "
    )
    (tmp_path / "messaging.yaml").write_text(text % "{code: nowhere}")
    path = str(tmp_path / "messaging.yaml")
    told = {
        d.code.id
        for d in check(path, Disk(), check_project=check_project).diagnostics
        if d.is_error
    }
    assert told == {"MSG201", "MSG601", "MSG621"}
    assert "MSG621" not in {d.code.id for d in check(path, Disk()).diagnostics}


def test_one_folder_of_several_functions_is_told_once(tmp_path: Path) -> None:
    function = "{code: nowhere}\n  other: {from: {queue: jobs-dlq}, function: {code: nowhere}}"
    told = [d.code.name for d in checked(tmp_path, function, {})]
    assert told.count("missing-code-folder") == 1


@pytest.mark.parametrize(
    "source",
    [
        "def handler(event, context): ...",
        "async def handler(event, context): ...",
        "class handler: ...",
        "handler = make()",
        "handler: Callable = make()",
        "first, (second, *handler) = make()",
        "from lib import handler",
        "from lib import other as handler",
        "import handler",
        "import handler.inner",
        "from lib import *",
        "if DEBUG:\n    def handler(event, context): ...\nelse:\n    handler = None",
        "try:\n    from fast import handler\nexcept ImportError:\n    from slow import handler",
        "with open('x') as handler: ...",
        "for handler in (1, 2): ...",
        "while (handler := make()): ...",
        "match make():\n    case [handler]: ...",
        "match make():\n    case {'a': 1, **handler}: ...",
        "def set_up():\n    global handler\n    handler = make()\nset_up()",
        "globals()['handler'] = make()",
        "exec('handler = 1')",
        "def __getattr__(name): ...",
        "\ufeff\n@decorated\n@twice(lambda: 1)\ndef handler(event, context): ...",
        "def  handler (event, context): ...",
    ],
)
def test_a_name_that_a_module_has(source: str) -> None:
    assert defines(source.removeprefix("\ufeff"), "handler")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def handle(event, context): ...",
        "# def handler(event, context): ...",
        "class App:\n    def handler(self, event, context): ...",
        "def main():\n    handler = 1",
        "app.handler = 1",
        "handler == 1",
        "import lib.handler",
        "from handler import run",
        "print(handler)",
        "run(handler=1)",
        "handlers = {'handler': 1}",
    ],
)
def test_a_name_that_a_module_lacks(source: str) -> None:
    assert not defines(source, "handler")


@pytest.mark.parametrize("source", ["def handle(:", "x = \0", "(" * 10_000])
def test_what_is_no_python(source: str) -> None:
    with pytest.raises(UnparsableError):
        defines(source, "handler")


def test_handlers_that_are_not_read(tmp_path: Path) -> None:
    """Pipes aren't waited for, and what is outside the repository isn't looked into."""
    outside = tmp_path / "outside.py"
    outside.write_text("def handler(event, context): ...\n")
    project = tmp_path / "project"
    (project / "src").mkdir(parents=True)
    os.mkfifo(project / "src/other.py")
    (project / "src/linked.py").symlink_to(outside)
    (found,) = checked(project, "{code: src}", {})
    assert found.help is not None
    assert "did you mean" not in found.help
    os.mkfifo(project / "src/app.py")
    assert checked(project, "{code: src}", {}) == []


STRICT = '{"$dynamicAnchor": "n", "$ref": "tree.json", "unevaluatedProperties": false}'
TREE = '{"$dynamicAnchor": "n", "type": "object", "properties": {"a": {"$dynamicRef": "#n"}}}'


@pytest.mark.parametrize(
    ("function", "files", "found"),
    [
        ("{code: w}", {}, ["MSG742", "MSG741"]),
        ("{code: w}", {"w/jsonschema/__init__.py": ""}, ["MSG741"]),
        ("{code: w, packages: [jsonschema]}", {}, ["MSG741"]),
        ("{code: w, layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:x:1']}", {}, ["MSG741"]),
    ],
)
def test_a_function_without_the_package_that_checks_its_messages(
    tmp_path: Path, function: str, files: dict[str, str], found: list[str]
) -> None:
    schemas = {"strict.json": STRICT, "tree.json": TREE}
    handler = {"w/app.py": "def handler(event, context): ...\n"}
    text = TOPOLOGY.replace(
        "{type: object, properties: {id: {type: string}}}", "{$ref: strict.json}"
    )
    for name, content in {**schemas, **handler, **files, "messaging.yaml": text % function}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    topology = str(tmp_path / "messaging.yaml")
    told = check(topology, Disk(), check_project=check_project).diagnostics
    assert [each.code.id for each in told] == found


def test_a_package_that_no_message_needs(tmp_path: Path) -> None:
    files = {"w/app.py": "def handler(event, context): ...\n"}
    (found,) = checked(tmp_path, "{code: w, packages: [jsonschema]}", files)
    assert (found.code.id, at(found)) == ("MSG743", "[jsonschema]")
