"""What changes for filters on topics: attributes that publishers don't send yet, and scopes.

What is deployed is most likely what the generated files on the disk say, before they are written.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from msgc.diagnostics import Diagnostic, listing
from msgc.evolution import codes
from msgc.links.mechanisms import SnsSubscription
from msgc.links.model import Attribute, Links
from msgc.topology.ends import Place
from msgc.topology.messages import Message

Sent = dict[str, dict[str, frozenset[str]]]
"""The attributes of messages, by the environment variables with the addresses of places."""


def filters_to_deploy(
    links: Links, publishers: Iterable[bytes], stacks: Iterable[bytes]
) -> Iterator[Diagnostic]:
    """Yield what has to be deployed in order, and what filters look at something else.

    `publishers` and `stacks` are generated modules that are about to change, as they are now.
    """
    sent: Sent = {}
    for text in publishers:
        sent |= _sent(_parsed(text))
    scopes: dict[str, str] = {}
    for text in stacks:
        scopes |= _scopes(_parsed(text))
    for made in links.sns_subscriptions:
        if made.edges[0].made_by is None:
            yield from _changed_scope(made, scopes)
            yield from _not_sent_yet(made, links, sent)


def _changed_scope(made: SnsSubscription, scopes: dict[str, str]) -> Iterator[Diagnostic]:
    before, policy = scopes.get(made.construct_id), made.policy
    if before is None or policy is None or before == policy.scope:
        return
    edge = next((each for each in made.edges if each.filter is not None), made.edges[0])
    names = listing([f"`{each.name}`" for each in made.edges], "and")
    yield codes.SCOPE_CHANGES.at(
        edge.place("filter") if edge.says("filter") else edge.key,
        f"with this build the filter of {names} looks at {_LOOKS[policy.scope]}, no longer at"
        f" {_LOOKS[before]}",
        help="SNS takes up to 15 minutes for that; to keep it as it is, write"
        f" `filter_on: {_WORDS[before]}`",
    )


_WORDS = {"MessageAttributes": "attributes", "MessageBody": "body"}
_LOOKS = {"MessageAttributes": "the attributes", "MessageBody": "the body"}


def _not_sent_yet(made: SnsSubscription, links: Links, sent: Sent) -> Iterator[Diagnostic]:
    """Yield the attributes that a filter wants, and that the publishers on the disk don't send."""
    policy, place = made.policy, made.topic
    before = sent.get(links.addresses[place].variable) if place in links.addresses else None
    if before is None or policy is None or policy.scope != "MessageAttributes":
        return
    wanted = _names(policy.policy)
    missing: dict[str, list[Message]] = {}
    narrowed = False
    for message in dict.fromkeys(message for edge in made.edges for message in edge.messages):
        sending = links.attributes.get((place, message), ())
        narrowed = narrowed or any(each.name in wanted and _is_type(each) for each in sending)
        now = {each.name for each in sending if not _is_type(each)}
        for name in sorted((wanted & now) - before.get(message.name, frozenset(now))):
            missing.setdefault(name, []).append(message)
    if not missing:
        return
    edge = next((each for each in made.edges if each.filter is not None), made.edges[0])
    attributes = listing([f"`{name}`" for name in missing], "and")
    messages = dict.fromkeys(message.name for found in missing.values() for message in found)
    yield codes.NOT_SENT_YET.at(
        edge.place("filter") if edge.says("filter") else edge.key,
        f"the publishers on the disk don't send {attributes} with"
        f" {listing([f'`{name}`' for name in messages], 'and')} yet: until those that this build"
        f" writes are deployed, nothing of that passes `{edge.name}`",
        help=f"deploy {_producers(links, place)} first, and then this stack"
        + ("" if narrowed else "; or write `filter_on: body`"),  # which may not tell the type
    )


def _is_type(attribute: Attribute) -> bool:
    """Whether an attribute says the type of a message, as generated publishers always do."""
    return not attribute.path and attribute.given is None


def _producers(links: Links, place: Place) -> str:
    names = [
        f"`{each.name}`"
        for each in links.topology.publishers
        if each.stubs and any(publication.target is place for publication in each.publishes)
    ]
    return listing(names, "and")


def _names(policy: object) -> frozenset[str]:
    """Return the attributes that a filter policy looks at."""
    if not isinstance(policy, dict):
        return frozenset()
    found: set[str] = set()
    for name, value in policy.items():
        branches = value if name == "$or" else ()
        found |= {inner for branch in branches for inner in _names(branch)}
        if name != "$or":
            found.add(name)
    return frozenset(found)


def _parsed(text: bytes) -> ast.Module:
    """Return the syntax of a generated module; of one that somebody broke, nothing."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _sent(module: ast.Module) -> Sent:
    """Return what the publishers of a module send: `Attribute(...)` below `carries`."""
    found: Sent = {}
    for node in module.body:
        if not isinstance(node, ast.ClassDef):
            continue
        variable: object = None
        for each in node.body:
            match each:
                case ast.Assign(targets=[ast.Name(id="variable")], value=ast.Constant(variable)):
                    pass
                case ast.AnnAssign(target=ast.Name(id="carries"), value=ast.Dict(keys, values)):
                    found[str(variable)] = dict(_carried(keys, values))
    return found


def _carried(
    keys: list[ast.expr | None], values: list[ast.expr]
) -> Iterator[tuple[str, frozenset[str]]]:
    for key, value in zip(keys, values, strict=True):
        match key:
            case ast.Constant(str(name)):
                yield name, frozenset(_attributes(value))


def _attributes(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        match node:
            case ast.Call(
                func=ast.Name(id="Attribute" | "Given"), args=[ast.Constant(str(name)), *_]
            ):
                yield name


def _scopes(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the scope of each filter of a stack, by the id of its subscription."""
    for node in ast.walk(module):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="subscription"), args=[ast.Constant(str(name)), *_]
            ):
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                scope = given.get("scope", ast.Constant("MessageAttributes"))
                if "filter_policy" in given and isinstance(scope, ast.Constant):
                    yield name, str(scope.value)  # or it differs between environments
