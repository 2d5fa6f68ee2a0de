"""Find the places that a file imports from other services of its workspace."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from msgc.diagnostics import did_you_mean
from msgc.kinds import BUS, QUEUE, TOPIC, Kind
from msgc.record import Record
from msgc.resolve import codes, parse
from msgc.resolve.ends.found import found
from msgc.resolve.messages.imports import Imported, Imports
from msgc.resolve.places.keys import in_stack, managed_key
from msgc.resolve.places.outsiders import outsider
from msgc.resolve.places.topics_and_buses import external, fifo
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import deferred, placeholders
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.environments import Environment, suffix_of
from msgc.topology.names import physical
from msgc.topology.outsiders import Accounts, AwsService, Principals
from msgc.topology.placement import MAIN
from msgc.topology.settings import ByArn, ByName, ByParameter, Fifo, Found, Key, Provided
from msgc.topology.units import DEFAULT_QUEUE_SIZE, DEFAULT_TOPIC_SIZE
from msgc.tree import Mapping, Scalar
from msgc.workspace import Workspace
from msgc.workspace.codes import FOREIGN_ADDRESS, OTHER_ENVIRONMENTS


class _Importable(Record):
    """What is particular about importing places of one kind."""

    kind: Kind
    max_size: int | None
    """Bytes, if its file doesn't say it; None: it has no limit of its own."""
    lists_all: bool
    """Whether `messages` lists all that it carries: edges bring more to a queue."""
    of_account: str | None = None
    """The name of the one that every account has."""


_IMPORTABLE = (
    _Importable(kind=TOPIC, max_size=DEFAULT_TOPIC_SIZE, lists_all=True),
    _Importable(kind=BUS, max_size=None, lists_all=True, of_account="default"),
    _Importable(kind=QUEUE, max_size=DEFAULT_QUEUE_SIZE, lists_all=False),
)
_WORDS = frozenset(each.kind.word for each in _IMPORTABLE)
_OWNERS = frozenset({"description", "import", "messages", "was"})
"""What may be said of a place of another service: the rest is its owner's to say."""


def find_elsewhere(symbols: SymbolTable, imports: Imports, workspace: Workspace) -> None:
    """Add what is known of the places that the file imports from other services."""
    for one in _IMPORTABLE:
        kind = one.kind
        for key, node in symbols.declarations(kind.section or ""):
            source = parse.mapping(node.get("import"))
            if source is None or _says_misfits(symbols, kind, source):
                continue
            if "service" not in source.entries:
                continue
            _say_options_of_owner(symbols, node, source)
            found = (kind.section or "", key.text)
            declared = imports.find(kind.word, key, node)
            place = _place(symbols, one, declared, source, workspace) if declared else None
            if place is None:
                symbols.misread.add(found)
            else:
                symbols.elsewhere[found] = place


def _says_misfits(symbols: SymbolTable, kind: Kind, source: Mapping) -> bool:
    """Report the name of a place in an import that has no service, or is of another kind."""
    misfits = [word for word in sorted(_WORDS - {kind.word}) if word in source.entries]
    for word in misfits:
        said = f"`{word}` can't be imported as a {kind.word}"
        symbols.report(
            codes.OPTION_NOT_HERE, source.key(word).span, said, f"write `{kind.word}: ...`"
        )
    own = source.entries.get(kind.word)
    if own is not None and "service" not in source.entries:
        misfits.append(kind.word)
        said = f"`{kind.word}` only goes with `service`"
        symbols.report(codes.OPTION_NOT_HERE, own[0].span, said, "take it out")
    return bool(misfits)


def _say_options_of_owner(symbols: SymbolTable, node: Mapping, source: Mapping) -> None:
    for key, _ in node.entries.values():
        if key.text not in _OWNERS:
            owner = parse.text(source.get("service"))
            symbols.report(
                codes.OPTION_NOT_HERE,
                key.span,
                f"`{key.text}` is for `{owner}` to say, to which this belongs",
                "take it out here",
            )


def _place(
    symbols: SymbolTable,
    one: _Importable,
    declared: Imported,
    source: Mapping,
    workspace: Workspace,
) -> Elsewhere | None:
    node, there = declared.node, declared.file.symbols
    name, ordered = declared.key.text, fifo(node)
    if not _is_known_environment(symbols, declared, source):
        return None
    address = _address(symbols, one, declared, ordered)
    if address is None:
        symbols.report(
            FOREIGN_ADDRESS,
            source.span,
            f"where `{name}` of {declared.file.called} is, is known only when that is deployed",
            "import it as that file does: by an ARN with an input of this file",
        )
        return None
    allow, default = parse.mapping(node.get("allow")), one.max_size
    return Elsewhere(
        service=there.service,
        name=name,
        span=declared.key.span,
        address=address,
        fifo=ordered,
        max_size=default and parse.given(parse.size(node.get("max_size")), default),
        visibility=parse.duration(node.get("visibility")),
        types=_types(declared, workspace),
        open=external(node, "publish")
        or (allow is not None and "publish" in allow.entries)
        or "import" in node.entries
        or not one.lists_all
        or name == one.of_account,
        encrypted="encryption" in node.entries
        and parse.boolean(node.get("encryption")) is not False,
        key=_key(declared, address, _stack(there.root, one.kind.section or "", name)),
        lets_in=_lets_in(there, one.kind, name),
        replaced_by=_replaced_by(there, one.kind, name),
        sent=partial(workspace.sent, declared.file.path, name),
    )


def _key(declared: Imported, address: Found, stack: str) -> Key | None:
    """Return the key that the stack of a place's owner makes for it.

    Only if it is of this account and Region: then its alias is known.
    """
    file, written = declared.file.symbols, declared.node.get("encryption")
    node = written.get("key") if isinstance(written, Mapping) else None
    managed = None if node is None else managed_key(node)
    match address:
        case ByName() if managed is not None:
            own = in_stack(managed, stack)
            return Key(
                name=f"{file.service}-{own}",
                key=declared.key.span,
                node=declared.node,
                address=None,
                alias=physical(file.built_as, own, suffix=suffix_of(file.environment)),
            )
        case ByName() | ByArn() | ByParameter() | Provided():
            return None
        case _:
            assert_never(address)


def _stack(root: Mapping, section: str, name: str) -> str:
    """Return the stack in which a file has one of its places."""
    stacks = parse.mapping(root.get("stacks"))
    for key, node in stacks.items() if stacks is not None else ():
        own = parse.mapping(node)
        if own is not None and name in map(parse.text, parse.items(own.get(section))):
            return key.text
    return MAIN


def _replaced_by(there: SymbolTable, kind: Kind, name: str) -> str | None:
    """Return the place that replaces another one by the file of its owner."""
    declared = SymbolTable(there.root).declarations(kind.section or "")
    return next(
        (key.text for key, node in declared if parse.text(node.get("replaces")) == name), None
    )


def _lets_in(there: SymbolTable, kind: Kind, name: str) -> tuple[AwsService, ...]:
    """Return the AWS services that publish to a place by the file of its owner."""
    silent = SymbolTable(there.root)
    found: list[AwsService] = []
    for _, node in silent.declarations("producers"):
        listed = (parse.mapping(item) for item in parse.items(node.get("publishes")))
        if not any(item and parse.text(item.get(kind.word)) == name for item in listed):
            continue
        who = outsider(silent, node)
        match who:
            case AwsService():
                found.append(who)
            case Accounts() | Principals() | None:
                pass
            case _:
                assert_never(who)
    return tuple(found)


def _is_known_environment(symbols: SymbolTable, declared: Imported, source: Mapping) -> bool:
    """Report that it isn't known in which environment of its service a place is meant."""
    there, own = declared.file, symbols.environment
    said = source.get("environment")
    if said is not None and there.symbols.environment is None and not there.environments:
        symbols.report(
            codes.OPTION_NOT_HERE,
            source.key("environment").span,
            f"{there.called} has no environments",
            "take `environment` out",
        )
        return False
    if not there.environments:
        return True
    span = source.span if said is None else said.span
    missing = parse.text(said) or (own.name if own is not None else "")
    symbols.report(
        OTHER_ENVIRONMENTS,
        span,
        f"{there.called} has no environment `{missing}`"
        if missing
        else f"{there.called} has environments, and this file has none",
        did_you_mean(missing, there.environments)
        if said is not None
        else f"say which is meant: `environment: {there.environments[0]}`",
    )
    return False


def _address(
    symbols: SymbolTable, one: _Importable, declared: Imported, ordered: Fifo | None
) -> Found | None:
    """Return how a place is found: by its name in AWS, or as its owner finds it."""
    node, file, name = declared.node, declared.file.symbols, declared.key.text
    if "import" not in node.entries:
        built_as = parse.text(node.get("was")) or name
        suffix = suffix_of(file.environment)
        called = parse.text(node.get("name")) or physical(file.built_as, built_as, suffix=suffix)
        if name == one.of_account:
            called = name
        if ordered is not None and not called.endswith(".fifo"):
            called += ".fifo"
        return _named(symbols.environment, file.environment, one.kind, called)
    there = found(node.get("import"), name, one.kind)
    match there:
        case ByArn(arn=text) | ByParameter(parameter=text) | ByName(name=text):
            return there if all(not part.is_input for part in placeholders(text)) else None
        case Provided() | None:
            return None
        case _:
            assert_never(there)


def _named(
    own: Environment | None, there: Environment | None, kind: Kind, called: str
) -> ByName | ByArn:
    """Return a place by its name, or by its ARN where its environment is known to be elsewhere."""
    here = (own.account, own.region) if own is not None else (None, None)
    account, region = (there.account, there.region) if there is not None else (None, None)
    if account in (None, here[0]) and region in (None, here[1]):
        return ByName(name=called)
    service, before = kind.arn
    partition = next(
        (p for start, p in _PARTITIONS.items() if (region or "").startswith(start)), "aws"
    )
    where = f"{region or '${region}'}:{account or '${account}'}"
    return ByArn(arn=deferred(f"arn:{partition}:{service}:{where}:{before}{called}"))


_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
"""By how the names of their Regions begin.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""


def _types(place: Imported, workspace: Workspace) -> frozenset[str]:
    """Return the types of what a place carries; what is wrong there is told for its own file."""
    silent = SymbolTable(place.file.symbols.root)
    imports = Imports(silent, workspace, place.file.path)
    declared = {key.text: (key, node) for key, node in silent.declarations("messages")}
    found: set[str] = set()
    for name in parse.texts(place.node.get("messages")):
        if name.text in declared:
            found.add(_type(imports, *declared[name.text]))
    return frozenset(found)


def _type(imports: Imports, key: Scalar, node: Mapping) -> str:
    """Return the type of a message on the wire, if it is imported the one that it has there."""
    if "import" in node.entries:
        origin = imports.find("message", key, node)
        if origin is not None:
            key, node = origin.key, origin.node
    return parse.text(node.get("type")) or parse.text(node.get("was")) or key.text
