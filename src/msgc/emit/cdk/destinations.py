"""Print API destinations, their connections and what calls have besides a body."""

from __future__ import annotations

from typing import Any

from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.printer import Option, Printer, identifier, number
from msgc.emit.python_writer import string
from msgc.stack.model import Resource
from msgc.stack.values import Join, Value, parts_of


def api_destination(printer: Printer, made: Resource) -> Call:
    """Print an API destination."""
    method = made.properties["HttpMethod"]
    return new(
        "self.api_destination",
        identifier(made),
        url=printer.option(made, "InvocationEndpoint"),
        connection=printer.known(made.properties["ConnectionArn"]),
        method=None if method == "POST" else printer.value(method),
        rate=number(made.properties.get("InvocationRateLimitPerSecond")),
    )


def connection(printer: Printer, made: Resource) -> Call:
    """Print a connection, with how it authorises calls."""
    parameters: Any = made.properties["AuthParameters"]
    ((kind, said),) = parameters.items()
    return new(
        "self.connection", identifier(made), authorization=_AUTHORIZATION[kind](printer, said)
    )


def _api_key(printer: Printer, said: dict[str, Any]) -> Call:
    name = printer.value(said["ApiKeyName"])
    return new(printer.out.kit("by_api_key"), name, _secret(printer, said["ApiKeyValue"]))


def _basic(printer: Printer, said: dict[str, Any]) -> Call:
    name, _ = _reference(said["Password"])
    return new(printer.out.kit("by_basic"), printer.value(name))


def _oauth(printer: Printer, said: dict[str, Any]) -> Call:
    client, more = said["ClientParameters"], said.get("OAuthHttpParameters", {})
    body: dict[str, Value] = {each["Key"]: each["Value"] for each in more.get("BodyParameters", ())}
    method = said["HttpMethod"]
    return new(
        printer.out.kit("by_oauth"),
        printer.value(said["AuthorizationEndpoint"]),
        client_id=printer.value(client["ClientID"]),
        client_secret=_secret(printer, client["ClientSecret"]),
        method=None if method == "POST" else printer.value(method),
        body=printer.value(body) if body else None,
    )


_AUTHORIZATION = {
    "ApiKeyAuthParameters": _api_key,
    "BasicAuthParameters": _basic,
    "OAuthParameters": _oauth,
}


def _secret(printer: Printer, reference: Value) -> Call:
    """Print the secret of a dynamic reference."""
    name, field = _reference(reference)
    more = string(field) if field else None
    return new(printer.out.kit("secret"), printer.value(name), field=more)


def _reference(found: Any) -> tuple[Value, str]:
    """Return the name and the field of a secret that a dynamic reference reads."""
    parts = list(parts_of(found))
    parts[0] = str(parts[0]).removeprefix("{{resolve:secretsmanager:")
    parts[-1], _, field = str(parts[-1]).rpartition(":SecretString:")
    named = tuple(part for part in parts if part != "")
    name: Value = named[0] if len(named) == 1 else Join(parts=named)
    return name, field.removesuffix("::}}")


def http(printer: Printer, target: dict[str, Any]) -> dict[str, Option]:
    """Return the arguments for what calls of an API destination have besides a body."""
    said = target.get("HttpParameters", {})
    return {
        word: printer.value(said[key]) if key in said else None
        for word, key in (
            ("path", "PathParameterValues"),
            ("query", "QueryStringParameters"),
            ("headers", "HeaderParameters"),
        )
    }
