"""What a messaging.yaml says of all schemas: the folders where `$id`s are found, and annotations."""

from __future__ import annotations

from collections.abc import Callable

from msgc.record import Record


def _nowhere(_: str) -> str | None:
    return None


class Catalog(Record):
    """Schemas that are found by their `$id`, and words in schemas that mean nothing to msgc."""

    annotations: frozenset[str] = frozenset()
    """Words of others in schemas, of which nothing is said."""
    find: Callable[[str], str | None] = _nowhere
    """Return the path of the file whose `$id` is an address, without a fragment."""
    folders: tuple[str, ...] = ()
    """The folders that were looked through, for messages."""


NO_CATALOG = Catalog()
