"""What all tests share: an option that writes expected outputs anew, and how they are dealt out."""

from __future__ import annotations

from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        default=False,
        help="write the expected outputs of tests/cases anew; read the diff before committing it",
    )


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which need not be there
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are dealt out, however pytest is asked to do it."""
    from tests.distribution import Together

    return Together(config, log)
