"""Resolve who outside of a service is let in: `allow` of places, and producers elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.aws_services import KnownService, known
from msgc.topology.deferred import Text, spelling
from msgc.topology.ends import Place, Publication
from msgc.topology.narrowing import kind_of
from msgc.topology.outsiders import (
    NOBODY,
    Accounts,
    Allowed,
    AwsService,
    Organizations,
    Outsider,
    Principals,
    account_in,
)
from msgc.tree import Mapping, Node, Scalar, at


def allowed(symbols: SymbolTable, node: Mapping) -> Allowed:
    """Return whom `allow` of a place lets in; its policy must be the stack's to write."""
    written = parse.mapping(node.get("allow"))
    if written is None:
        return NOBODY
    if "import" in node.entries:
        symbols.report(
            codes.POLICY_ELSEWHERE,
            node.key("allow").span,
            "`allow` means nothing beside `import`: the policy is written where this is made",
            _at_its_owner(node.get("import")),
        )
        return NOBODY
    return Allowed(
        publish=tuple(_listed(written.get("publish"))),
        subscribe=tuple(_listed(written.get("subscribe"))),
    )


def _at_its_owner(found: Node | None) -> str:
    """Return where `allow` does something for an imported place."""
    service = parse.text(found.get("service")) if isinstance(found, Mapping) else None
    if service is not None:
        return f"take it away, and write it in the file of `{service}`, which makes this"
    return "take it away, and let whoever makes this let them in"


def _listed(node: Node | None) -> Iterator[Outsider]:
    """Yield accounts, organizations and principals, each sort at once and sorted."""
    entries = parse.items(node)
    accounts = _sorted(parse.address(entry) for entry in entries if isinstance(entry, Scalar))
    organizations, arns = (
        _sorted(parse.address(entry.get(word)) for entry in entries if isinstance(entry, Mapping))
        for word in ("org", "arn")
    )
    if accounts:
        yield Accounts(ids=accounts)
    if organizations:
        yield Organizations(ids=organizations)
    if arns:
        yield Principals(arns=arns)


def _sorted(found: Iterable[Text | None]) -> tuple[Text, ...]:
    return tuple(sorted({each for each in found if each}, key=spelling))


def outsider(symbols: SymbolTable, node: Mapping) -> AwsService | Accounts | Principals | None:
    """Return who a producer is, if it is no code of this account."""
    service, account = parse.text(node.get("service")), parse.address(node.get("account"))
    if service is not None:
        return _service(symbols, node, service, account)
    if account is None:
        return None
    role = node.get("role")
    arn = parse.address(role.get("arn")) if isinstance(role, Mapping) else None
    if arn is not None:
        _check_account(symbols, node, arn, "role")
        return Principals(arns=(arn,))
    for option in ("role", "stubs"):
        if option in node.entries:
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` means nothing beside `account`, which lets the whole account in",
                "name a role of that account, `role: {arn: ...}`, to let in nobody else"
                if option == "role"
                else "take it away: what others publish comes without message attributes",
            )
    return Accounts(ids=(account,))


def _service(symbols: SymbolTable, node: Mapping, name: str, account: Text | None) -> AwsService:
    source, service = parse.address(node.get("arn")), known(name)
    asked = service.conditions if service is not None else ("arn", "account")
    for option in ("arn", "account"):
        if service is not None and option in node.entries and option not in asked:
            symbols.report(
                codes.OPTION_NOT_HERE,
                node.key(option).span,
                f"`{option}` means nothing here: {service.what} says no {_SAYS[option]} to ask for",
                "take it away",
            )
    if asked == ("arn",) and source is None:
        symbols.report(
            codes.SERVICE_CANT_PUBLISH,
            at(node, ("service",)).span,
            f"`{name}` would be let in for everybody: only an ARN tells whose it publishes",
            "write beside it the `arn` of the topic or rule; `*` stands for any characters",
        )
    owner = _check_account(symbols, node, source or "", "arn")
    return AwsService(
        name=name,
        source=source,
        account=account or owner,
        says_account="account" in asked,
    )


def _check_account(symbols: SymbolTable, node: Mapping, arn: Text, word: str) -> Text | None:
    """Return the account in an ARN; report another one beside it."""
    owner = account_in(arn)
    if owner is None:
        return None
    said = node.get("account")
    written = parse.address(said)
    if said is not None and written is not None and written != owner:
        symbols.report(
            codes.OPTION_NOT_HERE,
            said.span,
            f"`account` contradicts `{word}`, which is of account {spelling(owner)}",
            f'write `account: "{spelling(owner)}"`',
        )
    return owner


_SAYS = {"arn": "ARN", "account": "account"}


def check_reach(
    symbols: SymbolTable,
    node: Mapping,
    publishes: Iterable[Publication],
) -> None:
    """Report the places that a producer outside of the account can't be let into from here."""
    name = parse.text(node.get("service"))
    service = known(name) if name is not None else None
    if service is not None and service.by_role:
        symbols.report(
            codes.SERVICE_CANT_PUBLISH,
            at(node, ("service",)).span,
            f"nothing but the role that it assumes lets `{name}` in",
            "in place of `service` write `role: provided` (or `role: {arn: ...}`) and"
            " `stubs: false`",
        )
        return
    for publication in publishes:
        if publication.target.imported is not None:
            symbols.report(
                codes.POLICY_ELSEWHERE,
                publication.span,
                f"`{publication.target.name}` is imported, and its policy is written where it is"
                " made: nothing here can let this producer in",
                "take the producer away, and let the owner let it in",
            )
        elif service is not None:
            _check_service(symbols, service, publication)


def _check_service(symbols: SymbolTable, service: KnownService, publication: Publication) -> None:
    place: Place = publication.target
    kind = kind_of(place).word
    possible = " and ".join(f"{each}s" for each in service.to)
    if kind not in service.to:
        advice = f"let it publish to one of the file's {possible}"
        if kind_of(place).carries_events:
            advice = (
                "what AWS services tell as events lies on the account's bus by itself: subscribe"
                " with `from: {bus: default}`"
            )
        elif service.mistaken == ("eventbridge",):
            advice = "let the rule send with a role: in place of `service` write `role: ...`"
        symbols.report(
            codes.SERVICE_CANT_PUBLISH,
            publication.span,
            f"{service.what} can't publish to a {kind}, only to {possible}",
            advice,
        )
    elif place.fifo is not None and not service.fifo:
        symbols.report(
            codes.SERVICE_CANT_PUBLISH,
            publication.span,
            f"{service.what} can't publish to `{place.name}`, which is FIFO: it sends no group",
            f"let it publish to a standard {kind}",
        )
