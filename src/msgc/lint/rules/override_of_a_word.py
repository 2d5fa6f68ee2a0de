"""Something is overridden that has a word of the language (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG661", "error")
def override_of_a_word(subject: Subject) -> Iterator[Finding]:
    """Something is overridden that has a word of the language.

    What msgc checks, and works other things out from, would not be what is deployed: a longer
    visibility, say, that no rule sees.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe, overrides: {VisibilityTimeout: 600}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Take the word:

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe, visibility: 10m}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
    """
    if not subject.topology.overrides:
        return
    from msgc.stack.overriding import overridden, word_of  # noqa: PLC0415  # few services have any

    for each in overridden(subject.stack):
        for type_ in dict.fromkeys(resource.type for resource in each.resources):
            for key, _ in each.node.entries.values():
                word = word_of(type_, key.text)
                if word is not None:
                    yield found(
                        key.span,
                        f"`{key.text}` of {type_} is said by {word}",
                        "write that instead",
                    )
