"""Loops over queues that programs have themselves, killed in mid-batch: nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.account import Account
from tests.emulator.yard import Yard, built_in, stopped, with_queues


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_in(tmp_path_factory.mktemp("yard") / "yard")


@pytest.fixture
def yard(built: Path, account: Account) -> Iterator[Yard]:
    yield from with_queues(built, account)


@pytest.mark.parametrize("loop", ["heaps", "heaps_awaited", "heaps_in_threads"])
def test_sigterm_finishes_what_is_at_hand_and_gives_back_the_rest(yard: Yard, loop: str) -> None:
    yard.send(20)
    first = yard.sweep(loop, SECONDS_EACH="0.4")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 2, "the first jobs are done")
    code, said = stopped(first)
    assert code == 0, said
    assert Counter(yard.numbers("begin")) == Counter(yard.numbers("end")), said
    assert len(yard.numbers("end")) < 20
    second = yard.sweep(loop, "until-empty")
    assert second.wait(40) == 0
    assert sorted(yard.numbers("end")) == [*range(20)]
    assert yard.is_empty(yard.jobs)


def test_after_sigkill_all_comes_again(yard: Yard) -> None:
    yard.send(20)
    first = yard.sweep("heaps_in_threads", SECONDS_EACH="0.3")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 4, "the first jobs are done")
    first.kill()
    first.wait()
    second = yard.sweep("heaps_awaited")
    yard.waits_for(lambda: set(yard.numbers("end")) == {*range(20)}, "all jobs are done")
    yard.waits_for(lambda: yard.is_empty(yard.jobs), "all is deleted")
    assert stopped(second)[0] == 0


def test_groups_stay_in_order_when_some_fail_and_the_process_is_killed(yard: Yard) -> None:
    yard.send(18, lanes=3, url=yard.turns)
    first = yard.sweep("rows", SECONDS_EACH="0.1", FAILS="3,7,8")
    yard.waits_for(lambda: len(yard.numbers("end")) >= 5, "the first jobs are done")
    first.kill()
    first.wait()
    before = len(yard.log)
    yard.sweep("rows", FAILS="12,16")
    yard.waits_for(lambda: set(yard.numbers("end")) == {*range(18)}, "all jobs are done")
    yard.waits_for(lambda: yard.is_empty(yard.turns), "all is deleted")
    for part in (yard.log[:before], yard.log[before:]):
        for lane in range(3):
            ended = [n for what, name, n in part if (what, name) == ("end", f"lane-{lane}")]
            assert ended == sorted(set(ended))
