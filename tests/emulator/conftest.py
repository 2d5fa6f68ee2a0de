"""One emulator for each test process, one account for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.emulator.account import Account
from tests.emulator.server import Emulator, running

_accounts = itertools.count(100_000_000_001)


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running(tmp_path_factory.mktemp("emulator")) as started:
        yield started


@pytest.fixture(scope="module")
def shared_account(emulator: Emulator) -> Account:
    """One for all tests of a file."""
    return Account(emulator, str(next(_accounts)))


@pytest.fixture
def account(emulator: Emulator) -> Account:
    return Account(emulator, str(next(_accounts)))
