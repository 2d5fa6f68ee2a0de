"""Resolve API destinations: their connections, secrets, and what calls have besides a body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgc.diagnostics import Label
from msgc.kinds import Kind
from msgc.resolve import codes, parse
from msgc.resolve.ends.found import handed_over, named_argument
from msgc.resolve.symbols import SymbolTable
from msgc.runtime.testing.templates import split
from msgc.topology.deferred import spelling
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
from msgc.topology.settings import ByArn, ByParameter
from msgc.tree import Mapping, Node, Scalar

_KINDS: tuple[Literal["api_key", "basic", "oauth"], ...] = ("api_key", "basic", "oauth")
_SECRETS = (
    "sk_", "pk_", "rk_", "sk-", "whsec_", "xox", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-",
    "AKIA", "ASIA", "AIza", "ya29.", "eyJ", "SG.", "shpat_", "npm_", "dop_v1_", "hf_",
)  # fmt: skip
"""How keys of well-known services begin: Stripe, Slack, GitHub, AWS, Google, JSON Web Tokens."""


def resolve_destination(
    symbols: SymbolTable, key: Scalar, kind: Kind, node: Mapping, was: str | None
) -> Outside | None:
    """Return an API destination that exists, or one that the stack makes.

    `key` is the name of its edge, and `was` that under which it was first built.
    """
    http = _http(symbols, node)
    if (arn := parse.address(node.get("arn"))) is not None:
        return Outside(kind=kind, text=None, address=ByArn(arn=arn), http=http)
    if (parameter := parse.address(node.get("parameter"))) is not None:
        return Outside(kind=kind, text=None, address=ByParameter(parameter=parameter), http=http)
    if (provided := named_argument(node)) is not None:
        return Outside(kind=kind, text=None, address=provided, http=http)
    url = parse.address(node.get("url"))
    connection = _connection(symbols, key, node.get("connection"), was)
    if url is None or connection is None:
        return None
    _check_wildcards(symbols, node, spelling(url), len(http.path))
    destination = Destination(
        url=url,
        method=parse.text(node.get("method")) or "POST",
        rate=parse.integer(node.get("rate")),
        connection=connection,
    )
    return Outside(kind=kind, text=url, destination=destination, http=http)


def _check_wildcards(symbols: SymbolTable, node: Mapping, url: str, given: int) -> None:
    wanted = url.count("*")
    if given != wanted:
        where = node.key("path") if "path" in node.entries else node.key("url")
        symbols.report(
            codes.HTTP_PARAMETER,
            where.span,
            f"the URL has {wanted} `*`, and `path` has {given} value{'s' * (given != 1)} for them",
            "give each `*` a value, in their order: `path: [<$.detail.order_id>]`",
        )


def _connection(
    symbols: SymbolTable, key: Scalar, node: Node | None, was: str | None
) -> Connection | None:
    provided = handed_over(node, key.text, "connection", was)
    if provided is not None:
        return provided
    if not isinstance(node, Mapping):
        written = parse.address(node)
        return ByArn(arn=written) if written else None
    if (arn := parse.address(node.get("arn"))) is not None:
        return ByArn(arn=arn)
    for kind in _KINDS:
        settings = node.get(kind)
        if isinstance(settings, Mapping):
            return _authorization(symbols, kind, settings)
    return None


def _authorization(
    symbols: SymbolTable, kind: Literal["api_key", "basic", "oauth"], node: Mapping
) -> Authorization | None:
    secret = _secret(symbols, node.get("secret"))
    if secret is None:
        return None
    body = parse.mapping(node.get("body"))
    return Authorization(
        kind=kind,
        secret=secret,
        header=parse.text(node.get("header")) or "",
        endpoint=parse.address(node.get("endpoint")) or "",
        method=parse.text(node.get("method")) or "POST",
        client_id=parse.address(node.get("client_id")) or "",
        body={parse.literal(k.text): parse.address(value) or "" for k, value in body.items()}
        if body
        else {},
    )


def _secret(symbols: SymbolTable, node: Node | None) -> Secret | None:
    named = node.get("name") if isinstance(node, Mapping) else node
    name = parse.address(named)
    if name is None or named is None:
        return None
    if looks_like_a_secret(spelling(name)):
        symbols.report(
            codes.SECRET_IN_FILE,
            named.span,
            "this looks like a secret itself, and not like the name of one",
            "put it into Secrets Manager, write the name that it has there, and replace it:"
            " whoever has read this file knows it",
        )
        return None
    field = parse.text(node.get("field")) if isinstance(node, Mapping) else None
    return Secret(name=name, field=field or "")


def looks_like_a_secret(text: str) -> bool:
    """Whether a text is rather a key or a token than a name that somebody gave.

    It begins as those of well-known services do, or is long and mixes letters of both cases with
    digits, without anything between words.
    """
    if text.startswith(_SECRETS):
        return True
    words = not text.isalnum() and not text.rstrip("=").replace("+", "").isalnum()
    if words or len(text) < 20:
        return False
    return any(c.isdigit() for c in text) and text.lower() != text and text.upper() != text


def _http(symbols: SymbolTable, node: Mapping) -> HttpParameters:
    query, headers = parse.mapping(node.get("query")), parse.mapping(node.get("headers"))
    return HttpParameters(
        path=tuple(_value(symbols, item) for item in parse.items(node.get("path"))),
        query={parse.literal(k.text): _value(symbols, value) for k, value in query.items()}
        if query
        else {},
        headers={parse.literal(k.text): _value(symbols, value) for k, value in headers.items()}
        if headers
        else {},
    )


def _value(symbols: SymbolTable, node: Node) -> str:
    """Return a value of a call: text as it is, or the path of the event that it is taken from."""
    written = parse.text(node) or ""
    parts = split(written) if "<" in written else []
    held = [text for text, is_held in parts if is_held]
    if held and len(parts) == 1 and held[0].startswith("$."):
        return held[0]
    for problem, advice in _problems(written, held):
        symbols.report(codes.HTTP_PARAMETER, node.span, problem, advice)
        break
    return written


def _problems(written: str, held: list[str]) -> Iterator[tuple[str, str]]:
    if held and not held[0].startswith("$."):
        yield (
            f"`<{held[0].strip('<>')}>` can't be filled in here",
            "a value is text, or a path of the event: `<$.detail.order_id>`",
        )
    if held:
        yield (
            f"`<{held[0]}>` stands beside other text, which EventBridge can't join here",
            "let it be the whole value",
        )
    if written.startswith("$."):
        yield "EventBridge takes this for a path of the event", f"write it as one: `<{written}>`"


def check_rates(symbols: SymbolTable, edges: dict[str, Subscription]) -> None:
    """Report destinations that are one resource, and have two rates."""
    known: dict[tuple[str, ...], tuple[Subscription, Destination]] = {}
    for edge in edges.values():
        end = as_outside(edge.target)
        found = end.destination if end is not None else None
        if found is None:
            continue
        first, other = known.setdefault(found.words, (edge, found))
        if other.rate != found.rate:
            symbols.report(
                codes.MIXED_RATES,
                edge.place("to", "api_destination", "rate"),
                f"`{first.name}` and `{edge.name}` call one API destination, with two rates",
                "write the same `rate` in both: it is for all calls of the destination",
                Label(
                    span=first.place("to", "api_destination", "rate"),
                    message=f"`{first.name}` is here",
                ),
            )
