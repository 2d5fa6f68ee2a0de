from __future__ import annotations

from pathlib import Path

import pytest

from msgc import output
from tests.output.conftest import CLAIMS, Planner, generated


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
            "infra/stack.py": generated(),
            "src/pkg/same.py": generated(),
            "src/pkg/differs.py": generated(),
        }
    ).value
    assert statuses(plan) == {
        "infra/stack.py": "create",
        "src/pkg/same.py": "same",
        "src/pkg/differs.py": "update",
        "src/pkg/old/gone.py": "stale",
    }


def test_crlf_is_lf(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/stack.py").write_bytes(generated().replace("\n", "\r\n").encode())
    plan = planned({"infra/stack.py": generated()}).value
    assert statuses(plan) == {"infra/stack.py": "same"}
    assert plan is not None
    assert plan.clean


def test_a_foreign_file_is_refused(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/stack.py").write_text("# written by hand\n")
    files = ("infra/stack.py", "src/pkg/a.py", "src/pkg/b.py", "src/pkg/sub/c.py")
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


@pytest.mark.parametrize("path", ["../stack.py", "/tmp/stack.py", "a/../../stack.py", "."])  # noqa: S108
def test_outside_the_project(planned: Planner, path: str) -> None:
    claims = (CLAIMS[0].replace(path=path), CLAIMS[1])
    outcome = planned({path: generated(), "src/pkg/a.py": generated()}, claims)
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
    claims = (CLAIMS[0].replace(path="src/pkg/a.py"), CLAIMS[1])
    source = {"src/pkg/a.py": generated(), "src/pkg/./a.py": generated("x = 2\n")}
    outcome = planned(source, claims)
    assert [d.code.name for d in outcome.diagnostics] == ["colliding-output"]


def test_a_file_where_a_folder_should_be(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src").write_text("not a folder")
    files = ("infra/stack.py", "src/pkg/a.py", "src/pkg/b.py", "src/pkg/sub/c.py")
    outcome = planned(dict.fromkeys(files, generated()))
    assert outcome.value is None
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code.name == "unwritable-output"
    assert diagnostic.message == "`src/pkg/a.py` can't be written: not a directory"


def test_a_folder_where_a_file_should_be(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra/stack.py").mkdir(parents=True)
    outcome = planned({"infra/stack.py": generated()})
    assert [d.code.name for d in outcome.diagnostics] == ["unwritable-output"]


def test_all_refusals_at_once(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/stack.py").write_text("mine")
    (tmp_path / "src").write_text("mine")
    outcome = planned({"infra/stack.py": generated(), "src/pkg/a.py": generated()})
    assert [d.code.name for d in outcome.diagnostics] == ["foreign-file", "unwritable-output"]


def test_a_link_is_never_stale(tmp_path: Path, planned: Planner) -> None:
    (tmp_path / "src/pkg").mkdir(parents=True)
    (tmp_path / "shared.py").write_text(generated())
    (tmp_path / "src/pkg/shared.py").symlink_to(tmp_path / "shared.py")
    assert statuses(planned({"infra/stack.py": generated()}).value) == {"infra/stack.py": "create"}
