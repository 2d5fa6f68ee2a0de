"""Another service of the repository is replacing a place that is imported (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.ends import Place
from msgc.topology.narrowing import kind_of


@rule("MSG561", "warning")
def import_being_replaced(subject: Subject) -> Iterator[Finding]:
    """A place that is imported from another service is being replaced there.

    Sooner or later the owner's publishers move to the new place, and what leads from the old one
    alone gets nothing any more. Here `logistics` is another service of the repository, whose topic
    `mailed` replaces `posted`:

    ```yaml
    messages: {Shipped: {import: {service: logistics}}}
    topics: {posted: {import: {service: logistics}}}
    queues: {parcels: {external: subscribe}}
    subscriptions: {to-parcels: {from: {topic: posted}, to: {queue: parcels}}}
    ```

    Subscribe to both when the owner has deployed the new one, and before its publishers move; when
    the old one is gone there, take it out here. Publishers of this file move as well.

    ```yaml
    messages: {Shipped: {import: {service: logistics}}}
    topics: {posted: {import: {service: logistics}}, mailed: {import: {service: logistics}}}
    queues: {parcels: {external: subscribe}}
    subscriptions:
      to-parcels: {from: {topic: posted}, to: {queue: parcels}}
      also-to-parcels: {from: {topic: mailed}, to: {queue: parcels}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
    """
    for place in subject.places:
        elsewhere = place.elsewhere
        if elsewhere is not None and elsewhere.replaced_by is not None:
            yield from _edges(subject, place, elsewhere, elsewhere.replaced_by)
            yield from _publications(subject, place, elsewhere, elsewhere.replaced_by)


def _edges(subject: Subject, place: Place, elsewhere: Elsewhere, heir: str) -> Iterator[Finding]:
    word, owner = kind_of(place).word, elsewhere.service
    reached = {
        edge.target
        for other in subject.places
        if other.elsewhere is not None
        and (other.elsewhere.service, other.elsewhere.name) == (owner, heir)
        and kind_of(other) is kind_of(place)
        for edge in subject.graph.subscriptions_from(other)
    }
    for edge in subject.graph.subscriptions_from(place):
        if edge.target not in reached:
            yield found(
                edge.place("from"),
                f"`{owner}` replaces its {word} `{elsewhere.name}` by `{heir}`: what is put there"
                " doesn't come by this edge",
                f"import `{heir}` too (`{heir}: {{import: {{service: {owner}}}}}`), write an edge"
                " from there as well, and deploy that before publishers move",
                label(elsewhere.span, "to be taken out there in the end"),
            )


def _publications(
    subject: Subject, place: Place, elsewhere: Elsewhere, heir: str
) -> Iterator[Finding]:
    for publisher in subject.graph.publishers_to(place):
        for publication in publisher.publishes:
            if publication.target is place:
                yield found(
                    publication.span,
                    f"`{elsewhere.service}` replaces its {kind_of(place).word}"
                    f" `{elsewhere.name}` by `{heir}`, and waits for publishers to move there",
                    f"import `{heir}` and publish to it, when `{elsewhere.service}` has deployed"
                    " it",
                    label(elsewhere.span, "to be taken out there in the end"),
                )
