# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""API destinations, their connections, and how these authorise calls."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import SecretValue
from aws_cdk import aws_events as events
from aws_cdk.interfaces import aws_events as events_interfaces

from .base import Base


class Destinations(Base):
    """Makes API destinations and connections."""

    def connection(
        self, construct_id: str, *, authorization: events.Authorization
    ) -> events.Connection:
        """Make a connection: EventBridge keeps its secret in one of its own.

        The secret is read from Secrets Manager when the stack is deployed. It is read again when
        something of the connection changes, and not when the secret does.
        """
        return events.Connection(self, construct_id, authorization=authorization)

    def api_destination(
        self,
        construct_id: str,
        *,
        url: str,
        connection: events_interfaces.IConnectionRef | str,
        method: str = "POST",
        rate: int | None = None,
    ) -> events.CfnApiDestination:
        """Make an API destination; `rate` is how many calls a second there are at most.

        A connection may be an ARN. L1: the L2 takes none that is known at deploy only.
        """
        return events.CfnApiDestination(
            self,
            construct_id,
            connection_arn=connection
            if isinstance(connection, str)
            else connection.connection_ref.connection_arn,
            invocation_endpoint=url,
            http_method=method,
            invocation_rate_limit_per_second=rate,
        )


def secret(name: str, *, field: str | None = None) -> SecretValue:
    """Return a secret of Secrets Manager by its name or ARN, or one field of its JSON."""
    return SecretValue.secrets_manager(name, json_field=field)


def by_api_key(header: str, value: SecretValue) -> events.Authorization:
    """Authorise with a secret in a header."""
    return events.Authorization.api_key(header, value)


def by_basic(name: str) -> events.Authorization:
    """Authorise with the `username` and the `password` of a secret which is JSON."""
    user, password = (secret(name, field=field) for field in ("username", "password"))
    return events.Authorization.basic(user.unsafe_unwrap(), password)


def by_oauth(
    endpoint: str,
    *,
    client_id: str,
    client_secret: SecretValue,
    method: str = "POST",
    body: Mapping[str, str] | None = None,
) -> events.Authorization:
    """Authorise with a token, which is asked for with a client's id and secret."""
    parameters = {
        name: events.HttpParameter.from_string(value)
        for name, value in (body or {}).items()
    }
    return events.Authorization.oauth(
        authorization_endpoint=endpoint,
        client_id=client_id,
        client_secret=client_secret,
        http_method=events.HttpMethod(method),
        body_parameters=parameters or None,
    )
