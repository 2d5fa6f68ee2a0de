"""Write how a consumer tells what arrived: by its envelopes, then by the type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgc.emit.python_writer import literal, string
from msgc.emit.stubs.writing.stub_writer import StubWriter
from msgc.links.model import Arrival, Service
from msgc.record import Record
from msgc.topology.messages import Discriminator, Message

_OPEN = {"sns": "open_notification", "eventbridge": "open_event"}
_IS = {"sns": "is_notification", "eventbridge": "is_event"}
_CALLED = {"sns": "an SNS notification", "eventbridge": "an EventBridge event"}


class Reading(Record):
    """What one kind of event brings to a consumer, and how to tell it apart."""

    arrivals: tuple[Arrival, ...]
    from_rule: bool
    """A rule invokes the function: Lambda's event is the envelope, which the runtime opens."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """All types that come, by their names: the order of the file is of no matter."""
        return tuple(sorted(_all(self.arrivals), key=lambda message: message.name))

    @property
    def untyped(self) -> bool:
        """Whether anything else may come too; a raw pattern that names no message says nothing.

        Nor does a queue that nobody puts a declared message into: whatever comes is a surprise.
        """
        return not self.arrivals or any(
            arrival.untyped or not arrival.messages for arrival in self.arrivals
        )

    def write(
        self, writer: StubWriter, name: str, *, method: bool = False, is_large: bool = False
    ) -> None:
        """Write the function that reads, or the method."""
        writer.runtime("handling.incoming", "Incoming")
        parameters = "self, incoming: Incoming" if method else "incoming: Incoming"
        with writer.block(f"def {name}({parameters}) -> Message:"):
            writer.docstring(self._docstring())
            for envelope in ("sns", "eventbridge") if self.arrivals else ():
                self._open(writer, envelope, is_large=is_large)
            if not self.messages:
                writer.line(_untyped(writer))
                return
            alone = len(self.messages) == 1 and not self.untyped
            if not alone and any(m.envelope and m.told_by == ("type",) for m in self._bare()):
                tell = writer.runtime("handling.cloudevents", "tell_by_event")
                writer.line(f"{tell}(incoming)")
            for discriminator in () if alone else self._discriminators():
                _tell(writer, discriminator)
            if len(self.messages) == 1 and not self.untyped:
                writer.line(_decode(writer, self.messages[0]))
            else:
                self._match(writer)

    def _docstring(self) -> str:
        shapes = dict.fromkeys(arrival.envelopes for arrival in self.arrivals)
        if len(shapes) > 1:
            how = ", ".join(_shape(shape) for shape in shapes)
            return f"Return what arrived, in one of several shapes: {how}."
        shape = next(iter(shapes), ())
        return f"Return what arrived: {_shape(shape)}." if shape else "Return what arrived."

    def _open(self, writer: StubWriter, envelope: str, *, is_large: bool) -> None:
        wrapped = [arrival for arrival in self.arrivals if envelope in arrival.envelopes]
        if len(wrapped) == len(self.arrivals):
            writer.line(_opened(writer, envelope, is_large=is_large))
        elif wrapped:
            with writer.block(
                f"if {writer.runtime('handling.envelopes', _IS[envelope])}(incoming):"
            ):
                edges = dict.fromkeys(a.edges[0].name for a in wrapped if a.edges)
                writer.comment(f"By way of {', '.join(f'`{edge}`' for edge in edges)}.")
                writer.line(_opened(writer, envelope, is_large=is_large))

    def _match(self, writer: StubWriter) -> None:
        only = self._only_type_left()
        types = Counter(message.type for message in self.messages)
        with writer.block("match incoming.type:"):
            for message in self.messages:
                ambiguous = types[message.type] > 1 or self._strangers
                guard = self._guard(writer, message) if ambiguous else ""
                alone = " | None" if message is only and not guard else ""
                with writer.block(f"case {string(message.type)}{alone}{guard}:"):
                    writer.line(_decode(writer, message))
            with writer.block("case _:"):
                if self.untyped:
                    writer.line(_untyped(writer))
                else:
                    writer.line(
                        f"raise {writer.runtime('handling.envelopes', 'unexpected')}(incoming)"
                    )

    def _discriminators(self) -> list[Discriminator]:
        """Return how messages that come without the attribute of ours tell their type."""
        found = {
            (said.said, message.on_wire(said.field)): (said, message)
            for message in self._bare()
            if (said := message.discriminator) is not None
        }
        return [
            said.replace(field=message.on_wire(said.field)) if said.field else said
            for said, message in sorted(
                found.values(), key=lambda each: (bool(each[0].field), each[0].said)
            )
        ]

    def _bare(self) -> list[Message]:
        """Return the messages that come without an event of EventBridge around them."""
        return _all(a for a in self.arrivals if not self._is_event(a))

    def _is_event(self, arrival: Arrival) -> bool:
        return self.from_rule or "eventbridge" in arrival.envelopes

    def _only_type_left(self) -> Message | None:
        """Return the type of what comes without any name, if there is but one."""
        bare = [arrival for arrival in self.arrivals if not self._is_event(arrival)]
        if any(arrival.untyped or not arrival.messages for arrival in bare):
            return None
        nameless = _all(arrival for arrival in bare if not arrival.attributes) or _all(bare)
        silent = [m for m in nameless if m.discriminator is None and m.envelope is None]
        if len(silent) < len(nameless):
            nameless = silent  # the others have to say what they are
        return nameless[0] if len(nameless) == 1 else None

    @property
    def _strangers(self) -> bool:
        """Whether events come that may have a name of ours without being ours."""
        return any(self._is_event(a) and (a.untyped or not a.messages) for a in self.arrivals)

    def _guard(self, writer: StubWriter, message: Message) -> str:
        """Return what tells a message from others of the same type: its source."""
        events = [self._is_event(a) for a in self.arrivals if message in a.messages]
        if not any(events) and not self._strangers:
            return " if incoming.source is None"
        if all(isinstance(source, str) for source in message.sources):
            sources = [string(source) for source in message.sources]
            if not all(events):
                sources.append("None")
            if len(sources) == 1:
                return f" if incoming.source == {sources[0]}"
            return f" if incoming.source in ({', '.join(sources)})"
        matches = writer.runtime("matching.matching", "matches")
        pattern = literal({"source": list(message.sources)}, 1000)
        bare = "" if all(events) else "incoming.source is None or "
        return f' if {bare}{matches}({pattern}, {{"source": incoming.source}})'


def reading_of(service: Service, arrivals: Iterable[Arrival]) -> Reading:
    """Return how what a service brings is read."""
    ordered = sorted(arrivals, key=_place)
    return Reading(arrivals=tuple(ordered), from_rule=service == "eventbridge")


def _place(arrival: Arrival) -> tuple[tuple[str, ...], ...]:
    return arrival.envelopes, tuple(edge.name for edge in arrival.edges)


def _opened(writer: StubWriter, envelope: str, *, is_large: bool) -> str:
    """Return the call that opens an envelope; what is in SNS's may be a pointer into S3."""
    if is_large and envelope == "sns":
        return f"LARGE.{_OPEN[envelope]}(incoming)"
    return f"{writer.runtime('handling.envelopes', _OPEN[envelope])}(incoming)"


def _all(arrivals: Iterable[Arrival]) -> list[Message]:
    return list(dict.fromkeys(m for arrival in arrivals for m in arrival.messages))


def _shape(envelopes: tuple[str, ...]) -> str:
    return " with ".join(_CALLED[envelope] for envelope in envelopes) or "the bare message"


def _decode(writer: StubWriter, message: Message) -> str:
    union = message.payload.alternatives is not None
    if message.envelope is not None:
        decode = writer.runtime("handling.cloudevents", "decode_event")
        told = ", told=True" if message.told_by != ("type",) else ""
        cls = writer.reader(message, "ONE_OF") if union else writer.message(message)
        return f"return {decode}({cls}, incoming{told})"
    if union:
        return f"return {writer.reader(message, 'from_dict')}(incoming.body)"
    decode = writer.runtime("codec.codec", "decode")
    return f"return {decode}({writer.message(message)}, incoming.body)"


def _tell(writer: StubWriter, discriminator: Discriminator) -> None:
    """Write the call that takes the type from an attribute or a field."""
    if discriminator.attribute is not None:
        name = writer.runtime("handling.telling", "tell_by_attribute")
        arguments = ["incoming", string(discriminator.attribute)]
    else:
        name = writer.runtime("handling.telling", "tell_by_field")
        arguments = ["incoming", *map(string, discriminator.field)]
    writer.statement(f"{name}(", arguments)


def _untyped(writer: StubWriter) -> str:
    return f"return {writer.runtime('handling.untyped', 'UntypedMessage')}.of(incoming)"
