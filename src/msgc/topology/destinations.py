"""API destinations: what is called, with which connection, and how that authorises its calls."""

from __future__ import annotations

from typing import Literal, assert_never

from msgc.record import Record
from msgc.topology import names
from msgc.topology.deferred import Text, declared
from msgc.topology.settings import ByArn, Provided


class Secret(Record):
    """A secret of Secrets Manager, by its name or ARN, or one field of it."""

    name: Text
    field: str = ""


class Authorization(Record):
    """How a connection that the stack makes authorises its calls; the secret is never here."""

    kind: Literal["api_key", "basic", "oauth"]
    secret: Secret
    header: str = ""
    """Of `api_key`: the header with the secret."""
    endpoint: Text = ""
    """Of `oauth`, as what follows: where a token is asked for."""
    method: str = "POST"
    client_id: Text = ""
    body: dict[str, Text] = {}  # noqa: RUF012  # records are frozen

    @property
    def words(self) -> tuple[str, ...]:
        """All that it says, as texts: equal connections are one resource."""
        body = (part for key, value in self.body.items() for part in (key, declared(value)))
        texts = (self.secret.name, self.endpoint, self.client_id)
        said = (*map(declared, texts), self.secret.field, self.header, self.method)
        return (self.kind, *said, *body)


Connection = Authorization | ByArn | Provided
"""What an API destination is called with: made by the stack, found, or handed over."""


class Destination(Record):
    """An API destination that the stack makes."""

    url: Text
    method: str
    rate: int | None
    """Calls a second, at most; None: AWS's default of 300."""
    connection: Connection

    @property
    def words(self) -> tuple[str, ...]:
        """What it is, as texts: equal ones are one resource, of whatever rate."""
        return (declared(self.url), self.method, *connection_words(self.connection))

    @property
    def identifier(self) -> str:
        """The id of its construct: `ApiExampleCom1A2B3C4D`."""
        host = names.pascal(names.host(declared(self.url)).lower())[:100]
        return f"{host}{names.digest(repr(self.words))}"


class HttpParameters(Record):
    """What a call has besides the message; a value that begins with `$.` is a path of the event."""

    path: tuple[str, ...] = ()
    """What stands for each `*` of the URL."""
    query: dict[str, str] = {}  # noqa: RUF012  # records are frozen
    headers: dict[str, str] = {}  # noqa: RUF012


def connection_words(found: Connection) -> tuple[str, ...]:
    """Return what a connection is, as texts."""
    match found:
        case Authorization():
            return found.words
        case ByArn(arn=arn):
            return ("arn", declared(arn))
        case Provided() as given:
            return ("provided", given.built_as)
        case _:
            assert_never(found)


def is_made(found: Connection) -> bool:
    """Whether the stack makes a connection."""
    match found:
        case Authorization():
            return True
        case ByArn() | Provided():
            return False
        case _:
            assert_never(found)


def connection_identifier(found: Connection) -> str:
    """Return the id of its construct: `PartnerKey1A2B3C4D`, by the secret's name."""
    match found:
        case Authorization():
            secret = names.pascal(declared(found.secret.name).rpartition(":")[2])[:100]
            return f"{secret}{names.digest(repr(found.words))}"
        case ByArn(arn=arn):
            return f"Connection{names.digest(declared(arn))}"
        case Provided(argument=argument):
            return names.pascal(argument)
        case _:
            assert_never(found)
