"""Placeholders may stand where the schema has an address, and in few other texts."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.resolve.variables.placeholder_places import ITEM, PLACES, TEXTS, Path, stands_in
from msgc.schema.expected import Expected
from msgc.schema.loading import expected_of_file

ADDRESSES = frozenset(
    {"account", "arn", "bucket-name", "connection", "email", "http", "https", "imported-name",
     "log-group", "organization", "parameter", "phone", "secret"}
)  # fmt: skip
"""Forms of texts, as the schema calls them, beside the ARNs of a kind (`role-arn`)."""
FORMLESS = ("filter.ANY", "pattern.ANY", "function.environment.ANY", "send.body", "send.body.ANY",
            "oauth.client_id", "oauth.body.ANY")  # fmt: skip
"""Ends of the other places, where the schema has no form."""
OWN_NAMES = (
    "queues.ANY.name",
    "topics.ANY.name",
    "buses.ANY.name",
    "dashboard.name",
    "large_messages.name",
)
PROSE = ("description", "deprecated", "tests.[].name", "schema.ANY", "examples.[].ANY",
         "payload.ANY", "subscriptions.ANY.was")  # fmt: skip


def texts(expected: Expected, path: Path, above: tuple[Expected, ...]) -> Iterator[tuple[str, str]]:
    """Yield each place of a file where there may be text, and the form that it has."""
    if expected in above:
        return
    above = (*above, expected)
    if expected.is_text or expected.is_anything:
        yield ".".join(path), expected.format
    if expected.free or expected.is_anything:
        yield ".".join((*path, "ANY")), ""
    for key in expected.keys:
        child = expected.child(key)
        assert child is not None
        yield from texts(child, (*path, key), above)
    if expected.others is not None:
        yield from texts(expected.others, (*path, "ANY"), above)
    if expected.items is not None:
        yield from texts(expected.items, (*path, ITEM), above)


def test_where_placeholders_may_stand() -> None:
    found = set(texts(expected_of_file(), (), ()))
    assert len(found) > 300
    for place, form in found:
        if place.startswith("environments."):
            continue  # it is looked at where it is laid over
        is_address = (
            place in OWN_NAMES
            or form in ADDRESSES
            or form.endswith("-arn")
            or place.endswith(FORMLESS)
        )
        may_stand = stands_in(tuple(place.split(".")), PLACES)
        assert may_stand == is_address or form == "provided", (place, form)


def test_where_they_are_text() -> None:
    for place, _ in texts(expected_of_file(), (), ()):
        if place.startswith("environments."):
            continue
        path = tuple(place.split("."))
        is_prose = place.endswith(PROSE) and not place.startswith("inputs.")
        assert stands_in(path, TEXTS) == is_prose, place


def test_names_of_users_are_no_words() -> None:
    for place in (
        "queues.queue.visibility",
        "queues.environment.visibility",
        "topics.arn.display_name",
        "subscriptions.filter.send.message",
        "subscriptions.x.to.api_destination.headers.endpoint",
        "subscriptions.x.to.api_destination.query.secret",
        "consumers.allow.function.code",
        "consumers.x.function.environment",
        "messages.import.type",
        "subscriptions.x.filter",
        "queues.x.allow.publish",
    ):
        assert not stands_in(tuple(place.split(".")), PLACES), place
