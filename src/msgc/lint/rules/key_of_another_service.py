"""Somebody here uses a place that another service of the repository encrypts (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.stack.iam.grant import Grant
from msgc.topology.ends import Bus, Consumer, Outside, Place, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.settings import GivenFunction, Key

_NEEDS = frozenset({"send", "publish", "deliver", "discard", "receive", "drain"})


@rule("MSG634", "warning")
def key_of_another_service(subject: Subject) -> Iterator[Finding]:
    """A queue or topic of another service is encrypted, and is used from here without its key.

    Whoever sends to an encrypted queue or topic, or reads from it, needs rights on the key as well.
    The key is of the other service's stack: from here nobody gets them, and what is sent is
    refused. Here `logistics` is another service of the repository, whose queue has a key:

    ```yaml
    queues: {sealed: {import: {service: logistics}}}
    producers: {shop: {publishes: [{queue: sealed, messages: [OrderPlaced]}], role: provided}}
    ```

    Add the rights in your CDK code, by the key's alias (`alias/logistics-messaging`), and say
    `# msgc: ignore[key-of-another-service]` with that as the reason. Or let the other service take
    the messages from a topic of yours:

    ```yaml
    topics: {orders: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{topic: orders}], role: provided}}
    ```

    AWS: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
    """
    told: set[Place] = set()
    for grant in subject.stack.access.grants:
        place = _place(grant)
        if place is None or place.elsewhere is None or place in told:
            continue
        if place.elsewhere.encrypted and grant.may in _NEEDS:
            told.add(place)
            owner = place.elsewhere.service
            yield found(
                place.key,
                f"{named(place)} is encrypted by `{owner}`, and who uses it from here has no"
                " right on the key",
                "give it `kms:Decrypt`, and to send `kms:GenerateDataKey`, on that key by its"
                f" alias; or let `{owner}` take the messages from a topic of yours",
                label(place.elsewhere.span, "declared there"),
            )


def _place(grant: Grant) -> Place | None:
    match grant.on:
        case Queue() | Topic():
            return grant.on
        case Bus() | Consumer() | Outside() | Stream() | GivenFunction() | Key() | str():
            return None  # EventBridge encrypts by itself
        case _:
            assert_never(grant.on)
