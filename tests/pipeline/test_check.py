from __future__ import annotations

from msgc.pipeline.check import check
from tests.files import messaging

MISSHAPEN = """\
version: 1
service: shop
queues:
  jobs: {delay: 20m, fifoo: true}
  more: {dead_letter: {queue: nowhere}}
"""


def test_shape_and_names_are_told_together_and_rules_wait_for_both() -> None:
    outcome = check("messaging.yaml", messaging(MISSHAPEN))
    assert outcome.value is None
    assert [d.code.name for d in outcome.diagnostics] == ["unknown-key", "unknown-name"]
