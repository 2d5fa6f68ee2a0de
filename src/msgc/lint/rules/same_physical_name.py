"""Two resources have one name in AWS (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind, named
from msgc.topology.ends import Place


@rule("MSG480", "error")
def same_physical_name(subject: Subject) -> Iterator[Finding]:
    """Two queues, two topics or two buses have one name in AWS.

    Names are unique in an account and region: the second one fails when the stack is deployed.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true}
      work: {messages: [OrderPlaced], external: true, name: shop-jobs}
    producers: {shop: {publishes: [{queue: jobs}, {queue: work}]}}
    ```

    Leave `name` out: msgc makes it of the service and the name in the file.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true}
      work: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}, {queue: work}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    owners: dict[tuple[str, str], Place] = {}
    reported: set[tuple[str, int]] = set()
    for place in subject.places:
        if place.imported is not None:
            continue
        first = owners.setdefault((kind(place), place.physical_name), place)
        if first is not place and place.key.place not in reported:
            reported.add(place.key.place)  # two queues of one name have dead-letter queues of one
            yield found(
                place.place("name"),
                f"{named(place)} and {named(first)} are both called `{place.physical_name}` in AWS",
                "rename one of them, or leave `name` out",
                label(first.place("name"), "called so here too"),
            )
