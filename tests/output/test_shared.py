"""A folder that services share: every one of them writes it, and none takes it from another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from msgc import output
from msgc.output.stamps import is_later
from msgc.pipeline.build import Prepared, prepare, write
from msgc.source import Disk
from tests.output.overlaps import overlapping

FILE = """\
version: 1
service: {service}
build: {{runtime: ../libs/acme_runtime, kit: ../libs/acme_kit}}
messages: {{A: {{schema: {{type: object}}}}}}
queues: {{jobs: {{messages: [A], external: true}}}}
producers: {{web: {{publishes: [{{queue: jobs}}]}}}}
"""
STAMP = "# The runtime of msgc "


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for service in ("billing", "shop"):
        (tmp_path / service).mkdir()
        (tmp_path / service / "messaging.yaml").write_text(FILE.format(service=service))
    return tmp_path


def planned(repository: Path, service: str) -> Prepared:
    return prepare(str(repository / service / "messaging.yaml"), Disk())


def build(repository: Path, service: str) -> output.Plan:
    plan = planned(repository, service).plan
    assert plan is not None
    assert write(plan) == ()
    return plan


def told(outcome: Prepared) -> list[tuple[str, str]]:
    return [(d.code.id, d.message) for d in outcome.diagnostics if d.is_error]


def shared(repository: Path) -> dict[str, bytes]:
    folder = repository / "libs"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def test_every_service_writes_the_same(repository: Path) -> None:
    build(repository, "billing")
    before = shared(repository)
    build(repository, "shop")
    assert shared(repository) == before
    assert {"acme_kit/queues.py", "acme_runtime/testing/fakes.py"} < {*before}
    for service in ("billing", "shop"):
        plan = planned(repository, service).plan
        assert plan is not None
        assert plan.clean
    shutil.rmtree(repository / "libs")
    build(repository, "shop")
    assert shared(repository) == before


def test_services_are_planned_before_any_is_written(repository: Path) -> None:
    plans = [planned(repository, service).plan for service in ("billing", "shop")]
    first, second = (plan for plan in plans if plan is not None)
    assert overlapping((first, second)) == ()
    assert write(first) == ()
    again = output.refreshed(second)
    assert {c.path.partition("/")[0] for c in again.having("create")} == {
        "infra",
        "messaging.inventory",
        "src",
    }
    assert write(second) == ()


def test_a_service_that_leaves_takes_nothing_away(repository: Path) -> None:
    build(repository, "billing")
    build(repository, "shop")
    before = shared(repository)
    file = repository / "shop/messaging.yaml"
    file.write_text(file.read_text().replace("build:", "x-build:"))
    build(repository, "shop")
    assert shared(repository) == before
    assert (repository / "shop/src/shop_messaging/_runtime/__init__.py").is_file()
    assert not (repository / "shop/src/shop_messaging/_runtime.py").exists()
    plan = planned(repository, "billing").plan
    assert plan is not None
    assert plan.clean


def test_an_edit_by_hand_is_seen_and_what_is_left_over_goes(repository: Path) -> None:
    build(repository, "billing")
    folder = repository / "libs/acme_runtime"
    with (folder / "errors.py").open("a") as file:
        file.write("x = 1\n")
    (folder / "codec/old.py").write_bytes((folder / "codec/maps.py").read_bytes())
    (folder / "ours.py").write_text("x = 1\n")
    plan = planned(repository, "shop").plan
    assert plan is not None
    found = {Path(c.path).name: c.status for c in plan.changes if "libs" in c.path}
    assert {name: s for name, s in found.items() if s != "same"} == {
        "errors.py": "update", "old.py": "stale"
    }  # fmt: skip
    build(repository, "shop")
    assert (folder / "ours.py").is_file()
    assert not (folder / "codec/old.py").exists()


def test_an_earlier_msgc_refuses_and_a_later_one_replaces(repository: Path) -> None:
    build(repository, "billing")
    file = repository / "libs/acme_runtime/__init__.py"
    text = file.read_text()
    version = text.partition(STAMP)[2].partition(",")[0]
    file.write_text(text.replace(f"{STAMP}{version}", f"{STAMP}99.0"))
    outcome = planned(repository, "shop")
    said = f"the runtime in `../libs/acme_runtime` is of msgc 99.0, and this is msgc {version}"
    assert told(outcome) == [("MSG616", said)]
    (found,) = outcome.diagnostics
    assert str(found.span).endswith("messaging.yaml:3:18")
    file.write_text(text.replace(f"{STAMP}{version}", f"{STAMP}0.0.1"))
    build(repository, "shop")
    assert file.read_text() == text


@pytest.mark.parametrize("key", ["runtime", "kit"])
def test_another_hand_s_file_is_refused(repository: Path, key: str) -> None:
    folder = repository / f"libs/acme_{key}"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("x = 1\n")
    assert [code for code, _ in told(planned(repository, "shop"))] == ["MSG802"]


def test_a_folder_of_another_service_is_no_place_to_share(repository: Path) -> None:
    file = repository / "shop/messaging.yaml"
    file.write_text(file.read_text().replace("../libs/acme_runtime", "../billing/src/acme_runtime"))
    assert [code for code, _ in told(planned(repository, "shop"))] == ["MSG613"]


def test_stubs_where_another_service_shares_are_refused(repository: Path) -> None:
    build(repository, "billing")
    file = repository / "messaging.yaml"
    file.write_text(FILE.format(service="all").replace(
        "{runtime: ../libs/acme_runtime, kit: ../libs/acme_kit}", "{stubs: libs/acme_runtime}"
    ))  # fmt: skip
    outcome = prepare(str(file), Disk())
    assert told(outcome) == [
        ("MSG612", "`libs/acme_runtime/__init__.py` is of a folder that services share")
    ]


def test_two_meanings_of_one_folder(repository: Path) -> None:
    file = repository / "shop/messaging.yaml"
    text = FILE.format(service="shop").replace("acme_kit", "x").replace("acme_runtime", "acme_kit")
    file.write_text(text)
    plans = [planned(repository, service).plan for service in ("billing", "shop")]
    found = overlapping(plan for plan in plans if plan is not None)
    assert [d.code.id for d in found] == ["MSG614"]


def test_without_a_repository_a_folder_beside_is_as_good(repository: Path) -> None:
    (repository / ".git").rmdir()
    assert told(planned(repository, "shop")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("0.10.0", "0.9.1"), ("1.0", "1.0rc1"), ("1.0.1", "1.0"), ("1.0.post1", "1.0"), ("2", "1.9")],
)
def test_later_versions(one: str, other: str) -> None:
    assert is_later(one, other)
    assert not is_later(other, one)
    assert not is_later(one, one)
