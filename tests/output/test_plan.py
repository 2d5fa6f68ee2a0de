from __future__ import annotations

import os
from pathlib import Path

import pytest

from msgc import output
from msgc.artifact import HASH, Artifact
from tests.output.conftest import BANNER, CLAIMS, STACK, Planner, generated
from tests.output.overlaps import overlapping


def statuses(plan: output.Plan | None) -> dict[str, str]:
    assert plan is not None
    return {change.path: change.status for change in plan.changes}


def test_every_kind_of_change(tmp_path: Path, planned: Planner) -> None:
    package = tmp_path / "src/pkg"
    (package / "old").mkdir(parents=True)
    (package / "same.py").write_text(generated())
    (package / "differs.py").write_text(generated("x = 2\n"))
    (package / "old/gone.py").write_text(generated())
    (package / "mine.py").write_text("# my own\n")
    plan = planned(
        {
            STACK: generated(),
            "src/pkg/same.py": generated(),
            "src/pkg/differs.py": generated(),
        }
    ).value
    assert statuses(plan) == {
        STACK: "create",
        "src/pkg/same.py": "same",
        "src/pkg/differs.py": "update",
        "src/pkg/old/gone.py": "stale",
    }


def test_crlf_is_lf(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack").mkdir(parents=True)
    (tmp_path / STACK).write_bytes(generated().replace("\n", "\r\n").encode())
    plan = planned({STACK: generated()}).value
    assert statuses(plan) == {STACK: "same"}
    assert plan is not None
    assert plan.clean


def test_a_foreign_file_is_refused(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack").mkdir(parents=True)
    (tmp_path / STACK).write_text("# written by hand\n")
    files = (STACK, "src/pkg/a.py", "src/pkg/b.py", "src/pkg/sub/c.py")
    outcome = planned(dict.fromkeys(files, generated()))
    assert outcome.value is None
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code.name == "foreign-file"
    assert repr(diagnostic.span) == "messaging.yaml:1:8"


def test_an_empty_file_may_be_taken(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "src/pkg/__init__.py").touch()
    plan = planned({"src/pkg/__init__.py": generated()}).value
    assert statuses(plan) == {"src/pkg/__init__.py": "update"}


@pytest.mark.parametrize("path", ["../stack", "/tmp/stack", "a/../../stack", "."])  # noqa: S108
def test_outside_the_project(planned: Planner, path: str) -> None:
    claims = (CLAIMS[0].replace(path=path), CLAIMS[1])
    outcome = planned({f"{path}/a.py": generated(), "src/pkg/a.py": generated()}, claims)
    assert outcome.value is None
    assert [d.code.name for d in outcome.diagnostics] == ["output-outside-project"]


def test_a_link_out_of_the_project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, planned: Planner
) -> None:
    (tmp_path / "src").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    outcome = planned({"src/pkg/a.py": generated()})
    assert [d.code.name for d in outcome.diagnostics] == ["output-outside-project"]


def test_a_link_within_the_project_is_followed(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "src").symlink_to(tmp_path / "real")
    plan = planned({"src/pkg/a.py": generated()}).value
    assert plan is not None
    assert output.apply(plan) == ()
    assert (tmp_path / "real/pkg/a.py").read_text() == generated()
    assert (tmp_path / "src").is_symlink()


def test_two_files_of_one_path(planned: Planner) -> None:
    source = {"src/pkg/a.py": generated(), "src/pkg/./a.py": generated("x = 2\n")}
    outcome = planned(source)
    assert [d.code.name for d in outcome.diagnostics] == ["colliding-output"]


def test_a_file_where_a_folder_should_be(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src").write_text("not a folder")
    files = (STACK, "src/pkg/a.py", "src/pkg/b.py", "src/pkg/sub/c.py")
    outcome = planned(dict.fromkeys(files, generated()))
    assert outcome.value is None
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code.name == "unwritable-output"
    assert diagnostic.message == "`src/pkg/a.py` can't be written: not a directory"


def test_a_folder_where_a_file_should_be(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / STACK).mkdir(parents=True)
    outcome = planned({STACK: generated()})
    assert [d.code.name for d in outcome.diagnostics] == ["unwritable-output"]


def test_all_refusals_at_once(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack").mkdir(parents=True)
    (tmp_path / STACK).write_text("mine")
    (tmp_path / "src").write_text("mine")
    outcome = planned({STACK: generated(), "src/pkg/a.py": generated()})
    assert [d.code.name for d in outcome.diagnostics] == ["foreign-file", "unwritable-output"]


def test_a_link_is_never_stale(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "shared.py").write_text(generated())
    (tmp_path / "src/pkg/shared.py").symlink_to(tmp_path / "shared.py")
    assert statuses(planned({STACK: generated()}).value) == {STACK: "create"}


def test_a_module_that_a_package_has_replaced_is_stale(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra").mkdir()
    for name in ("stack.py", "other.py"):
        (tmp_path / "infra" / name).write_text(generated())
    assert statuses(planned({STACK: generated()}).value) == {
        STACK: "create",
        "infra/stack.py": "stale",
    }


@pytest.mark.parametrize("text", ["x = 1\n", f"{HASH.begin('billing')}\n", ""])
def test_a_module_of_another_hand_is_never_stale(
    tmp_path: Path, planned: Planner, text: str
) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/stack.py").write_text(text)
    assert statuses(planned({STACK: generated()}).value) == {STACK: "create"}


def test_a_module_is_looked_for_where_the_link_is(tmp_path: Path, planned: Planner) -> None:
    """Not where it leads, and a module that is a link itself is not looked into."""
    (tmp_path / "real/pkg").mkdir(parents=True)
    for path in ("infra", "src"):
        (tmp_path / path).mkdir()
    (tmp_path / "infra/stack").symlink_to(tmp_path / "real/pkg")
    (tmp_path / "infra/stack.py").symlink_to(tmp_path / "real/mine.py")
    for name in ("pkg.py", "mine.py"):
        (tmp_path / "real" / name).write_text(generated())
    assert statuses(planned({STACK: generated()}).value) == {STACK: "create"}
    (tmp_path / "infra/stack.py").unlink()
    (tmp_path / "infra/stack.py").write_text(generated())
    assert statuses(planned({STACK: generated()}).value) == {
        STACK: "create",
        "infra/stack.py": "stale",
    }


def test_stale_files_of_a_stack_are_removed(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack/_kit").mkdir(parents=True)
    (tmp_path / "infra/stack/_kit/a.py").write_text(generated())
    (tmp_path / "infra/stack/mine.py").write_text("# my own\n")
    assert statuses(planned({STACK: generated()}).value) == {
        STACK: "create",
        "infra/stack/_kit/a.py": "stale",
    }


BELOW = {
    "in code": "x = 1\n{}\n",
    "in a docstring": '"""\n{}\n"""\n',
    "behind code": "import os  {}\n",
    "indented": "    {}\n",
    "quoted": "# he said: {}\n",
}


@pytest.mark.parametrize("where", BELOW)
def test_a_banner_that_is_not_in_the_comments_at_the_top(
    tmp_path: Path, planned: Planner, where: str
) -> None:
    """Such as in a tool that looks for generated files."""
    (tmp_path / "src/pkg").mkdir(parents=True)
    for name in ("a.py", "b.py"):
        (tmp_path / "src/pkg" / name).write_text(BELOW[where].format(BANNER))
    outcome = planned({"src/pkg/a.py": generated("x = 2\n")})
    assert [d.code.name for d in outcome.diagnostics] == ["foreign-file"]
    (tmp_path / "src/pkg/a.py").unlink()
    assert statuses(planned({"src/pkg/a.py": generated()}).value) == {"src/pkg/a.py": "create"}


ABOVE = {
    "a shebang": "#!/usr/bin/env python3\n{}\n",
    "a licence": f"# Copyright\n#\n{'# All rights reserved.' * 50}\n\n{{}}\n",
    "a byte-order mark": "\ufeff{}\n",
    "Windows line ends": "# -*- coding: utf-8 -*-\r\n{}\r\n",
}


@pytest.mark.parametrize("what", ABOVE)
def test_what_may_stand_above_the_banner(tmp_path: Path, planned: Planner, what: str) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    for name in ("a.py", "b.py"):
        (tmp_path / "src/pkg" / name).write_bytes(ABOVE[what].format(BANNER).encode())
    plan = planned({"src/pkg/a.py": generated("x = 2\n")}).value
    assert statuses(plan) == {"src/pkg/a.py": "update", "src/pkg/b.py": "stale"}


@pytest.mark.parametrize("service", ["billing", "checkout-2", "check"])
def test_files_of_another_service(tmp_path: Path, planned: Planner, service: str) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / "src/pkg" / name).write_text(f"{HASH.begin(service)}\n")
    (diagnostic,) = planned({f"src/pkg/{n}.py": generated() for n in "ab"}).diagnostics
    assert diagnostic.code.name == "output-of-another-service"
    assert diagnostic.message == f"`src/pkg/a.py` was generated for the service `{service}`"
    plan = planned({"src/pkg/d.py": generated()}).value
    assert statuses(plan) == {"src/pkg/d.py": "create"}


def test_a_banner_without_a_service(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack").mkdir(parents=True)
    (tmp_path / STACK).write_text("# Generated by msgc from messaging.yaml. Do not edit")
    (diagnostic,) = planned({STACK: generated()}).diagnostics
    assert diagnostic.code.name == "output-of-another-service"


@pytest.mark.parametrize("mark", ["messaging.yaml", "messaging.yml", "pyvenv.cfg", ".git"])
def test_a_folder_below_that_belongs_to_somebody_else(
    tmp_path: Path, planned: Planner, mark: str
) -> None:
    below = tmp_path / "src/pkg/below"
    (below / "deep").mkdir(parents=True)
    (below / mark).touch()
    for path in (below / "a.py", below / "deep/a.py"):
        path.write_text(generated())
    assert statuses(planned({"src/pkg/a.py": generated()}).value) == {"src/pkg/a.py": "create"}


@pytest.mark.parametrize("name", [".venv", "node_modules", "__pycache__", "site-packages"])
def test_folders_of_tools_are_not_looked_into(tmp_path: Path, planned: Planner, name: str) -> None:
    (tmp_path / "src/pkg" / name).mkdir(parents=True)
    (tmp_path / "src/pkg" / name / "a.py").write_text(generated())
    assert statuses(planned({"src/pkg/a.py": generated()}).value) == {"src/pkg/a.py": "create"}


@pytest.mark.parametrize("folder", ["src", "src/pkg", "infra"])
def test_an_output_in_another_project(tmp_path: Path, planned: Planner, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "messaging.yaml").touch()
    outcome = planned({STACK: generated(), "src/pkg/a.py": generated()})
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code.name == "output-in-another-project"
    assert f"`{folder}/messaging.yaml`" in diagnostic.message


@pytest.mark.parametrize("path", [".git/hooks", "src/.git/pkg", ".GIT/pkg"])
def test_nothing_is_written_for_version_control(planned: Planner, path: str) -> None:
    outcome = planned({f"{path}/a.py": generated()}, (CLAIMS[0], CLAIMS[1].replace(path=path)))
    assert [d.code.name for d in outcome.diagnostics] == ["output-outside-project"]


def test_pipes_are_never_waited_for(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    os.mkfifo(tmp_path / "src/pkg/a.py")
    os.mkfifo(tmp_path / "src/pkg/b.py")
    (diagnostic,) = planned({"src/pkg/a.py": generated()}).diagnostics
    assert diagnostic.message == "`src/pkg/a.py` can't be written: a pipe"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("src/pkg", "src/pkg", 1),
        ("src/pkg", "src/pkg/below", 1),
        ("src/pkg/below", "src/pkg", 1),
        ("src/pkg", "src/pkg2", 0),
        ("src/pkg", "src/a", 0),
    ],
)
def test_outputs_of_two_services(tmp_path: Path, first: str, second: str, expected: int) -> None:
    plans = []
    for i, path in enumerate((first, second)):
        claims = (CLAIMS[0].replace(path=f"infra/{i}"), CLAIMS[1].replace(path=path))
        files = [Artifact(path=f"{path}/a.py", text=generated())]
        plan = output.plan(files, claims, str(tmp_path), service=f"s{i}").value
        assert plan is not None
        plans.append(plan)
    found = overlapping(plans)
    assert [d.code.name for d in found] == ["overlapping-output"] * expected
    assert overlapping(plans[:1]) == ()
