"""Writes a repository of many services that take messages of each other.

`many_services.py SERVICES FOLDER`. Each declares 25 things: messages, places, edges, consumers and
producers; two of its edges begin at a topic and a bus of the service before it.
"""

from __future__ import annotations

import sys
from pathlib import Path

_MESSAGE = """\
  {name}:
    description: Something of kind {name} happened.
    schema:
      type: object
      required: [id, at, total, tier]
      properties:
        id: {{type: string, minLength: 1}}
        at: {{type: string, format: date-time}}
        total: {{type: number, minimum: 0}}
        tier: {{enum: [basic, gold]}}
        items: {{type: array, items: {{type: object, properties: {{sku: {{type: string}}}}}}}}
"""
_SERVICE = """\
version: 1
service: s{n}
source: com.example.s{n}
build: {{runtime: ../libs/acme_runtime, kit: ../libs/acme_kit}}
messages:
{messages}{imported}
queues:
  work: {{}}
  audit: {{retention: 14d, external: subscribe}}
  jobs: {{messages: [Asked{n}], external: true}}
  inbox: {{external: true}}
topics:
  facts: {{messages: [Placed{n}, Paid{n}], external: subscribe}}
  news: {{messages: [Paid{n}]}}
{topic}
buses:
  company: {{messages: [Shipped{n}], external: subscribe}}
{bus}
subscriptions:
  gold:
    from: {{topic: facts}}
    to: {{queue: work}}
    messages: [Placed{n}]
    filter: {{tier: [gold]}}
  everything: {{from: {{topic: facts}}, to: {{queue: audit}}}}
  paid: {{from: {{topic: news}}, to: {{queue: audit}}}}
  shipped:
    from: {{bus: company}}
    filter: {{total: [{{numeric: [">", 9]}}]}}
    to: {{queue: work}}
{edges}
consumers:
  worker:
    from: {{queue: work}}
    function: provided
    publishes: [{{queue: jobs}}, {{topic: news}}]
  teller: {{from: {{topic: news}}, function: provided}}
producers:
  web: {{publishes: [{{topic: facts}}, {{bus: company}}], role: provided}}
"""


def service(number: int) -> str:
    """The file of one service; the first one imports nothing."""
    n, before = number, number - 1
    messages = "".join(
        _MESSAGE.format(name=f"{name}{n}") for name in ("Placed", "Paid", "Shipped", "Asked")
    )
    if not number:
        return _SERVICE.format(n=n, messages=messages, imported="", topic="", bus="", edges="")
    return _SERVICE.format(
        n=n,
        messages=messages,
        imported="".join(
            f"  {name}{before}: {{import: {{service: s{before}}}}}\n"
            for name in ("Placed", "Shipped")
        ),
        topic=f"  theirs: {{import: {{service: s{before}, topic: facts}}}}\n",
        bus=f"  their-bus: {{import: {{service: s{before}, bus: company}}}}\n",
        edges=(
            f"  theirs: {{from: {{topic: theirs}}, messages: [Placed{before}], "
            "filter: {tier: [gold]}, to: {queue: inbox}}\n"
            "  their-shipments: {from: {bus: their-bus}, to: {queue: inbox}}\n"
        ),
    )


def write(services: int, folder: Path) -> None:
    """The whole repository."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for number in range(services):
        (folder / f"s{number}").mkdir(exist_ok=True)
        (folder / f"s{number}" / "messaging.yaml").write_text(service(number))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
