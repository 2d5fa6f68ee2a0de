"""Split an HTTP address into its parts, of which some may be known only at deploy."""

from __future__ import annotations

from msgc.record import Record
from msgc.topology.deferred import Text

_FILLED = "\0"
"""Stands for a placeholder: no URL has it."""


class Url(Record):
    """The parts of an HTTP address; in each, NUL characters stand for placeholders."""

    user: str
    """What stands before an `@`: a name, or a name and a password."""
    host: str
    port: str
    path: str
    query: str | None
    fragment: str | None

    @property
    def has_credentials(self) -> bool:
        """Whether a password, or a name without one, is written here, and not filled in."""
        name, colon, password = self.user.partition(":")
        return bool((password if colon else name).replace(_FILLED, ""))


def split_url(text: Text) -> Url:
    """Return the parts of an address."""
    parts = (text,) if isinstance(text, str) else text.parts
    written = "".join(part if isinstance(part, str) else _FILLED for part in parts)
    _, scheme, rest = written.partition("://")  # without one, all of it is filled in
    rest, hash_, fragment = (rest if scheme else written).partition("#")
    rest, mark, query = rest.partition("?")
    authority, slash, path = rest.partition("/")
    user, _, authority = authority.rpartition("@")
    if authority.startswith("["):  # an IPv6 address
        host, _, port = authority[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = authority.partition(":")
    return Url(
        user=user,
        host=host,
        port=port,
        path=f"{slash}{path}",
        query=query if mark else None,
        fragment=fragment if hash_ else None,
    )


def foreign_characters(url: Url, allowed: str) -> str:
    """Return the characters of path and query that are neither letters nor digits nor allowed."""
    text = f"{url.path}{url.query or ''}"
    return "".join(
        dict.fromkeys(
            c for c in text if not (c.isascii() and c.isalnum()) and c not in allowed + _FILLED
        )
    )
