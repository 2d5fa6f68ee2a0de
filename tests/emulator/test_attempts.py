"""Every role and policy of more examples tries everything: what the file doesn't say is refused."""

from __future__ import annotations

import pytest

from tests.assembly import example
from tests.audit.template import ACCOUNT
from tests.audit.test_least_privilege import EXAMPLES, Trial
from tests.emulator.account import Account
from tests.emulator.attempts import tried
from tests.emulator.deploy import deploy

STACKS = {
    "encrypted": ("encrypted", "Claims"),
    "environments-dev": ("environments", "Bookings-dev"),
    "environments-prod": ("environments", "Bookings-prod"),
}
"""By the name of a template the example and the stack."""


@pytest.mark.parametrize("case", STACKS)
def test_nobody_may_do_more_than_the_file_says(account: Account, case: str) -> None:
    name, stack = STACKS[case]
    assembly = example(name)
    if name == "encrypted":
        deploy(account, assembly, stack="Security")
    deployed = deploy(account, assembly, stack=stack, stands_for=ACCOUNT)
    trial = Trial(EXAMPLES[case], (assembly / f"{stack}.template.json").read_text("utf-8"), {})
    wrong, refused = tried(deployed, trial)
    assert wrong == []
    assert refused >= 100
