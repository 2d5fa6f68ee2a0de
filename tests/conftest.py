"""What all tests share: options, and how they are dealt out to processes."""

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
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=False,
        help="fail if a test is skipped: where everything must be there, none may be",
    )


def pytest_configure() -> None:
    os.environ.setdefault("NODE_OPTIONS", NODE_OPTIONS)
    os.environ["MSGC_CACHE_DIR"] = f"{os.devnull}/none"  # nothing is kept for the user


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for report in _skipped(config):
        terminalreporter.line(f"SKIPPED, which fails here: {report.nodeid}", red=True)


def _skipped(config: pytest.Config) -> list[Any]:
    """The reports of skipped tests, if there may be none."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    counts = config.getoption("--no-skips") and reporter is not None
    return list(reporter.stats.get("skipped", ())) if counts else []


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist, which need not be there
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are dealt out, however pytest is asked to do it."""
    from tests.distribution import Together

    return Together(config, log)
