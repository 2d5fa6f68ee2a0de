"""What `${region}` and `${account}` stand for in names: they are known where environments say."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse
from tests.files import messaging

FILE = """\
version: 1
service: shop
queues:
  a: {external: true, name: "jobs-${region}-${env}", fifo: true}
  b: {external: true, name: "jobs-${account}", dead_letter: {after: 2}}
environments:
  dev: {account: "111122223333", region: eu-west-1}
  prod: {account: "444455556666", region: us-east-1}
"""


def test_environments_fill_in_names() -> None:
    outcome = analyse("messaging.yaml", messaging(FILE))
    assert [d.message for d in outcome.diagnostics] == []
    assert outcome.value is not None
    named = [
        {name: queue.physical_name for name, queue in links.topology.queues.items()}
        for links in outcome.value.variants
    ]
    assert named == [
        {
            "a": "jobs-eu-west-1-dev.fifo",
            "a-dlq": "jobs-eu-west-1-dev-dlq.fifo",
            "b": "jobs-111122223333",
            "b-dlq": "jobs-111122223333-dlq",
        },
        {
            "a": "jobs-us-east-1-prod.fifo",
            "a-dlq": "jobs-us-east-1-prod-dlq.fifo",
            "b": "jobs-444455556666",
            "b-dlq": "jobs-444455556666-dlq",
        },
    ]


@pytest.mark.parametrize(
    ("said", "word"), [(", region: us-east-1", "region"), ('account: "444455556666", ', "account")]
)
def test_an_environment_that_does_not_say_it_is_told(said: str, word: str) -> None:
    outcome = analyse("messaging.yaml", messaging(FILE.replace(said, "")))
    (found,) = {(d.message, d.help) for d in outcome.diagnostics}
    assert found[0].startswith(f"`${{{word}}}` isn't filled in: a name must be known")
    assert found[1] == f"say `{word}` under each of the `environments`, or write the value itself"
