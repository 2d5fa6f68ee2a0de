"""Somebody here uses a place that another service of the repository encrypts (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.stack.iam.grant import Grant
from msgc.stack.iam.key_grants import is_let_in
from msgc.topology.ends import Bus, Consumer, Outside, Place, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.settings import ClaimTable, GivenFunction, Key, PayloadBucket

_NEEDS = frozenset({"send", "publish", "deliver", "discard", "receive", "drain"})


@rule("MSG634", "warning")
def key_of_another_service(subject: Subject) -> Iterator[Finding]:
    """A queue or topic of another service is encrypted, and is used from here without its key.

    Whoever sends to an encrypted queue or topic, or reads from it, needs rights on the key as well.
    Roles of this stack get them where the other service's stack makes the key, in this account and
    Region: by its alias. A key that its app hands over or finds has no name that is known here; and
    SNS and EventBridge have no role: they are let in by the policy of the key alone, which is the
    other service's. Here `logistics` is another service of the repository, whose app hands over
    the key of a queue:

    ```yaml
    queues: {sealed: {import: {service: logistics}}}
    producers: {shop: {publishes: [{queue: sealed, messages: [OrderPlaced]}], role: provided}}
    ```

    Add the rights in your CDK code (`kms:Decrypt`, and to send `kms:GenerateDataKey`), and say
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
        has_rights = place.elsewhere.key is not None and not is_let_in(grant)
        if place.elsewhere.encrypted and grant.may in _NEEDS and not has_rights:
            told.add(place)
            owner = place.elsewhere.service
            yield found(
                place.key,
                f"{named(place)} is encrypted by `{owner}`, and {_who(grant)} has no right on the"
                " key",
                _advice(grant, owner),
                label(place.elsewhere.span, "declared there"),
            )


def _who(grant: Grant) -> str:
    """Return who uses a place."""
    match grant.who:
        case str() as service:
            return f"`{service}`, which delivers to it for `{grant.by.name}`,"
        case _:
            return "who uses it from here"


def _advice(grant: Grant, owner: str) -> str:
    other = f"or let `{owner}` take the messages from a topic of yours"
    needs = "`kms:Decrypt` and `kms:GenerateDataKey`"
    match grant.who:
        case str() as service:
            return f"let the policy of that key allow {needs} to `{service}`; {other}"
        case _:
            return f"give it {needs} on that key in your CDK code; {other}"


def _place(grant: Grant) -> Place | None:
    match grant.on:
        case Queue() | Topic():
            return grant.on
        case (
            Bus()
            | Consumer()
            | Outside()
            | Stream()
            | GivenFunction()
            | ClaimTable()
            | PayloadBucket()
            | Key()
            | str()
        ):
            return None  # EventBridge encrypts by itself
        case _:
            assert_never(grant.on)
