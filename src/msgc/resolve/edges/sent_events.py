"""The CloudEvent around what an edge sends: made by EventBridge, attribute by attribute."""

from __future__ import annotations

from msgc.kinds import Variables
from msgc.payloads import field_at
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.sending.transformers import path_behind
from msgc.topology.messages import CloudEvents, Message
from msgc.topology.templates import Send
from msgc.tree import JsonValue, Mapping, Scalar


def around(  # noqa: PLR0913, PLR0917  # all that it depends on
    symbols: SymbolTable,
    edge: Scalar,
    node: Mapping,
    send: Send,
    message: Message,
    envelope: CloudEvents,
    known: Variables,
) -> dict[str, JsonValue]:
    """Return the attributes of the event that an edge sends, with placeholders as its body has.

    What comes from a field of the payload is taken from the body; else the id is made of that of
    what came in, so that it is the same when AWS sends it again.
    """
    enriched = "enrich" in node.entries
    given = _text(send, message, envelope.id) or ""
    is_new = "<" in given  # a constant would be the id of all
    id_ = given if is_new else None if enriched else _id(node, edge, known)
    if id_ is None:
        why = f"its `id` is always `{given}`" if given else "nothing is its `id`"
        symbols.report(
            codes.NO_EVENT_ID,
            node.key("send").span,
            f"`{edge.text}` sends `{message.name}` as a CloudEvent, and {why}:"
            " an answer doesn't say of which record it is",
            f"name a field of `{message.name}` that the body fills: `envelope: {{cloudevents:"
            " {id: event_id}}`",
        )
    made: dict[str, JsonValue] = {
        "specversion": "1.0",
        "id": id_ or "",
        "source": message.source,
        "type": message.type,
        "time": _of(send, envelope.time) or known.time,
        "datacontenttype": "application/json",
    }
    if envelope.data_schema is not None:
        made["dataschema"] = envelope.data_schema
    subject = _text(send, message, envelope.subject)
    if subject is not None:
        made["subject"] = subject
    elif _of(send, envelope.subject) is not None:
        field = ".".join(envelope.subject or ())
        symbols.report(
            codes.UNUSABLE_FIELD,
            node.key("send").span,
            f"`{field}` can't be the `subject` of what `{edge.text}` sends: EventBridge fills in"
            " a number, and a subject is text",
            f"let `{field}` of `{message.name}` be a text, or leave `subject` out",
        )
    for name, path in envelope.extensions.items():
        value = _of(send, path)
        if value is not None:
            made[name] = value
    return made


def _of(send: Send, path: tuple[str, ...] | None) -> JsonValue:
    """Return what the body says at a path; of an object that is one placeholder, the path in it."""
    found: JsonValue = send.written if path else None
    for number, step in enumerate(path or ()):
        whole = path_behind(send, (path or ())[:number])
        if whole is not None:
            return f"<{'.'.join((whole, *(path or ())[number:]))}>"
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _text(send: Send, message: Message, path: tuple[str, ...] | None) -> str | None:
    """Return what the body says at a path, as text; None if that would be a number there."""
    found = _of(send, path)
    if found is None or path is None:
        return None
    leaf = field_at(message.payload, path)
    is_text = leaf is not None and leaf.kinds == {"string"}
    return str(found) if is_text or not isinstance(found, str) else None


def _id(node: Mapping, edge: Scalar, known: Variables) -> str:
    """Return an id that no other event of this service has, and that stays at each try."""
    if not known.has_paths:
        return known.occurrence  # which names the schedule
    return f"{known.occurrence}/{parse.former_key(node) or edge.text}"
