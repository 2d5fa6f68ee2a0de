"""Resolve `deploy`: which side's stack makes an edge between two accounts."""

from __future__ import annotations

from typing import assert_never

from msgc.diagnostics import Label
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import Text, spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Origin, Outside, Queue, Topic
from msgc.topology.narrowing import as_place, as_topic, kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.outsiders import Accounts, AwsService, Organizations, Principals, account_in
from msgc.topology.settings import Found, written_arn
from msgc.tree import Mapping


def deployed(symbols: SymbolTable, edges: tuple[Subscription, ...]) -> tuple[Subscription, ...]:
    """Return edges that are written as one, with the account whose stack makes each of them."""
    node = edges[0].node
    written = parse.text(node.get("deploy")) if isinstance(node, Mapping) else None
    own = symbols.environment.account if symbols.environment is not None else None
    if written is None:
        return tuple(_by_default(edge, own) for edge in edges)
    checked = [_said(symbols, edge, own, there=written == "there") for edge in edges]
    owners = list(dict.fromkeys(edge.made_by for edge in checked if edge.made_by is not None))
    if len(owners) > 1 and edges[0].way.most_targets is not None:
        symbols.report(
            codes.OPTION_NOT_HERE,
            edges[0].place("deploy"),
            "`there` is one account, and these targets are of several: "
            + ", ".join(spelling(owner) for owner in owners),
            "write a subscription for each account",
        )
    return tuple(checked)


def _by_default(edge: Subscription, own: str | None) -> Subscription:
    """Return an edge that doesn't say it: by the queue's owner, who is let in and need not confirm.

    What SNS asks the owner of another account's queue to confirm lies in that queue, among the
    messages: https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
    """
    account = _owner(edge.target, own)
    origin, target = as_place(edge.origin), as_place(edge.target)
    topic = as_topic(origin) if origin is not None else None
    if topic is None or topic.imported is not None or account is None or target is None:
        return edge
    is_known = own is not None and isinstance(account, str)
    if not is_known and account not in _let_in(topic):
        return edge
    return edge.replace(made_by=account, dead_letter=None)


def _let_in(topic: Topic) -> frozenset[Text]:
    """Return the accounts that may subscribe to a topic, as far as they are named."""
    found: set[Text] = set()
    for each in topic.allowed.subscribe:
        match each:
            case Accounts(ids=accounts) | Principals(accounts=accounts):
                found.update(accounts)
            case AwsService() | Organizations():
                pass
            case _:
                assert_never(each)
    return frozenset(found)


def _said(
    symbols: SymbolTable, edge: Subscription, own: str | None, *, there: bool
) -> Subscription:
    """Return an edge that says which side makes it; report where that means nothing."""
    if own is not None and own in {_owner(edge.origin, None), _owner(edge.target, None)}:
        return edge  # another environment's account is the other one
    source, target = _owner(edge.origin, own), _owner(edge.target, own)
    problem = _problem(edge, source, target, there=there)
    if problem is not None:
        symbols.report(codes.OPTION_NOT_HERE, edge.place("deploy"), *problem)
        return edge
    if not there:
        return edge
    said = edge.node.entries.get("dead_letter") if isinstance(edge.node, Mapping) else None
    if said is not None and edge.node.span.holds(said[0].span):
        symbols.report(
            codes.OPTION_NOT_HERE,
            said[0].span,
            "`dead_letter` means nothing beside `deploy: there`: such a queue lies in the account"
            " that makes the edge",
            "take it away",
            Label(span=edge.place("deploy"), message="made by the other account"),
        )
    return edge.replace(made_by=source or target, dead_letter=None)


def _problem(
    edge: Subscription, source: Text | None, target: Text | None, *, there: bool
) -> tuple[str, str] | None:
    """Return what is wrong with `deploy` on an edge, and what to do instead."""
    word, origin = kind_of(edge.target).word, edge.way.origin
    if why := edge.way.tied:
        what = f"`deploy` means nothing on the way from a {origin} to `{word}`: {why}"
        return what, "take it away"
    if source is None and target is None:
        what = "`deploy` says which of two accounts makes an edge, and nothing says that an end of"
        advice = "take it away, or give the end of the other account by its ARN, with the account"
        return f"{what} this one is another account's", f"{advice} in it: `{_example(edge)}`"
    if not there:
        return None
    if source is not None and target is not None:
        what = "with `there`, this stack would have nothing to do with this edge: both of its ends"
        return f"{what} are other accounts'", "take the edge away, or write `deploy: here`"
    if source is not None and as_place(edge.target) is None:
        what = f"another account's {origin} can't be led to `{word}` from there: only queues,"
        advice = "write `deploy: here`, or lead it to a queue of this file"
        return f"{what} topics and buses have a policy that lets it in", advice
    return None


def _owner(end: Origin | Queue | Topic | Bus | Consumer | Outside, own: str | None) -> Text | None:
    """Return the account of an end, where the file says that it is another one's.

    `own` is the account of the environment, if that is known.
    """
    match end:
        case Queue(imported=found) | Topic(imported=found) | Bus(imported=found):
            return _account(found, own)
        case Outside(address=found):
            return _account(found, own)
        case Consumer() | Stream() | Schedule():
            return None
        case _:
            assert_never(end)


def _account(found: Found | None, own: str | None) -> Text | None:
    arn = written_arn(found)
    account = None if arn is None else account_in(arn)
    is_own = account is None or account == own or spelling(account) == "${account}"
    return None if is_own else account


def _example(edge: Subscription) -> str:
    """Return the end that is rather another account's, as it would stand in the file."""
    place = as_place(edge.origin)
    is_own = place is not None and place.imported is None
    kind = kind_of(edge.target if is_own else edge.origin)
    service, before = kind.arn
    return f'{{{kind.word}: {{arn: "arn:aws:{service}:eu-west-1:444455556666:{before}name"}}}}'
