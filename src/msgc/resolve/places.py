"""Topics and buses, and what all places have in common."""

from __future__ import annotations

from typing import Literal

from msgc.record import OPEN
from msgc.resolve import codes, values
from msgc.resolve.scope import Scope
from msgc.topology.ends import Bus, Message, Place, Topic
from msgc.topology.units import DAY, DEFAULT_TOPIC_SIZE
from msgc.topology.values import ByArn, ByParameter, Fifo
from msgc.tree import Mapping, Scalar, Sequence


def resolve_topics(scope: Scope) -> None:
    """Add every topic to the scope."""
    for key, node in scope.declarations("topics"):
        ordered, messages = fifo(node), carried_messages(scope, node)
        scope.topics[key.text] = Topic(
            name=key.text,
            key=key.span,
            node=node,
            description=values.prose(node.get("description")) or "",
            physical_name=physical_name(node, ordered),
            fifo=ordered,
            messages=messages,
            imported=_imported(node),
            others_publish=external(node, "publish"),
            others_subscribe=external(node, "subscribe"),
            display_name=values.text(node.get("display_name")),
            max_size=values.given(values.size(node.get("max_size")), DEFAULT_TOPIC_SIZE),
            tracing=values.boolean(node.get("tracing")) or False,
            content_deduplication=OPEN,
        )


def resolve_buses(scope: Scope) -> None:
    """Add every bus to the scope, and the account's `default` bus, which nobody has to declare."""
    for key, node in scope.declarations("buses"):
        default = key.text == "default"
        if default:
            _check_default_bus(scope, node)
        archive = values.mapping(node.get("archive"))
        archived = archive is not None or values.boolean(node.get("archive")) is True
        retention = values.duration(archive.get("retention")) if archive else None
        scope.buses[key.text] = Bus(
            name=key.text,
            key=key.span,
            node=node,
            description=values.prose(node.get("description")) or "",
            physical_name="default" if default else physical_name(node, None),
            messages=carried_messages(scope, node),
            imported=_imported(node),
            others_publish=default or external(node, "publish"),
            others_subscribe=default or external(node, "subscribe"),
            is_default=default,
            archive_days=-(-(retention or 0) // DAY) if archived else None,
        )


def _check_default_bus(scope: Scope, node: Mapping) -> None:
    for option in ("name", "import"):
        if option in node.entries:
            scope.report(
                codes.DEFAULT_BUS,
                node.key(option).span,
                f"`default` is the account's own bus, and `{option}` would make it another one",
                "give the bus another name in this file",
            )


def physical_name(node: Mapping, ordered: Fifo | None) -> str:
    """Return the name in AWS where it is written; `.fifo` comes last."""
    own = values.text(node.get("name"))
    if own is None:
        return OPEN  # type: ignore[no-any-return]
    return own if ordered is None or own.endswith(".fifo") else f"{own}.fifo"


def _imported(node: Mapping) -> ByArn | ByParameter | None:
    source = values.mapping(node.get("import"))
    if source is None:
        return None
    if (arn := values.text(source.get("arn"))) is not None:
        return ByArn(arn=arn)
    parameter = values.text(source.get("parameter"))
    return ByParameter(parameter=parameter) if parameter is not None else None


def external(node: Mapping, does: Literal["publish", "subscribe"]) -> bool:
    """Return whether others are said to publish to a place, or to read from it."""
    written = node.get("external")
    return values.boolean(written) is True or values.text(written) == does


def carried_messages(scope: Scope, node: Mapping) -> tuple[Message, ...]:
    """Return the messages that a place declares, each once."""
    found: dict[str, Message] = {}
    for name in values.texts(node.get("messages")):
        message = scope.link("message", name, scope.messages)
        if message is not None:
            found[message.name] = message
    return tuple(found.values())


def lists_all(scope: Scope, place: Place) -> bool:
    """Whether all messages are known that a place declares; it isn't, after mistakes in them."""
    if not isinstance(place.node, Mapping):
        return True
    written = place.node.get("messages")
    if written is None:  # which may be what another word was to be
        return not any(isinstance(value, Sequence) for _, value in place.node.items())
    return isinstance(written, Sequence) and all(
        isinstance(name, Scalar) and name.text in scope.messages for name in written.items
    )


def fifo(node: Mapping) -> Fifo | None:
    """Return what a place says of order."""
    written = node.get("fifo")
    if isinstance(written, Mapping):
        return Fifo(per_group=values.text(written.get("throughput")) == "per-group")
    return Fifo() if values.boolean(written) else None
