"""Resolve topics and buses, and read what all places have in common."""

from __future__ import annotations

from typing import Any, Literal

from msgc.kinds import BUS, TOPIC
from msgc.record import OPEN
from msgc.resolve import codes, parse
from msgc.resolve.ends.found import check_region, found
from msgc.resolve.places.event_logs import event_log
from msgc.resolve.places.outsiders import allowed
from msgc.resolve.symbols import SymbolTable
from msgc.topology.elsewhere import Elsewhere
from msgc.topology.ends import Bus, Place, Topic
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of
from msgc.topology.placement import MAIN
from msgc.topology.settings import Fifo, HttpPolicy, Key
from msgc.topology.units import DAY, DEFAULT_TOPIC_SIZE
from msgc.tree import Mapping, Node, Scalar, Sequence


def resolve_topics(symbols: SymbolTable) -> None:
    """Add every topic to the symbol table."""
    for key, node in symbols.declarations("topics"):
        symbols.topics[key.text] = topic(symbols, key, node)


def topic(symbols: SymbolTable, key: Scalar, node: Mapping) -> Topic:
    """Return a topic as it is declared."""
    elsewhere = symbols.elsewhere.get(("topics", key.text))
    ordered = elsewhere.fifo if elsewhere else fifo(node)
    outside = allowed(symbols, node)
    return Topic(
        name=key.text,
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=parse.prose(node.get("description")) or "",
        physical_name=physical_name(node, ordered),
        fifo=ordered,
        messages=carried_messages(symbols, node, elsewhere),
        imported=elsewhere.address if elsewhere else found(node.get("import"), key.text, TOPIC),
        elsewhere=elsewhere,
        others_publish=elsewhere.open
        if elsewhere
        else external(node, "publish") or bool(outside.publish),
        others_subscribe=external(node, "subscribe") or bool(outside.subscribe),
        allowed=outside,
        display_name=parse.text(node.get("display_name")),
        max_size=parse.given(
            elsewhere.max_size if elsewhere else parse.size(node.get("max_size")),
            DEFAULT_TOPIC_SIZE,
        ),
        tracing=parse.boolean(node.get("tracing")) or False,
        archive_days=archive_days(node.get("archive")),
        http_policy=http_policy(node.get("delivery")),
        content_deduplication=OPEN,
        discovery=discovery(symbols, node),
        encryption=encryption(symbols, key.text, node, symbols.stack_of("topics", key.text)),
    )


def resolve_buses(symbols: SymbolTable) -> None:
    """Add every bus to the symbol table, and the `default` bus, which needs no declaration."""
    for key, node in symbols.declarations("buses"):
        if key.text == "default":
            _check_default_bus(symbols, node)
        symbols.buses[key.text] = bus(symbols, key, node)


def bus(symbols: SymbolTable, key: Scalar, node: Mapping) -> Bus:
    """Return a bus as it is declared."""
    default = key.text == "default"
    elsewhere = symbols.elsewhere.get(("buses", key.text))
    imported = found(node.get("import"), key.text, BUS)
    check_region(symbols, node.get("import"), BUS)
    outside = allowed(symbols, node)
    stack = symbols.stack_of("buses", key.text)
    encrypted = None if default else encryption(symbols, key.text, node, stack)
    return Bus(
        name=key.text,
        key=key.span,
        node=node,
        was=parse.text(node.get("was")),
        description=parse.prose(node.get("description")) or "",
        physical_name="default" if default else physical_name(node, None),
        messages=carried_messages(symbols, node, elsewhere),
        imported=elsewhere.address if elsewhere else imported,
        elsewhere=elsewhere,
        others_publish=default
        or (elsewhere.open if elsewhere else external(node, "publish") or bool(outside.publish)),
        others_subscribe=default or external(node, "subscribe") or bool(outside.subscribe),
        allowed=outside,
        is_default=default,
        dead_letter=_dead_letter(node.get("dead_letter"), encrypted),
        schemas=parse.boolean(node.get("schemas")) or False,
        log=None if default or imported or elsewhere else event_log(key, node.get("log")),
        archive_days=archive_days(node.get("archive")),
        discovery=discovery(symbols, node),
        encryption=encrypted,
    )


def discovery(symbols: SymbolTable, node: Mapping) -> bool:
    """Return whether others are to find a place by a parameter: as it says, or the whole file."""
    own = parse.boolean(node.get("discovery"))
    return symbols.discovery if own is None else own


def _dead_letter(written: Node | None, encrypted: Key | None) -> Literal[False] | None:
    """Return whether rules' dead letters are lost; a queue is linked when all are known."""
    if isinstance(written, Mapping):
        return OPEN  # type: ignore[no-any-return]  # of every type
    if parse.boolean(written) is False:
        return False
    return None if encrypted is None else OPEN


def encryption(symbols: SymbolTable, name: str, node: Mapping, stack: str = MAIN) -> Key | None:
    """Return the key with which something is encrypted that the stack makes; None: AWS's own."""
    if "encryption" not in node.entries or "import" in node.entries:
        return None
    from msgc.resolve.places.keys import encryption_key  # noqa: PLC0415  # few files have one

    return encryption_key(symbols, name, node.get("encryption"), stack)


def archive_days(written: Node | None) -> int | None:
    """Return for how many days an archive keeps messages, 0 for ever; None: there is none."""
    settings = parse.mapping(written)
    if settings is None:
        return 0 if parse.boolean(written) is True else None
    return -(-(parse.duration(settings.get("retention")) or 0) // DAY)


def http_policy(written: Node | None) -> HttpPolicy | None:
    """Return how SNS is to post to HTTP endpoints, where the file says something about it."""
    settings = parse.mapping(written)
    if settings is None:
        return None
    counts = ("num_retries", "num_no_delay_retries", "num_min_delay_retries",
              "num_max_delay_retries", "max_receives_per_second")  # fmt: skip
    policy: dict[str, Any] = {name: parse.integer(settings.get(name)) for name in counts}
    for name in ("min_delay_target", "max_delay_target"):
        policy[name] = parse.duration(settings.get(name))
    for name in ("backoff_function", "header_content_type"):
        policy[name] = parse.text(settings.get(name))
    return HttpPolicy(**policy)


def _check_default_bus(symbols: SymbolTable, node: Mapping) -> None:
    for option in ("name", "import"):
        if option in node.entries:
            symbols.report(
                codes.DEFAULT_BUS,
                node.key(option).span,
                f"`default` is the account's own bus, and `{option}` would make it another one",
                "give the bus another name in this file",
            )


def physical_name(node: Mapping, ordered: Fifo | None) -> str:
    """Return the name in AWS where it is written; `.fifo` comes last."""
    own = parse.text(node.get("name"))
    if own is None:
        return OPEN  # type: ignore[no-any-return]  # of every type
    return own if ordered is None or own.endswith(".fifo") else f"{own}.fifo"


def external(node: Mapping, does: Literal["publish", "subscribe"]) -> bool:
    """Return whether others are said to publish to a place, or to read from it."""
    written = node.get("external")
    return parse.boolean(written) is True or parse.text(written) == does


def carried_messages(
    symbols: SymbolTable, node: Mapping, elsewhere: Elsewhere | None = None
) -> tuple[Message, ...]:
    """Return the messages that a place declares, each once.

    Of a place of another service it is those of its messages that this file knows, if it says none.
    """
    carried: dict[str, Message] = {}
    if elsewhere is not None and "messages" not in node.entries:
        return tuple(m for m in symbols.messages.values() if m.type in elsewhere.types)
    for name in parse.texts(node.get("messages")):
        message = symbols.link("message", name, symbols.messages)
        if message is not None:
            carried[message.name] = message
    return tuple(carried.values())


def lists_all(symbols: SymbolTable, place: Place) -> bool:
    """Whether all messages that a place declares are known: not after mistakes in the list."""
    if (kind_of(place).section, place.name) in symbols.misread:
        return False  # what it is imported from is broken
    if not isinstance(place.node, Mapping):
        return True
    written = place.node.get("messages")
    if written is None:  # which may be what another word was to be
        return not any(isinstance(value, Sequence) for _, value in place.node.items())
    return isinstance(written, Sequence) and all(
        isinstance(name, Scalar) and name.text in symbols.messages for name in written.items
    )


def fifo(node: Mapping) -> Fifo | None:
    """Return the FIFO settings of a place."""
    written = node.get("fifo")
    if isinstance(written, Mapping):
        return Fifo(per_group=parse.text(written.get("throughput")) == "per-group")
    return Fifo() if parse.boolean(written) else None
