"""A schema says what the schema registry has no words for (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.messages import Message


@rule("MSG663", "warning")
def schema_beyond_draft4(subject: Subject) -> Iterator[Finding]:
    """A schema says something that is left out in the schema registry.

    EventBridge's registries take JSON Schema draft 4, of 2013. Most of what is newer can be said in
    its words (`const`, `if`, `$defs`, `dependentRequired`, `contains`), and msgc does. The rest is
    left out: whoever generates code from the registry may then send what this schema refuses.

    ```yaml
    messages:
      Rated:
        schema:
          type: object
          properties: {stars: {type: array, contains: {const: 5}, minContains: 2}}
    buses: {reviews: {messages: [Rated], schemas: true, external: subscribe}}
    producers: {shop: {publishes: [{bus: reviews}]}}
    ```

    Say it in other words, or accept that the registry says less:

    ```yaml
    messages:
      Rated:
        schema:
          type: object
          properties: {stars: {type: array, contains: {const: 5}}}
    buses: {reviews: {messages: [Rated], schemas: true, external: subscribe}}
    producers: {shop: {publishes: [{bus: reviews}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html
    """
    seen: set[Message] = set()
    for bus in subject.topology.buses.values():
        for message in bus.messages if bus.schemas else ():
            if message in seen:
                continue
            seen.add(message)
            from msgc.stack.resources.bus_schemas import translated  # noqa: PLC0415  # few buses

            for lost in translated(message).lost:
                yield found(
                    lost.span,
                    f"`{lost.word}` of `{message.name}` is left out in the schema registry of bus"
                    f" `{bus.name}`: JSON Schema draft 4 has no words for it",
                    "say it in other words, or ignore this where the registry may say less",
                    label(bus.place("schemas"), "published here"),
                )
