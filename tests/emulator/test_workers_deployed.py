"""Workers with what their stack gives them: rights, addresses, a table of what was done."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.assembly import synthesised
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy
from tests.emulator.yard import Yard, built_in, stopped


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_in(tmp_path_factory.mktemp("yard") / "yard")


@pytest.fixture(scope="module")
def deployed(built: Path, shared_account: Account) -> Deployed:
    return deploy(shared_account, synthesised(built, validated=False))


def test_after_sigkill_what_was_done_is_remembered(built: Path, deployed: Deployed) -> None:
    """Every job is sent twice, and the process is killed in the middle of them."""
    (built / "log").unlink(missing_ok=True)
    account, given = deployed.account, json.loads(deployed.outputs["ClerkEnvironment"])
    url = given["YARD_ENTRIES_QUEUE_URL"]
    hands = account.assume(deployed.outputs["HandsRoleArn"])
    yard = Yard(account, built, "", "", hands)
    for _ in range(2):
        yard.send(12, url=url)
    first = yard.start("write", "--concurrency", "2", SECONDS_EACH="0.3", **given)
    try:
        yard.waits_for(lambda: len(yard.numbers("end")) >= 4, "the first jobs are done")
        first.kill()
        second = yard.start("write", **given)
        yard.waits_for(lambda: yard.is_empty(url), "all is deleted")
        code, said = stopped(second)
    finally:
        for process in yard.started:
            process.kill()
            process.communicate()
    assert code == 0, said
    again = Counter(yard.numbers("end"))
    assert {*again} == {*range(12)}
    assert sum(again.values()) <= 12 + 2  # what had run, and wasn't remembered yet


def test_a_loop_of_its_own_as_the_stack_deploys_it(built: Path, deployed: Deployed) -> None:
    """It may read and delete, and move what it gives up; nothing more is asked of it."""
    (built / "log").unlink(missing_ok=True)
    account, given = deployed.account, json.loads(deployed.outputs["SweeperEnvironment"])
    url = given["YARD_HEAPS_QUEUE_URL"]
    yard = Yard(account, built, "", "", account.assume(deployed.outputs["HandsRoleArn"]))
    yard.send(3, url=url)
    body = json.dumps({"number": 9, "lane": "swamp"})
    account.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    process = yard.sweep("heaps", "until-empty", **given)
    _, said = process.communicate(timeout=40)
    assert process.returncode == 0, said
    assert sorted(yard.numbers("end")) == [0, 1, 2]
    assert yard.is_empty(url)
    lost = observe.arrives(deployed, "HeapsDlq", "swamp")
    reason = lost["MessageAttributes"]["dead_letter_reason"]["StringValue"]
    assert reason == "nobody sweeps a swamp"


def test_as_the_stack_deploys_it(built: Path, deployed: Deployed) -> None:
    """With the rights and the addresses that it gives, and with a message that is given up."""
    (built / "log").unlink(missing_ok=True)
    account, environment = deployed.account, json.loads(deployed.outputs["DiggerEnvironment"])
    url = environment["YARD_JOBS_QUEUE_URL"]
    hands = account.assume(deployed.outputs["HandsRoleArn"])
    yard = Yard(account, built, url, "", hands)
    yard.send(3)
    body = json.dumps({"number": 9, "lane": "swamp"})
    account.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    process = yard.start("dig")
    try:
        yard.waits_for(lambda: len(yard.numbers("begin")) == 4, "all has begun")
        lost = observe.arrives(deployed, "JobsDlq", "swamp")
        yard.waits_for(lambda: yard.is_empty(url), "all is deleted")
        code, said = stopped(process)
    finally:
        process.kill()
    assert code == 0, said
    assert sorted(yard.numbers("end")) == [0, 1, 2]
    reason = lost["MessageAttributes"]["dead_letter_reason"]["StringValue"]
    assert reason == "nobody digs in a swamp"
