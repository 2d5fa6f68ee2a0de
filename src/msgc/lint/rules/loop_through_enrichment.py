"""Messages go round in a circle as long as an enriching function answers (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.loops import way_round, whole_loops
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG674", "warning")
def loop_through_enrichment(subject: Subject) -> Iterator[Finding]:
    """Messages go round in a circle, and only the function that a pipe asks can stop them.

    What it answers goes on, comes back to the queue, and is asked about again. Nothing on the way
    has a filter. AWS breaks off loops through functions that are invoked, but not these.

    ```yaml
    messages: {OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}}}
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {parked: {}}
    subscriptions:
      park: {from: {topic: orders}, to: {queue: parked}}
      again:
        from: {queue: parked}
        enrich: provided
        send: {message: OrderPlaced, body: {id: fixed}}
        to: {topic: orders}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Lead the answers elsewhere, or let a filter keep them from coming back. If the function answers
    an empty list in the end, which the pipe doesn't hand on, say so:
    `# msgc: ignore[loop-through-enrichment] it gives up after three turns`.

    ```yaml
    messages: {OrderPlaced: {schema: {type: object, properties: {id: {type: string}}}}}
    topics: {orders: {messages: [OrderPlaced]}, checked: {}}
    queues: {parked: {}, audit: {external: true}}
    subscriptions:
      park: {from: {topic: orders}, to: {queue: parked}}
      again:
        from: {queue: parked}
        enrich: provided
        send: {message: OrderPlaced, body: {id: fixed}}
        to: {topic: checked}
      keep: {from: {topic: checked}, to: {queue: audit}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html
    """
    for edges in whole_loops(subject.graph):
        asking = [edge for edge in edges if edge.enrich is not None]
        told = any(edge.asks is not None for edge in asking)  # as a consumer that feeds itself
        if not asking or told or any(edge.filter or edge.pattern for edge in edges):
            continue
        yield found(
            asking[0].place("enrich"),
            f"messages go round as long as this function answers something: {way_round(edges)}",
            "lead one of the subscriptions elsewhere, or filter what comes back",
            *(label(edge.place("to"), "and on from there") for edge in edges),
        )
