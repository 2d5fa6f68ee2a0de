"""Plan API destinations and their connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule, Pipe
from msgc.links.model import Links
from msgc.stack.arns import connection_path, end_handle, outside_path
from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.stack.values import Attribute, Path, Value, text
from msgc.topology import names
from msgc.topology.deferred import Text
from msgc.topology.destinations import (
    Authorization,
    Connection,
    Destination,
    HttpParameters,
    Secret,
)
from msgc.topology.edges import Subscription
from msgc.topology.ends import Outside
from msgc.topology.narrowing import as_outside
from msgc.topology.settings import ByArn, Provided


def destinations(links: Links) -> Iterator[Item]:
    """Yield the API destinations that the stack makes, each behind its connection.

    Equal ones are one resource. Their attributes have the name of the first edge that has them, in
    the order of names.
    """
    made: set[Path] = set()
    calls: tuple[EventRule | Pipe, ...] = (*links.event_rules, *links.pipes)
    for call in sorted(calls, key=lambda call: call.edge.name):
        end = as_outside(call.target)
        if end is None or end.destination is None:
            continue
        connection = connection_path(end.destination.connection)
        if connection not in made:
            made.add(connection)
            yield _connection(end.destination.connection, call.edge)
        if outside_path(end) not in made:
            made.add(outside_path(end))
            yield _destination(end, end.destination, call.edge)


def _destination(end: Outside, destination: Destination, edge: Subscription) -> Resource:
    properties: dict[str, Value] = {
        "ConnectionArn": Attribute(of=connection_path(destination.connection), name="Arn"),
        "HttpMethod": destination.method,
        "InvocationEndpoint": text(destination.url),
    }
    if destination.rate is not None:
        properties["InvocationRateLimitPerSecond"] = destination.rate
    return Resource(
        path=outside_path(end),
        type="AWS::Events::ApiDestination",
        properties=properties,
        declared=edge,
        handle=Handle(name=_handle(edge, "api-destination")),
    )


def _connection(found: Connection, edge: Subscription) -> Item:
    path = connection_path(found)
    handle = Handle(name=_handle(edge, "connection"))
    match found:
        case Authorization():
            kind, parameters = _AUTHORIZATION[found.kind], _parameters(found)
            return Resource(
                path=path,
                type="AWS::Events::Connection",
                properties={"AuthorizationType": kind, "AuthParameters": parameters},
                declared=edge,
                handle=handle,
            )
        case ByArn():
            return Existing(
                path=path,
                type="AWS::Events::Connection",
                address=found,
                declared=edge,
                handle=handle,
            )
        case Provided(argument=argument):
            named = Handle(name=argument)
            return Existing(
                path=path,
                type="AWS::Events::Connection",
                address=found,
                declared=edge,
                handle=named,
            )
        case _:
            assert_never(found)


def _handle(edge: Subscription, word: str) -> str:
    """Return the attribute of what is made for an edge, or for one of a list of targets."""
    if edge.index is None:
        return names.snake(f"{edge.name}-{word}")
    called = end_handle(edge.target).removesuffix("_api_destination")
    return names.snake(f"{edge.name}-{called}-{word}")


_AUTHORIZATION = {"api_key": "API_KEY", "basic": "BASIC", "oauth": "OAUTH_CLIENT_CREDENTIALS"}
"""https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html"""


def _parameters(found: Authorization) -> dict[str, Value]:
    secret = found.secret
    if found.kind == "api_key":
        key: dict[str, Value] = {"ApiKeyName": found.header, "ApiKeyValue": _value(secret)}
        return {"ApiKeyAuthParameters": key}
    if found.kind == "basic":
        user: dict[str, Value] = {
            "Username": _value(secret.replace(field="username")),
            "Password": _value(secret.replace(field="password")),
        }
        return {"BasicAuthParameters": user}
    client: dict[str, Value] = {"ClientID": text(found.client_id), "ClientSecret": _value(secret)}
    oauth: dict[str, Value] = {
        "AuthorizationEndpoint": text(found.endpoint),
        "ClientParameters": client,
        "HttpMethod": found.method,
    }
    if found.body:
        oauth["OAuthHttpParameters"] = {
            "BodyParameters": tuple(_parameter(*each) for each in found.body.items())
        }
    return {"OAuthParameters": oauth}


def _parameter(key: str, value: Text) -> Value:
    return {"IsValueSecret": False, "Key": key, "Value": text(value)}


def _value(secret: Secret) -> Value:
    """Return what CloudFormation reads the secret for."""
    behind = f":SecretString:{secret.field}::}}}}"
    return text(secret.name, before="{{resolve:secretsmanager:", behind=behind)


def http_parameters(found: HttpParameters) -> dict[str, Value]:
    """Return what a rule or a pipe says of its calls; nothing, if nothing is said."""
    said: dict[str, Value] = {
        "PathParameterValues": found.path,
        "QueryStringParameters": {**found.query},
        "HeaderParameters": {**found.headers},
    }
    given: Value = {key: value for key, value in said.items() if value}
    return {"HttpParameters": given} if given else {}
