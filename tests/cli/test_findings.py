from __future__ import annotations

import pytest

from msgc.cli.exit_codes import BUG, CLEAN, FAILED
from msgc.cli.findings import status
from msgc.diagnostics import Code, Diagnostic, Severity
from msgc.source import Source, Span


def finding(id_: str, severity: Severity) -> Diagnostic:
    code = Code(id=id_, name="a-code", severity=severity, explain=str)
    return code.at(Span(Source("messaging.yaml", "a: 1"), 0, 1), "wrong")


ERROR, WARNING, NOTE = (
    finding("MSG301", "error"), finding("MSG440", "warning"), finding("MSG701", "info"),
)  # fmt: skip
CRASHED = finding("MSG901", "error")


@pytest.mark.parametrize(
    ("found", "lenient", "strict"),
    [
        ([], CLEAN, CLEAN),
        ([NOTE], CLEAN, CLEAN),
        ([WARNING, NOTE], CLEAN, FAILED),
        ([WARNING, ERROR], FAILED, FAILED),
        ([ERROR, CRASHED], BUG, BUG),
    ],
)
def test_exit_codes(found: list[Diagnostic], lenient: int, strict: int) -> None:
    assert status(found, strict=False) == lenient
    assert status(found, strict=True) == strict
