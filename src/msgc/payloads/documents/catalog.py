"""What a messaging.yaml says of all schemas: where those with an `$id` are, and annotations."""

from __future__ import annotations

from collections.abc import Callable

from msgc.record import Record


def _nowhere(_: str) -> tuple[str, ...]:
    return ()


class Catalog(Record):
    """Schemas that are found by their `$id`, and words in schemas that mean nothing to msgc."""

    annotations: frozenset[str] = frozenset()
    """Words of others in schemas, of which nothing is said."""
    find: Callable[[str], tuple[str, ...]] = _nowhere
    """Return the paths of the files with an `$id`; it is given without a fragment."""
    folders: tuple[str, ...] = ()
    """The folders that were looked through, for messages."""


NO_CATALOG = Catalog()
