"""What of the package a function's code has: what it imports, whatever else is in the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from msgc.source import Disk
from tests.assembly import ROOT
from tests.kit.bundled import bundled, content, kit_module, reordered
from tests.stubs.package import SHOP, stubs_of, written

EXAMPLE = ROOT / "examples" / "checkout"
FUNCTIONS = ("fraud", "invoicing", "warehouse")
PACKAGE = "checkout_messaging"


def put(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return edit


EDITS: dict[str, Callable[[str], str]] = {
    "a queue": put("queues:\n", "queues:\n  more: {description: More.}\n"),
    "a queue that is published to": put(
        "queues:\n", "queues:\n  more: {messages: [SendReceipt], external: true}\n"
    ),
    "a producer": put(
        "producers:\n",
        "producers:\n  till: {publishes: [{queue: receipts}, {topic: orders}], role: provided}\n",
    ),
    "a topic": put("topics:\n", "topics:\n  news: {messages: [OrderPlaced], external: true}\n"),
    "a message": put(
        "messages:\n", "messages:\n  Lost: {schema: {type: object, required: [a], "
        "properties: {a: {type: string, pattern: '^x+$'}}}}\n",
    ),
    "a consumer": put(
        "consumers:\n",
        "consumers:\n  tracker: {from: {queue: tracking}, function: provided}\n",
    ),
    "a subscription": put(
        "subscriptions:\n",
        "subscriptions:\n  more-mail: {from: {topic: orders}, messages: [OrderCancelled], "
        "to: {email: more@example.com}}\n",
    ),
    "descriptions": lambda text: re.sub(
        r"description: [A-Z][^\n,}]*", 'description: "Other words.\\\\n\\\\nAnd more."', text
    ),
    "a message of nobody's": put(
        "{order_id: {type: string}}, additionalProperties: false",
        "{order_id: {type: string}, why: {type: string}}, additionalProperties: false",
    ),
    "settings of a queue": put("delay: 10s", "delay: 20s"),
    "a test": put(
        "tests:\n", "tests:\n  - {name: x, publish: {topic: orders, message: OrderPlaced}, "
        "reaches: [consumer/fraud]}\n",
    ),
    "an order": reordered,
    "another archive": put("retention: 90d", "retention: 80d"),
}  # fmt: skip


def assets(text: str, root: Path, *, shared: bool = False) -> dict[str, dict[str, str]]:
    """The contents of the functions' assets, for the example with another text."""
    root.mkdir()
    if shared:
        text = re.sub(r"(?m)^(build:.*\n)", r"\1  runtime: src/acme_runtime\n", text)
    (root / "messaging.yaml").write_text(text)
    shutil.copytree(EXAMPLE / "schemas", root / "schemas")
    written(stubs_of(str(root / "messaging.yaml"), Disk()), root)
    return {
        name: content(
            bundled(
                EXAMPLE / "lambdas" / name,
                root / "src" / PACKAGE,
                root / "out" / name,
                root / "src/acme_runtime" if shared else None,
            )
        )
        for name in FUNCTIONS
    }


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    text = (EXAMPLE / "messaging.yaml").read_text()
    return assets(text, tmp_path_factory.mktemp("cut") / "before")


@pytest.fixture(scope="module")
def before_shared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    text = (EXAMPLE / "messaging.yaml").read_text()
    return assets(text, tmp_path_factory.mktemp("cut") / "before", shared=True)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_elsewhere_changes_no_function(
    name: str, before: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    text = EDITS[name]((EXAMPLE / "messaging.yaml").read_text())
    assert assets(text, tmp_path / "after") == before


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_elsewhere_changes_no_function_with_a_shared_runtime(
    name: str, before_shared: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    text = EDITS[name]((EXAMPLE / "messaging.yaml").read_text())
    assert assets(text, tmp_path / "after", shared=True) == before_shared


def test_a_shared_runtime_is_cut_as_an_own_one(
    before: dict[str, dict[str, str]], before_shared: dict[str, dict[str, str]]
) -> None:
    """The same modules; its own would have `incoming`, `codec`, ... in `_runtime`."""
    own = f"{PACKAGE}/_runtime/"
    for name in FUNCTIONS:
        moved = {path.replace(own, "acme_runtime/") for path in before[name]}
        assert {*before_shared[name]} == moved


def test_a_library_has_no_runtime_without_need(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "app.py").write_text("def handler(event, context): ...\n")
    root = tmp_path / "root"
    assets((EXAMPLE / "messaging.yaml").read_text(), root, shared=True)
    package, runtime = root / "src" / PACKAGE, root / "src/acme_runtime"
    assert {*content(bundled(code, package, tmp_path / "asset", runtime))} == {"app.py"}


def test_the_order_of_a_file_is_of_no_matter_to_code(tmp_path: Path) -> None:
    files = [SHOP, *(ROOT / "tests/cases/ok").glob("*/messaging.yaml")]
    for number, file in enumerate(files):
        if re.search(r": \*\w", file.read_text()):
            continue  # anchors stand before what refers to them
        copy = tmp_path / str(number)
        shutil.copytree(file.parent, copy, ignore=shutil.ignore_patterns("expected"))
        before = stubs_of(str(copy / file.name), Disk())
        (copy / file.name).write_text(reordered(file.read_text()))
        after = {each.path: each.text for each in stubs_of(str(copy / file.name), Disk())}
        for each in before:
            if "/testing/" not in each.path and each.path.endswith(".py"):
                assert code(after[each.path]) == code(each.text), each.path


def code(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.strip().startswith("#")]


def test_an_edit_of_what_is_imported_changes_who_imports_it(
    before: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    text = (EXAMPLE / "messaging.yaml").read_text()
    edit = put("delay: 10s", "max_size: 64KiB")
    after = assets(edit(text), tmp_path / "after")
    assert [name for name in FUNCTIONS if before[name] != after[name]] == ["invoicing"]


def test_the_rest_of_the_package_stays_behind(before: dict[str, dict[str, str]]) -> None:
    files = {name.removeprefix(f"{PACKAGE}/") for name in before["warehouse"]}
    assert {"__init__.py", "consumers/warehouse.py", "messages/order_placed.py"} < files
    rooms = {name.split("/")[0] for name in files}
    assert rooms == {"app.py", "__init__.py", "_runtime", "consumers", "messages"}
    assert "_runtime/handling/envelopes.py" in files
    assert "_runtime/handling/envelopes.py" not in before["invoicing"]


RUN = """\
import json, sys
sys.path[:] = [path for path in sys.path if "site-packages" not in path]
import app
if hasattr(app, "receipts"):
    class Client:
        def send_message(self, **parameters):
            return {"MessageId": "1"}
    url = "https://sqs.eu-west-1.amazonaws.com/1/q"
    app.receipts = type(app.receipts)(url=url, client=Client())
answers = [app.handler(event) for event in json.load(sys.stdin) for _ in range(150)]
names = __import__("checkout_messaging").__all__
assert all(hasattr(__import__("checkout_messaging"), name) for name in names)
json.dump(answers[-1], sys.stderr)
"""

BODY = {
    "order_id": "o-1", "event_id": "e-1", "total": 120.5, "customer": {"tier": "gold"},
    "items": [{"sku": "A", "quantity": 1}],
}  # fmt: skip


def record(body: object) -> dict[str, object]:
    return {"messageId": "m-1", "body": json.dumps(body), "attributes": {}}


EVENT = {"id": "1", "source": "com.example.checkout", "detail-type": "OrderPlaced", "detail": BODY}
SNS = {"Type": "Notification", "TopicArn": "a", "MessageId": "1", "Message": json.dumps(BODY)}
NOTIFICATION = {"Records": [{"Sns": SNS}]}
EVENTS = {
    "fraud": NOTIFICATION,
    "invoicing": {"Records": [record(BODY), record({"order_id": 1})]},
    "warehouse": {"Records": [record(EVENT), record({})]},
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_left_works_alone(name: str, tmp_path: Path) -> None:
    """A message many times, for the compiled path, and one that is refused."""
    folder = bundled(EXAMPLE / "lambdas" / name, EXAMPLE / "src" / PACKAGE, tmp_path / "asset")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.')\n{RUN}"],
        cwd=folder,
        input=json.dumps([EVENTS[name]]),
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = done.stderr.splitlines()[-1]
    if name != "fraud":
        assert json.loads(answer) == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_generated_is_small(name: str, tmp_path: Path) -> None:
    """60 KB of a function's zip; CDK's compresses as this one does."""
    folder = bundled(EXAMPLE / "lambdas" / name, EXAMPLE / "src" / PACKAGE, tmp_path / "asset")
    packed = shutil.make_archive(str(tmp_path / name), "zip", folder, PACKAGE)
    assert Path(packed).stat().st_size < 60_000


def test_the_runtime_has_no_descriptions_and_its_lines_their_numbers(tmp_path: Path) -> None:
    package = EXAMPLE / "src" / PACKAGE
    folder = bundled(EXAMPLE / "lambdas" / "warehouse", package, tmp_path / "asset")
    for path in (folder / PACKAGE / "_runtime").rglob("*.py"):
        whole = (package / path.relative_to(folder / PACKAGE)).read_text().splitlines()
        for number, (line, before) in enumerate(
            zip(path.read_text().splitlines(), whole, strict=False)
        ):
            if line.strip() and not line.strip().startswith('"""'):
                assert line == before or line.strip() == "...", (path, number)
        assert "# Generated" not in path.read_text()


NAMES = {
    "from shop import A, b": {"A", "b"},
    "from shop.consumers import x": {"consumers.x"},
    "from shop.messages.a import A as B\nB()": {"messages.a.A", "messages.a.A.*"},
    "import shop\nshop.A(shop.consumers.x.handler)": {
        "", "A", "consumers", "consumers.x", "consumers.x.handler"
    },
    "import shop.consumers.x as y\ny.handler": {"consumers.x", "consumers.x.handler"},
    "import shop\nprint(shop)": {"", "*"},
    "from shop import messages\nmessages.A": {"messages", "messages.A"},
    "from shop import *": {"*"},
    "def f():\n    from shop import A": {"A"},
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop import A": set(),
    "import typing as t\nif t.TYPE_CHECKING:\n    import shop\nelse:\n    from shop import B": {
        "B"
    },
    "import os, shopping\nfrom shopping.shop import x": set(),
    "from importlib import import_module\nimport_module(name)": {"*"},
    "import importlib\nimportlib.import_module(f'{x}.y')": {"*"},
    "import importlib\nimportlib.import_module('boto3')": set(),
    "import importlib\nimportlib.import_module('shop.messages.a')": {"messages.a.*"},
    "from importlib.metadata import version\nversion('x')": set(),
    "import importlib.metadata\nimportlib.metadata.version('x')": set(),
    "import importlib.util": {"*"},
    "load = __import__": {"*"},
    "__import__('json')": set(),
    "import runpy": {"*"},
    "MODULES = ['shop.consumers.x', 'a shop.y']": {"consumers.x.*"},
    "shop (": {"*"},
    "print 'no package of ours'": set(),
}  # fmt: skip


@pytest.mark.parametrize("source", NAMES)
def test_names_that_a_file_imports(source: str) -> None:
    assert kit_module("imports").imported(source.encode(), "shop") == NAMES[source]


def test_libraries_in_the_folder_are_read_for_statements_alone(tmp_path: Path) -> None:
    code = tmp_path / "code"
    (code / "lib").mkdir(parents=True)
    (code / "lib-1.dist-info").mkdir()
    (code / "lib-1.dist-info" / "RECORD").write_text("lib/__init__.py,,\n")
    (code / "lib" / "__init__.py").write_text("from importlib import import_module as any_of\n")
    (code / "app.py").write_text("import lib\nfrom checkout_messaging import Shipped\n")
    files = content(bundled(code, EXAMPLE / "src" / PACKAGE, tmp_path / "asset"))
    assert f"{PACKAGE}/messages/shipped.py" in files
    assert f"{PACKAGE}/messages/finding.py" not in files


def test_what_cannot_be_told_takes_all_but_tests(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "app.py").write_text("import importlib.util\n")
    files = content(bundled(code, EXAMPLE / "src" / PACKAGE, tmp_path / "asset"))
    package = EXAMPLE / "src" / PACKAGE
    expected = {f"{PACKAGE}/{path.relative_to(package)}" for path in package.rglob("*.py")}
    expected = {path for path in expected if not path.startswith(f"{PACKAGE}/testing/")}
    assert {*files} == {"app.py", *expected}


def test_files_of_your_own_in_the_package_come_along(tmp_path: Path) -> None:
    package = tmp_path / PACKAGE
    written(stubs_of(str(EXAMPLE / "messaging.yaml"), Disk()), tmp_path)
    package = tmp_path / "src" / PACKAGE
    (package / "ours.py").write_text(
        f"# ours\nfrom {PACKAGE} import Shipped\n\nX = '''\n\n# x'''\n"
    )
    (package / "rates.json").write_text("{}")
    code = tmp_path / "code"
    code.mkdir()
    (code / "app.py").write_text(f"from {PACKAGE}.ours import X\n")
    folder = bundled(code, package, tmp_path / "asset")
    files = content(folder)
    assert {f"{PACKAGE}/messages/shipped.py", f"{PACKAGE}/rates.json"} < {*files}
    assert (folder / PACKAGE / "ours.py").read_text() == (package / "ours.py").read_text()


@pytest.mark.parametrize("left", ["nothing", "all but its root"])
def test_a_package_that_is_not_there(tmp_path: Path, left: str) -> None:
    """Whoever imports it can't be deployed without it, and whoever doesn't can."""
    package, code = tmp_path / "shop_messaging", tmp_path / "code"
    code.mkdir()
    if left != "nothing":
        (package / "messages").mkdir(parents=True)
        (package / "messages/__init__.py").write_text("")
    (code / "app.py").write_text("def handler(event, context): ...\n")
    bundled(code, package, tmp_path / "one")
    (code / "app.py").write_text("from shop_messaging.messages import A\n")
    with pytest.raises(
        FileNotFoundError, match=r"no package in .*shop_messaging: run `msgc build`"
    ):
        bundled(code, package, tmp_path / "other")


def test_code_without_the_package_that_checks_its_messages_is_refused(tmp_path: Path) -> None:
    cutting = kit_module("cutting")
    keywords = tmp_path / "out" / "shop" / "_runtime" / "codec" / "keywords"
    keywords.mkdir(parents=True)
    cutting.refuse_without_package(tmp_path / "worker", tmp_path / "out")
    (keywords / "library.py").touch()
    with pytest.raises(ModuleNotFoundError, match="`worker` needs the package `jsonschema`"):
        cutting.refuse_without_package(tmp_path / "worker", tmp_path / "out")
    (tmp_path / "out" / "jsonschema").mkdir()
    cutting.refuse_without_package(tmp_path / "worker", tmp_path / "out")
