"""Resolve consumers and producers: their functions, roles, and what they publish."""

from __future__ import annotations

from msgc.diagnostics import Label
from msgc.record import OPEN
from msgc.resolve import codes, parse
from msgc.resolve.ends.addressed import place_of, queue_at
from msgc.resolve.ends.found import argument, handed_over, named_argument
from msgc.resolve.ends.mentions import user
from msgc.resolve.places.outsiders import check_reach, outsider
from msgc.resolve.places.topics_and_buses import lists_all
from msgc.resolve.symbols import SymbolTable
from msgc.source import Span
from msgc.topology.deferred import deferred
from msgc.topology.ends import Consumer, Place, Producer, Publication, Queue
from msgc.topology.messages import Message
from msgc.topology.settings import (
    ByArn,
    GivenFunction,
    MadeFunction,
    Pollers,
    Provided,
    Remembering,
    Worker,
)
from msgc.topology.units import DAY
from msgc.tree import Mapping, Node, Scalar

TIMEOUT = 30
MEMORY = 256
RUNTIME = "python3.13"
HANDLER = "app.handler"


def resolve_consumers(symbols: SymbolTable) -> None:
    """Add every consumer to the symbol table."""
    for key, node in symbols.declarations("consumers"):
        _check_logging(symbols, node)
        batch, worker = parse.mapping(node.get("batch")), parse.mapping(node.get("worker"))
        symbols.consumers[key.text] = Consumer(
            name=key.text,
            key=key.span,
            node=node,
            was=parse.text(node.get("was")),
            description=parse.prose(node.get("description")) or "",
            function=_function(key, node),
            batch_size=(parse.integer(batch.get("size")) if batch else None) or 10,
            batch_window=(parse.duration(batch.get("window")) if batch else None) or 0,
            concurrency=_concurrency(node.get("concurrency")),
            partial_failures=parse.boolean(node.get("partial_failures")) is not False,
            on_failure=_on_failure(symbols, key.text, node),
            publishes=_publishes(symbols, key, node),
            reads=_reads(symbols, key.text, node),
            answers=symbols.link("message", node.get("answers"), symbols.messages),
            remembers=_remembers(symbols, key, node),
            gives_up=parse.boolean(node.get("verdicts")) is True,
            stubs=_has_stubs(node) and (worker is None or _has_stubs(worker)),
        )


def resolve_producers(symbols: SymbolTable) -> dict[str, Producer]:
    """Return every producer of the file."""
    return {
        key.text: _producer(symbols, key, node) for key, node in symbols.declarations("producers")
    }


def _producer(symbols: SymbolTable, key: Scalar, node: Mapping) -> Producer:
    found = outsider(symbols, node)
    publishes = _publishes(symbols, key, node, untyped=found is not None)
    if found is not None:
        check_reach(symbols, node, publishes)
    by_stubs = found is None or "role" in node.entries
    return Producer(
        name=key.text,
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=parse.prose(node.get("description")) or "",
        role=_role(key, node.get("role")) if found is None else None,
        outsider=found,
        publishes=publishes,
        reads=_reads(symbols, key.text, node),
        gives_up=parse.boolean(node.get("verdicts")) is True,
        stubs=by_stubs and _has_stubs(node),
    )


def _has_stubs(node: Mapping) -> bool:
    return parse.boolean(node.get("stubs")) is not False


def _function(key: Scalar, node: Mapping) -> MadeFunction | GivenFunction | Worker:
    worker = parse.mapping(node.get("worker"))
    if worker is not None:
        return Worker(role=_role(key, worker.get("role")), stubs=_has_stubs(worker))
    written = node.get("function")
    provided = argument(key.text, "function")
    if not isinstance(written, Mapping):
        return GivenFunction(address=provided, timeout=None)
    timeout = parse.duration(written.get("timeout"))
    code = parse.text(written.get("code"))
    if code is not None:
        environment = parse.mapping(written.get("environment"))
        return MadeFunction(
            code=code,
            handler=parse.text(written.get("handler")) or HANDLER,
            runtime=parse.text(written.get("runtime")) or RUNTIME,
            timeout=parse.given(timeout, TIMEOUT),
            memory=parse.integer(written.get("memory")) or MEMORY,
            environment={
                name.text: deferred(value.text)
                for name, value in (environment.items() if environment else ())
                if isinstance(value, Scalar)
            },
            reserved=parse.integer(written.get("reserved")),
            layers=tuple(deferred(layer.text) for layer in parse.texts(written.get("layers"))),
            retries=parse.integer(written.get("retries")),
            architecture=parse.text(written.get("architecture")),
            tracing=parse.boolean(written.get("tracing")) is True,
            log_days=_log_days(written),
            own_logging=_own_logging(written),
            role=_role(key, written.get("role")),
            vpc=handed_over(written.get("vpc"), key.text, "vpc"),
            packages=tuple(item.text for item in parse.texts(written.get("packages"))),
        )
    if parse.boolean(written.get("provided")) is not True:
        provided = named_argument(written) or provided
    arn = parse.address(written.get("arn"))
    return GivenFunction(address=ByArn(arn=arn) if arn else provided, timeout=timeout)


def _log_days(function: Mapping) -> int | None:
    logs = parse.mapping(function.get("logs"))
    kept = parse.duration(logs.get("retention")) if logs else None
    return None if kept is None else -(-kept // DAY)


def _check_logging(symbols: SymbolTable, node: Mapping) -> None:
    """Report a policy for logs beside a role that exists, which has its own."""
    function = parse.mapping(node.get("function"))
    logs = parse.mapping(function.get("logs")) if function is not None else None
    if function is None or logs is None or "role" not in function.entries:
        return
    written = logs.entries.get("policy")
    if written is not None and node.span.holds(written[0].span):
        symbols.report(
            codes.OPTION_NOT_HERE,
            written[0].span,
            "`policy` means nothing beside `role`: a role that exists may write its logs already",
            "take one of the two away",
            Label(span=function.key("role").span, message="the role"),
        )


def _own_logging(function: Mapping) -> bool:
    """Whether the role that is made for a function has no policy of AWS's."""
    logs = parse.mapping(function.get("logs"))
    own = logs is not None and parse.text(logs.get("policy")) == "own"
    return own and function.get("role") is None


def _remembers(symbols: SymbolTable, key: Scalar, node: Mapping) -> Remembering | None:
    if "idempotency" not in node.entries:
        return None
    from msgc.resolve.places.claim_tables import remembering  # noqa: PLC0415  # few files have one

    return remembering(symbols, key, node)


def _concurrency(node: Node | None) -> int | Pollers | None:
    if not isinstance(node, Mapping):
        return None
    bounds = parse.mapping(node.get("pollers"))
    if bounds is not None:
        return Pollers(
            min=parse.integer(bounds.get("min")) or 2, max=parse.integer(bounds.get("max")) or 200
        )
    return parse.integer(node.get("max"))


def _on_failure(symbols: SymbolTable, name: str, node: Mapping) -> Queue | None:
    function = parse.mapping(node.get("function"))
    written = function.get("on_failure") if function else None
    if isinstance(written, Mapping):
        return queue_at(symbols, written.get("queue"), user(name, "on_failure"))
    made = function is not None and function.get("code") is not None
    if parse.boolean(written) is False or not made or node.get("worker") is not None:
        return None
    return OPEN  # type: ignore[no-any-return]  # of every type


def _role(key: Scalar, node: Node | None) -> Provided | ByArn | None:
    arn = parse.address(node.get("arn")) if isinstance(node, Mapping) else None
    return ByArn(arn=arn) if arn else handed_over(node, key.text, "role")


def _publishes(
    symbols: SymbolTable, key: Scalar, node: Mapping, *, untyped: bool = False
) -> tuple[Publication, ...]:
    """Return what is published where; `untyped` is where no messages are said: anything."""
    found: dict[Place, Publication] = {}
    for entry in parse.items(node.get("publishes")):
        place, span = place_of(symbols, entry, what="publishes", user=key.text)
        if place is None or span is None or not isinstance(entry, Mapping):
            continue
        messages = _narrowed(symbols, entry, place)
        description = parse.prose(entry.get("description")) or ""
        before = found.get(place)
        if before is not None:
            _check_repeated(symbols, before, entry, messages, span)
            messages = (*before.messages, *messages)
            description = before.description or description
        found[place] = Publication(
            target=place,
            messages=tuple(dict.fromkeys(messages)),
            untyped=untyped and not messages,
            span=span if before is None else before.span,
            description=description,
        )
    return tuple(found.values())


def _check_repeated(
    symbols: SymbolTable,
    before: Publication,
    entry: Mapping,
    messages: tuple[Message, ...],
    span: Span,
) -> None:
    """Report an entry about a place of an earlier one that adds no messages, or describes it."""
    label = Label(span=before.span, message="already here")
    if not messages and "messages" in entry.entries:
        return  # none of them is understood, which is reported
    if before.messages and not set(before.messages).issuperset(messages):
        if before.description and "description" in entry.entries:
            symbols.report(
                codes.REPEATED_TARGET,
                entry.key("description").span,
                f"what is published to `{before.target.name}` has a description already",
                "say all of it there, and name all messages: `messages: [A, B]`",
                label,
            )
        return
    symbols.report(
        codes.REPEATED_TARGET,
        span,
        f"`{before.target.name}` is in `publishes` already",
        "take one of the two out",
        label,
    )


def _reads(symbols: SymbolTable, name: str, node: Mapping) -> tuple[Queue, ...]:
    found: dict[Queue, Span] = {}
    for entry in map(parse.mapping, parse.items(node.get("reads"))):
        written = entry.get("queue") if entry is not None else None
        queue = queue_at(symbols, written, name)
        if queue is None or written is None:
            continue
        if queue in found:
            symbols.report(
                codes.REPEATED_TARGET,
                written.span,
                f"`{queue.name}` is in `reads` already",
                "take one of the two out",
                Label(span=found[queue], message="already here"),
            )
        found.setdefault(queue, written.span)
    return tuple(found)


def _narrowed(symbols: SymbolTable, entry: Mapping, place: Place) -> tuple[Message, ...]:
    written = parse.texts(entry.get("messages"))
    if not written:
        return place.messages
    found = []
    for name in written:
        message = published_to(symbols, place, name)
        if message is not None:
            found.append(message)
    return tuple(found)


def published_to(symbols: SymbolTable, place: Place, name: Node | None) -> Message | None:
    """Return the message of a name, if it is one that is put on this place; report it if not."""
    message = symbols.link("message", name, symbols.messages)
    if message is None or name is None:
        return None
    unlisted = place.is_default or (place.imported is not None and not place.messages)
    if message in place.messages or unlisted:
        return message
    if not lists_all(symbols, place):
        return None  # it may be the one that isn't understood
    listed = ", ".join(f"`{message.name}`" for message in place.messages) or "no messages"
    symbols.report(
        codes.MESSAGE_NOT_HERE,
        name.span,
        f"`{message.name}` is not among the messages of `{place.name}`",
        f"add it there, or take it from here; `{place.name}` has {listed}",
    )
    return None
