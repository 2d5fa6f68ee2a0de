"""Whether what is published is what its consumers expect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..codec import codec
from ..codec.objects import whole_of
from ..codec.violations import InvalidPayload
from ..errors import MessagingError
from . import events
from .delivered import invoke
from .fake_aws import content, decoded
from .fakes import Fake
from .parcels import Parcel

if TYPE_CHECKING:
    from types import UnionType

    from ..protocols import Message

Expected = Mapping[str, tuple[str, tuple[str, ...]]]
"""By the names of consumers: their modules, and the names of the messages that they handle."""

_PUBLISHED = "published"


class Breach:
    """A message that a consumer can't read."""

    __slots__ = ("consumer", "message", "place", "reason", "which")

    def __init__(
        self, message: str, which: str, place: str, consumer: str, reason: str
    ) -> None:
        self.message = message
        """Its class."""
        self.which = which
        """`example 0` of messaging.yaml, or `published` by the test, or `fired` by a schedule."""
        self.place = place
        """The fake that it comes from."""
        self.consumer = consumer
        """Who can't read it; the empty text, if it can't even be published."""
        self.reason = reason
        """What is wrong, with the path in the payload: `$.customer.tier: …`."""

    def __str__(self) -> str:
        to = f" to {self.consumer}" if self.consumer else ""
        which = f" ({self.which})" if self.which else ""
        return f"{self.message}{which} from {self.place}{to}: {self.reason}"

    def __repr__(self) -> str:
        return f"<Breach {self}>"


class ContractError(AssertionError):
    """What is published isn't what its consumers expect."""

    def __init__(self, breaches: list[Breach]) -> None:
        super().__init__(breaches)
        self.breaches = breaches
        """Who can't read what, and why."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.breaches))


class Contract:
    """Who receives what, of messages that all of their consumers can read."""

    __slots__ = ("receivers",)

    def __init__(self, receivers: dict[str, list[str]]) -> None:
        self.receivers = receivers
        """By the classes of messages, or the names of schedules, the consumers that filters let them come to, sorted."""

    def __repr__(self) -> str:
        return f"Contract(receivers={self.receivers!r})"


def check(
    publisher: object,
    package: str,
    expected: Expected,
    others: Iterable[type[Message] | UnionType] = (),
) -> Contract:
    """Read all that is published as its consumers do; raises `ContractError` if one can't."""
    found = _Checking(package, expected, tuple(map(whole_of, others)))
    for fake in _fakes_of(publisher):
        found.place(fake)
    found.demand_examples()
    if found.breaches:
        raise ContractError(found.breaches)
    return Contract({name: sorted(who) for name, who in found.receivers.items()})


class _Checking:
    """What is found out about messages, place by place."""

    def __init__(
        self, package: str, expected: Expected, others: tuple[type[Message], ...]
    ) -> None:
        self._package = package
        self._expected = expected
        self._others = others
        self._unmet = dict.fromkeys(others)
        """Classes of other services that nothing was read as yet."""
        self._untried: dict[tuple[str, str], str] = {}
        self.breaches: list[Breach] = []
        self.receivers: dict[str, set[str]] = {}

    def place(self, fake: Fake) -> None:
        """Check what goes through a place: the examples, and what the test has published."""
        place = type(fake).__name__
        carried = self._carried(fake)
        names = {cls.__type__: name for name, cls in carried.items()}
        parcels = [*self._fired(fake), *self._examples(fake, carried)]
        parcels += [(_PUBLISHED, parcel) for parcel in fake.aws.parcels]
        tried: set[str] = set()
        for which, parcel in parcels:
            type_, payload = content(parcel)
            said: str = type_ or getattr(fake, "name", place)
            name = names.get(type_, said)
            tried.add(name)
            receivers = self.receivers.setdefault(name, set())
            for consumer in fake.paths:
                reasons = self._read(fake, consumer, parcel)
                if reasons is None:
                    continue
                receivers.add(consumer)
                for reason in reasons:
                    self._add(name, which, place, consumer, reason)
            self._read_by_others(carried.get(name), which, place, payload)
        for consumer in fake.paths:
            for name in self._expected[consumer][1]:
                if name in carried and name not in tried:
                    self._untried.setdefault((name, consumer), place)

    def demand_examples(self) -> None:
        """Note what nothing is known of."""
        for (name, consumer), place in self._untried.items():
            if name not in self.receivers:
                reason = "no example in messaging.yaml, and the test has published none"
                self._add(name, "", place, consumer, reason)
        for cls in self._unmet:
            message = f"nothing here publishes `{cls.__type__}` of `{cls.__source__}`"
            raise LookupError(message)

    def _add(
        self, name: str, which: str, place: str, consumer: str, reason: str
    ) -> None:
        self.breaches.append(Breach(name, which, place, consumer, reason))

    def _carried(self, fake: Fake) -> dict[str, type[Message]]:
        """Return the classes of what a place takes, by their names."""
        package = import_module(self._package)
        names: Iterable[str] = getattr(fake, "carries", ())
        return {name: whole_of(getattr(package, name)) for name in names}

    def _fired(self, fake: Fake) -> Iterator[tuple[str, Parcel]]:
        """Let a schedule send what it sends."""
        like: Any = type(fake)()
        if hasattr(like, "fire"):
            like.fire()
            yield "fired", like.aws.parcels[-1]

    def _examples(
        self, fake: Fake, carried: Mapping[str, type[Message]]
    ) -> Iterator[tuple[str, Parcel]]:
        """Publish the examples of messaging.yaml to a place like this one."""
        try:
            module = import_module(f"{self._package}.testing.examples")
        except ModuleNotFoundError:  # no message has one
            return
        examples: Mapping[str, list[Any]] = module.EXAMPLES
        like: Any = type(fake)()
        for name, cls in carried.items():
            for number, value in enumerate(examples.get(name, ())):
                which = f"example {number}"
                try:
                    like.publish(codec.decode(cls, value))
                except MessagingError as error:
                    self._add(name, which, type(fake).__name__, "", str(error))
                else:
                    yield which, like.aws.parcels[-1]

    def _read(self, fake: Fake, consumer: str, parcel: Parcel) -> list[str] | None:
        """Return why a consumer can't read a message; None if it doesn't come there."""
        module = import_module(
            f"{self._package}.consumers.{self._expected[consumer][0]}"
        )
        handler = _reading(module.handler)
        errors: list[Exception] = []
        comes = False
        for path in fake.paths[consumer]:
            arrived = fake.arrived(path, [parcel], errors)
            comes = comes or bool(arrived) or bool(errors)
            for event in path[-1].invoke(arrived):
                context = events.FakeLambdaContext(consumer)
                invoke(handler, event, context, errors)
        reasons = [_told(each) for each in errors if not isinstance(each, WasRead)]
        return reasons if comes else None

    def _read_by_others(
        self, cls: type[Message] | None, which: str, place: str, payload: Any
    ) -> None:
        """Read a message as other services have it in their packages."""
        for other in self._others:
            if cls is None or _on_the_wire(other) != _on_the_wire(cls):
                continue
            self._unmet.pop(other, None)
            reader = f"{other.__module__.partition('.')[0]}.{other.__name__}"
            try:
                decoded(other, payload)
            except InvalidPayload as error:
                self._add(cls.__name__, which, place, reader, _told(error))
            else:
                self.receivers[cls.__name__].add(reader)


class WasRead(Exception):  # it is no error at all
    """Raised in place of handling: a message was read."""


def _on_the_wire(cls: type[Message]) -> tuple[str, str]:
    return cls.__type__, cls.__source__


def _told(error: Exception) -> str:
    """Return what is wrong: of a payload, each path with what is wrong there."""
    if isinstance(error, InvalidPayload):
        return "; ".join(map(str, error.violations))
    return str(error) or type(error).__name__


def _fakes_of(publisher: object) -> list[Fake]:
    """Return the fake that something is, or those that a façade publishes to."""
    if isinstance(publisher, Fake):
        return [publisher]
    name = type(publisher).__name__
    found: list[Fake] = []
    for field, place in vars(publisher).items():
        if not isinstance(place, Fake):
            fake = f"Fake{type(place).__name__}"
            message = f"`{field}` of {name} is no fake: `{name}({field}={fake}())`"
            raise TypeError(message)
        found.append(place)
    return found


def _reading(decorator: Callable[..., Any]) -> Callable[..., Any]:
    """Return a consumer's handler that reads its messages and does nothing else with them."""

    def handle(*_: Any) -> Any:
        raise WasRead

    handler: Any = decorator(handle)
    held: dict[str, Any] = handler.__dict__
    by_service: dict[str, Any] = held.get("_handlers", {"": handler})
    for part in (*by_service.values(), held.get("_pipe")):
        begun: Any = getattr(part, "_begun", None)
        if begun is not None:  # but for what answers, which has nothing around it
            part.__dict__["_handle"] = begun
    made: Callable[..., Any] = handler
    return made
