"""CloudEvents that arrive: which type they are, and the message in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..cloudevents import CARRIED, CloudEvent, is_event, opened
from ..codec.codec import decode
from ..errors import MessageError, UnreadableError
from .incoming import Incoming

if TYPE_CHECKING:
    from ..codec.one_of import OneOf
    from ..protocols import Message

M = TypeVar("M", bound="Message")


def tell_by_event(incoming: Incoming) -> None:
    """Take the type from the CloudEvent that a body is, if nothing has said it yet."""
    if incoming.type is None and is_event(incoming.body):
        incoming.type = incoming.body["type"]


def decode_event(
    cls: type[M] | OneOf[M], incoming: Incoming, *, told: bool = False
) -> M:
    """Return the message in a CloudEvent; raises `InvalidPayload`, with paths from the event on.

    `told` if something else than the event's own type says which message it is.
    """
    event = opened(incoming.body, cls.__name__)
    if event.type != cls.__type__ and not told:
        message = (
            f"a CloudEvent of the type `{event.type}`, where `{cls.__type__}` belongs"
        )
        raise UnreadableError(message)
    payload = incoming.body["data"]
    _take_over(incoming, event)
    incoming.body = payload
    read: M = _decoded(cls, payload)
    return read


def _take_over(incoming: Incoming, event: CloudEvent) -> None:
    """Let the context say what the event does."""
    context = incoming.context
    context.cloud_event = event
    carried: dict[str, Any] = {
        header: event.extensions.get(name) for header, name in CARRIED.items()
    }
    texts = {n: v for n, v in carried.items() if isinstance(v, str) and v}
    if texts:
        context.attributes = {**texts, **context.attributes}


def _decoded(cls: Any, payload: Any) -> Any:
    try:
        return decode(cls, payload)
    except MessageError as error:
        raise _in_data(error) from None


def _in_data(error: MessageError) -> MessageError:
    """Return what is wrong with a payload, with paths from the event on."""
    from ..codec.violations import InvalidPayload, Violation  # for what is wrong

    if not isinstance(error, InvalidPayload):
        return error
    found = [Violation(("data", *each.path), each.message) for each in error.violations]
    return InvalidPayload(error.message, tuple(found))
