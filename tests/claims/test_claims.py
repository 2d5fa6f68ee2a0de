"""What is wrong with `build`, told before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.artifact import HASH
from msgc.diagnostics import Diagnostic
from msgc.pipeline.build import prepare
from msgc.pipeline.check import check
from msgc.pipeline.project_check import check_project
from msgc.source import Disk

FILE = "version: 1\nservice: shop\nqueues: {jobs: {}}\n"


def validated(folder: Path, build: str) -> list[Diagnostic]:
    path = folder / "messaging.yaml"
    path.write_text(f"{FILE}{build}")
    outcome = check(str(path), Disk(), check_project=check_project)
    told = [d for d in outcome.diagnostics if d.is_error]
    prepared = prepare(str(path), Disk())
    assert [(d.code.id, d.message) for d in prepared.diagnostics if d.is_error] == [
        (d.code.id, d.message) for d in told
    ]
    assert (prepared.plan is None) == bool(told)
    return told


@pytest.mark.parametrize(
    ("build", "code", "said"),
    [
        ("stack: ../stack", "MSG801", "`../stack` is outside"),
        ("stubs: ../../package", "MSG801", "`../../package` is outside"),
        ("stack: infra/../../stack", "MSG801", "is outside"),
        ("stack: link/stack", "MSG801", "is outside"),
        ("stack: /stack", "MSG801", "is absolute"),
        ("stubs: /package", "MSG801", "is absolute"),
        ("stack: file", "MSG803", "`file` is a file"),
        ("stack: file/stack", "MSG803", "`file` is a file"),
        ("stack: file/deep/stack", "MSG803", "`file` is a file"),
        ("stubs: file", "MSG803", "`file` is a file"),
        ("stubs: file/package/", "MSG803", "`file` is a file"),
        ("stack: src/package/stack, stubs: src/package", "MSG804", "in the folder of the stubs"),
        ("stack: src/package, stubs: src/package/", "MSG804", "in the folder of the stubs"),
        ("stack: ./src/x/../package/a, stubs: src/package", "MSG804", "in the folder of the stubs"),
        ("stack: infra, stubs: infra/package", "MSG804", "in the folder of the stack"),
        ("stubs: src/import", "MSG620", "a word of Python"),
        ("stack: infra/class", "MSG620", "a word of Python"),
        ("stubs: src/json", "MSG620", "that generated code needs"),
        ("stack: infra/aws_cdk", "MSG620", "that generated code needs"),
        ("stubs: boto3", "MSG620", "that generated code needs"),
        ("runtime: ../../../runtime", "MSG801", "`../../../runtime` is outside the repository"),
        ("kit: /kit", "MSG801", "is absolute"),
        ("runtime: file", "MSG803", "`file` is a file"),
        ("runtime: src/json", "MSG620", "that generated code needs"),
        ("stubs: src/x, runtime: src/x/y", "MSG804", "in the folder of the stubs"),
        ("stubs: src/x, runtime: lib/x", "MSG804", "has the name of the stubs"),
        ("kit: lib/x, runtime: lib/x", "MSG804", "in the folder of the runtime"),
    ],
)
def test_a_place_that_cannot_be(tmp_path: Path, build: str, code: str, said: str) -> None:
    project = tmp_path / "a/b"
    for folder in (project, tmp_path / "elsewhere"):
        folder.mkdir(parents=True)
    (tmp_path / "a/.git").mkdir()
    (project / "file").write_text("")
    (project / "link").symlink_to(tmp_path / "elsewhere")
    (found,) = validated(project, f"build: {{{build}}}\n")
    assert found.code.id == code
    assert said in found.message
    text = found.span.source.text[found.span.start : found.span.end]
    assert text in build


@pytest.mark.parametrize("key", ["runtime", "stubs"])
@pytest.mark.parametrize("name", ["app", "rates", "tables"])
def test_a_package_with_the_name_of_something_in_a_function(
    tmp_path: Path, key: str, name: str
) -> None:
    """Both lie in the function's code, and only one could be imported."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "code/tables").mkdir(parents=True)
    (tmp_path / "code/app.py").write_text("def handler(event, context): ...\n")
    (tmp_path / "code/rates.py").write_text("")
    consumer = "consumers: {worker: {from: {queue: jobs}, function: {code: code}}}\n"
    (found,) = validated(tmp_path, f"{consumer}build: {{{key}: libs/{name}}}\n")
    assert found.code.id == "MSG620"
    assert f"would lie beside `code/{name}" in found.message
    assert not validated(tmp_path, f"{consumer}build: {{stack: infra/app, {key}: libs/other}}\n")


@pytest.mark.parametrize("text", ["x = 1\n", f"{HASH.begin('billing')}\n", ""])
@pytest.mark.parametrize("place", ["infra/shop_messaging_stack", "src/shop_messaging"])
def test_a_module_that_would_be_hidden(tmp_path: Path, place: str, text: str) -> None:
    module = tmp_path / f"{place}.py"
    module.parent.mkdir()
    module.write_text(text)
    (found,) = validated(tmp_path, "")
    assert found.code.id == "MSG804"
    assert found.message == f"the package `{place}` would hide the module `{place}.py`"
    module.write_text(f"{HASH.begin('shop')}\nx = 1\n")  # the build removes it
    assert validated(tmp_path, "") == []


def test_a_link_is_a_module_that_would_be_hidden(tmp_path: Path) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "generated.py").write_text(f"{HASH.begin('shop')}\n")
    (tmp_path / "infra/shop_messaging_stack.py").symlink_to(tmp_path / "generated.py")
    assert [d.code.id for d in validated(tmp_path, "")] == ["MSG804"]


def test_a_folder_that_is_called_like_a_module_hides_none(tmp_path: Path) -> None:
    (tmp_path / "infra/shop_messaging_stack.py").mkdir(parents=True)
    assert validated(tmp_path, "") == []


def test_what_is_wrong_with_both_is_told_at_once(tmp_path: Path) -> None:
    told = validated(tmp_path, "build: {stack: ../class, stubs: /json}\n")
    assert [d.code.id for d in told] == ["MSG620", "MSG801", "MSG620", "MSG801"]


def test_a_default_place_that_is_taken_is_told_at_the_service(tmp_path: Path) -> None:
    (tmp_path / "infra").write_text("")
    (found,) = validated(tmp_path, "")
    assert (found.code.id, found.span.source.position(found.span.start)) == ("MSG803", (2, 1))


@pytest.mark.parametrize(
    "build",
    [
        "",
        "build: {stack: stack, stubs: package}\n",
        "build: {stack: infra/stack, stubs: infra/stubs}\n",
        "build: {stack: ./infra/stack/, stubs: src/package/}\n",
        "build: {stack: src/package_stack, stubs: src/package}\n",
        "build: {stack: a/../stack}\n",
    ],
)
def test_a_place_that_can_be(tmp_path: Path, build: str) -> None:
    assert validated(tmp_path, build) == []


def leftovers(path: Path) -> list[str]:
    outcome = check(str(path), Disk(), check_project=check_project)
    return [d.message for d in outcome.diagnostics if d.code.name == "left-over-output"]


def test_a_folder_under_a_former_name_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "messaging.yaml"
    path.write_text(FILE)
    left = tmp_path / "infra" / "checkout_messaging_stack"
    left.mkdir(parents=True)
    (left / "__init__.py").write_text(f"{HASH.begin('checkout')}\n")
    own = tmp_path / "infra" / "payments_messaging_stack"
    own.mkdir()
    (own / "__init__.py").write_text("print('mine')\n")
    (tmp_path / "infra" / "x_messaging_stack").write_text("a file")
    (told,) = leftovers(path)
    assert told.startswith("`infra/checkout_messaging_stack` was generated for `checkout`, and no")
    other = tmp_path / "other"
    other.mkdir()
    (other / "messaging.yaml").write_text(FILE.replace("shop", "checkout"))
    assert leftovers(path) == []
    (other / "messaging.yaml").unlink()
    path.write_text(f"{FILE}build: {{stack: infra/shop}}\n")
    assert leftovers(path) == []
