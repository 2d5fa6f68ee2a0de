"""Messages that are one of several classes, each of which is a message by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .codec import decode, decode_text
from .examples import example_of

if TYPE_CHECKING:
    from ..protocols import Envelope
    from .objects import Nested
    from .unions import Fitting, Tagged

T = TypeVar("T")


class OneOf(Generic[T]):
    """What reads a message that is one of several classes: their union is its type."""

    def __init__(
        self,
        name: str,
        module: str,
        spec: Tagged | Fitting,
        *,
        type: str,
        source: str,
        lenient: bool = False,
        envelope: Envelope | None = None,
    ) -> None:
        self.__name__ = name
        self.__module__ = module
        self.__codec__ = spec
        self.__type__ = type
        self.__source__ = source
        self.__lenient__ = lenient
        self.__envelope__ = envelope
        options: tuple[Nested, ...] = spec.options
        for option in options:
            cls = option.target
            cls.__whole__ = self
            cls.__type__, cls.__source__ = type, source
            cls.__lenient__, cls.__envelope__ = lenient, envelope

    def from_json(self, text: str | bytes) -> T:
        """Read a message from JSON; raises `InvalidPayload`."""
        cls: Any = self
        read: T = decode_text(cls, text)
        return read

    def from_dict(self, value: dict[str, Any]) -> T:
        """Read a message from parsed JSON; raises `InvalidPayload`."""
        cls: Any = self
        read: T = decode(cls, value)
        return read

    def example(self, number: int = 0) -> T:
        """Return one of its examples in messaging.yaml: the first, or by its number."""
        return self.from_dict(example_of(self, number))
