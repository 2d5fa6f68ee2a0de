"""Filters of event source mappings see a pointer, not the large message behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgc.lint import lint
from msgc.source import Disk
from tests.lint.phases import resolved

FILE = """\
version: 1
service: printers
messages:
  ReportMade:
    large_messages: true
    schema: {type: object, properties: {kind: {type: string}}}
  PaperOut: {schema: {type: object, properties: {printer: {type: string}}}}
topics: {reports: {messages: [ReportMade, PaperOut]}}
queues: {filing: {}, paper: {messages: [PaperOut]}}
subscriptions: {reports-to-filing: {from: {topic: reports}, to: {queue: filing}}}
consumers:
  filing: {from: {queue: filing}, filter: {kind: [monthly]}, function: provided}
  paper: {from: {queue: paper}, filter: {printer: [a]}, function: provided}
producers: {office: {publishes: [{topic: reports}, {queue: paper}]}}
"""


def test_an_event_source_mapping_sees_a_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "messaging.yaml").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    topology, links, _ = resolved("messaging.yaml", Disk())
    found = [each for each in lint(topology, links) if each.code.id == "MSG691"]
    said = "`filing` would drop a large `ReportMade`: Lambda looks at a pointer into S3 then"
    assert [each.message.partition(", which")[0] for each in found] == [said]
