"""Numbers of more digits than Python reads are mistakes like other numbers that are too large."""

from __future__ import annotations

import pytest

from msgc.emit.stubs.writing.lazy import lazy_package
from msgc.pipeline.check import analyse
from tests.files import messaging

DIGITS = "9" * 5000
FILE = """\
version: 1
service: shop
messages:
  Tick: {schema: {type: object, properties: {n: {type: integer}, x: {type: string}}}}
queues:
  ticks: {messages: [Tick], external: true}
subscriptions:
  nightly:
    from: {schedule: "cron(0 3 * * ? *)"}
    send: {message: Tick, body: {n: 1}}
    to: {queue: ticks}
"""


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("external: true", "external: true, delay: %ss", "value-out-of-range"),
        ("external: true", "external: true, max_size: %sKiB", "value-out-of-range"),
        ("external: true", "external: true, retention: %sms", "bad-duration"),
        ("external: true", "external: true, wait: %s", "bad-duration"),
        ("external: true", "external: true, max_size: %s", "bad-size"),
        ("cron(0 3 * * ? *)", "cron(%s 3 * * ? *)", "bad-schedule"),
        ("cron(0 3 * * ? *)", "cron(0/%s 3 * * ? *)", "bad-schedule"),
        ("cron(0 3 * * ? *)", "cron(0 3 ? * 2#%s *)", "bad-schedule"),
        ("cron(0 3 * * ? *)", "cron(0 3 * * ? %s)", "bad-schedule"),
        ("x: {type: string}", r"x: {type: string, pattern: '(a)\%s'}", "pattern-not-for-python"),
        ("x: {type: string}", "x: {type: string, pattern: 'a{%s}'}", "pattern-not-for-python"),
        ("service: shop", "service: shop\nbuild: {requires: '~=%s.1'}", "other-version"),
    ],
)  # fmt: skip
def test_a_number_that_nobody_reads(old: str, new: str, name: str) -> None:
    assert old in FILE
    found = analyse("messaging.yaml", messaging(FILE.replace(old, new % DIGITS))).diagnostics
    assert name in {d.code.name for d in found}


def test_names_are_sorted_by_their_numbers() -> None:
    names = ["Ver10", f"Ver{DIGITS}", "Ver2", "Ver02b"]
    text = lazy_package("Versions.", dict.fromkeys(names, ".versions"))
    assert sorted(names, key=text.index) == ["Ver2", "Ver02b", "Ver10", f"Ver{DIGITS}"]
