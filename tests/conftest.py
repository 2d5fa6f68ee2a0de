"""What all tests share: an option that writes expected outputs anew, and how they are dealt out."""

from __future__ import annotations

import os
from typing import Any

import pytest

NODE_OPTIONS = "--v8-pool-size=1"
"""Node collects garbage in as many threads as it likes, which wait for each other: in one, CDK and
pyright take two thirds of the processor time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        default=False,
        help="write the expected outputs of tests/cases anew; read the diff before committing it",
    )


def pytest_configure() -> None:
    os.environ.setdefault("NODE_OPTIONS", NODE_OPTIONS)


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which need not be there
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are dealt out, however pytest is asked to do it."""
    from tests.distribution import Together

    return Together(config, log)
