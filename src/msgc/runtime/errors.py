"""What can go wrong between a message and AWS, and between what arrives and a handler.

All of it can be pickled, as what crosses processes must be.
"""

from __future__ import annotations


class MessagingError(Exception):
    """The base of everything that this package raises."""


class AddressError(MessagingError, RuntimeError):
    """A place isn't known, to publish to or to receive from, or can't be reached."""


class MessageError(MessagingError):
    """The base of what is wrong with a single message."""

    index: int | None = None
    """Which of the messages that `publish_many` was given, from 0; nothing has been sent."""

    def at(self, index: int) -> None:
        """Say which message it is."""
        self.index = index
        self.add_note(f"message {index} given to publish_many; nothing has been sent")


class RefusedError(MessageError, ValueError):
    """A message that AWS could never take; nothing has been sent."""


class NotCarriedError(MessageError, TypeError):
    """A message of a type that this publisher doesn't carry; nothing has been sent."""


class UnreadableError(MessageError, ValueError):
    """Something arrived that is no message of this consumer."""
