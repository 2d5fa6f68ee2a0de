"""What all tests share: the option that writes expected outputs anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        default=False,
        help="write the expected outputs of tests/cases anew; read the diff before committing it",
    )
