"""Write a publisher class for every topic, queue and bus that something is published to."""

from __future__ import annotations

from typing import assert_never

from msgc.artifact import Artifact
from msgc.emit.python_writer import call, call_lines, literal, scalar, string
from msgc.emit.stubs.writing.addresses import write_address
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.names import Names
from msgc.emit.stubs.writing.stub_writer import StubWriter, described, grouped, mapping, tuple_of
from msgc.links.model import Attribute, Links
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.messages import ForeignAttribute, Message
from msgc.topology.names import payload_variable, snake
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import Large

_TAKEN = (
    "Attribute", "BusPublisher", "ClassVar", "FieldWire", "Given", "Iterable", "LargeWire",
    "Literal",
    "Mapping", "Message", "MessageId", "QueueManyOptions", "QueueOptions", "QueuePublisher",
    "TopicManyOptions", "TopicOptions", "TopicPublisher", "TypeAlias", "Unpack", "Wire",
)  # fmt: skip


def publisher_artifacts(
    folder: str, names: Names, variants: tuple[Links, ...]
) -> tuple[Artifact, ...]:
    """Return a module for every publisher; `variants` are the links in each environment."""
    return tuple(
        Artifact(
            path=f"{folder}/publishers/{names.module(place)}.py",
            text=_publisher(place, name, names.messages[place], variants),
        )
        for place, name in names.places.items()
    )


def _publisher(
    place: Place, name: str, messages: tuple[Message, ...], variants: tuple[Links, ...]
) -> str:
    links = variants[0]
    word = kind_of(place).word
    writer = StubWriter(
        f"Publishing to the {word} `{place.name}`.",
        location_of(links.topology.build),
        taken=(*_TAKEN, name),
    )
    base = _base(writer, place)
    members = [writer.message(message, typing_only=True) for message in messages]
    writer.typing_alias("Message", members)
    writer.line()
    with writer.signature(f"class {name}(", [f'{base}["Message"]'], "):"):
        writer.docstring(described(f"Publishes to the {word} `{place.name}`.", place.description))
        writer.line()
        write_address(writer, place, variants)
        match place:
            case Queue() | Topic():
                writer.line(f"max_size = {grouped(place.max_size)}")
                if place.fifo:
                    writer.line("fifo = True")
            case Bus():
                pass  # `BusPublisher` knows the size of an event
            case _:
                assert_never(place)
        annotation = mapping(writer, writer.runtime("publishing.wire", "Wire"))
        with writer.block(f"carries: {annotation} = {{", "}"):
            for message in messages:
                sent = links.attributes.get((place, message), ())
                writer.text(_carries(writer, place, message, sent))
        keywords = keywords_of(place, messages)
        if keywords:
            _methods(writer, place, keywords)
    return writer.render()


def keywords_of(
    place: Place, messages: tuple[Message, ...]
) -> dict[str, tuple[ForeignAttribute, ...]]:
    """Return the attributes that publishers to a place are given, by the names of keywords."""
    found: dict[str, tuple[ForeignAttribute, ...]] = {}
    if not kind_of(place).carries_events:
        for each in (each for message in messages for each in message.foreign):
            name = snake(each.name)
            name = f"{name}_" if name in _PARAMETERS else name
            found[name] = (*found.get(name, ()), each)
    return dict(sorted(found.items()))


_PARAMETERS = {
    "self", "message", "messages", "concurrency", "attributes", "correlation_id",
    "deduplication_id", "delay", "given", "group", "options", "subject",
}  # fmt: skip


def options_of(place: Place, *, many: bool = False) -> str:
    """Return the options that a call of a publisher to a place has, as the runtime calls them."""
    word = kind_of(place).word.capitalize()
    return f"{word}ManyOptions" if many and not kind_of(place).carries_events else f"{word}Options"


def _methods(
    writer: StubWriter, place: Place, keywords: dict[str, tuple[ForeignAttribute, ...]]
) -> None:
    """Write the methods that take the attributes which aren't in the payload."""
    identifier = writer.runtime("publishing.publisher", "MessageId")
    iterable = writer.use("collections.abc", "Iterable")
    unpack = writer.use("typing", "Unpack")
    own = [
        f"{name}: {_annotation(writer, attributes)} | None = None"
        for name, attributes in keywords.items()
    ]
    about = "\n\n".join(
        f"`{name}`: {attributes[0].description.strip()}"
        for name, attributes in keywords.items()
        if attributes[0].description.strip()
    )
    one = "Publish one message with its attributes, and return the id that AWS gave it."
    several = "Publish several messages, all with the same attributes."
    names = {
        many: writer.runtime("publishing.protocols", options_of(place, many=many), typing_only=True)
        for many in (False, True)
    }
    for name, asynchronous, many in (
        ("publish", False, False),
        ("publish_many", False, True),
        ("publish_async", True, False),
        ("publish_many_async", True, True),
    ):
        first = several if many else one
        if asynchronous:
            word = name.removesuffix("_async")
            first, words = f"Publish as `{word}` does, in a thread: for coroutines.", ""
        else:
            words = about
        given = [f"messages: {iterable}[Message]"] if many else ["message: Message"]
        head = [*given, "*", *(["concurrency: int = 1"] if many else []), *own]
        result = f"list[{identifier}]" if many else identifier
        call_ = (
            "self._publish_many(messages, concurrency, options, given)"
            if many
            else "self._publish(message, options, given)"
        )
        writer.line()
        with writer.signature(
            f"{'async ' if asynchronous else ''}def {name}(",
            ["self", *head, f"**options: {unpack}[{names[many]}]"],
            f") -> {result}:",
        ):
            writer.docstring(described(first, words))
            _given_values(writer, keywords)
            writer.text(_returned(writer, call_, asynchronous=asynchronous))


def _returned(writer: StubWriter, call_: str, *, asynchronous: bool) -> str:
    if not asynchronous:
        return f"return {call_}"
    head, inner = "return await self._in_thread(", f"lambda: {call_}"
    flat = f"{head}{inner})"
    return flat if len(flat) <= writer.room else f"{head}\n    {inner}\n)"


def _given_values(writer: StubWriter, keywords: dict[str, tuple[ForeignAttribute, ...]]) -> None:
    """Write the values of keywords as a dictionary, by the names of attributes."""
    items = [f"{string(attributes[0].name)}: {name}" for name, attributes in keywords.items()]
    flat = f"given = {{{', '.join(items)}}}"
    if len(flat) <= writer.room:
        writer.line(flat)
    else:
        with writer.block("given = {", "}"):
            writer.lines(f"{item}," for item in items)


def _annotation(writer: StubWriter, attributes: tuple[ForeignAttribute, ...]) -> str:
    """Return the type of a keyword: of all messages that have the attribute."""
    if all(each.enum for each in attributes):
        values = dict.fromkeys(scalar(value) for each in attributes for value in each.enum)
        if not any(each.type == "number" for each in attributes):
            return f"{writer.use('typing', 'Literal')}[{', '.join(values)}]"
    names = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"}
    return " | ".join(dict.fromkeys(names[each.type] for each in attributes))


def _base(writer: StubWriter, place: Place) -> str:
    match place:
        case Queue():
            return writer.runtime("publishing.queues", "QueuePublisher")
        case Topic():
            return writer.runtime("publishing.topics", "TopicPublisher")
        case Bus():
            return writer.runtime("publishing.buses", "BusPublisher")
        case _:
            assert_never(place)


def _carries(
    writer: StubWriter, place: Place, message: Message, sent: tuple[Attribute, ...]
) -> str:
    key = f"{string(message.name)}: "
    arguments = []
    shown = sorted(
        (attribute for attribute in sent if attribute.path),
        key=lambda attribute: attribute.name,
    )
    told = {a.name: a.told for a in sent if a.told is not None}
    given = [a.given for a in sent if a.given is not None]
    if shown:
        made = [_attribute(writer, attribute) for attribute in shown]
        arguments.append(tuple_of("attributes=", made, writer.room - 5))
    if message.group_by and not kind_of(place).carries_events:
        arguments.append(f"group_by={_group(message.group_by)}")
    if message.deduplicate_by and place.fifo:
        arguments.append(f"deduplicate_by={_path(message.deduplicate_by)}")
    if told:
        arguments.append(f"told={literal(told, writer.room - 9)}")
    if given:
        made = [_given(writer, attribute) for attribute in given]
        arguments.append(tuple_of("others=", made, writer.room - 5))
    reads = arguments or place.fifo
    wire = ("publishing.fields", "FieldWire") if reads else ("publishing.wire", "Wire")
    if message.large is not None and not kind_of(place).carries_events:
        inner = call(f"{writer.runtime(*wire)}(", arguments, writer.room - 5)
        wire, arguments = _LARGE, [inner, *_large(message.large)]
    return "\n".join(call_lines(f"{key}{writer.runtime(*wire)}(", arguments, "),", writer.room))


_LARGE = ("publishing.large", "LargeWire")


def _large(large: Large) -> list[str]:
    """Return how a message goes through S3, as arguments."""
    found = [f"variable={string(payload_variable(large.bucket.owner))}"]
    found.append(f"largest={grouped(large.largest)}")
    if large.over is not None:
        found.append(f"over={grouped(large.over)}")
    if large.bucket.prefix:
        found.append(f"prefix={string(large.bucket.prefix)}")
    return found


def _attribute(writer: StubWriter, attribute: Attribute) -> str:
    name = writer.runtime("publishing.fields", "Attribute")
    arguments = [string(attribute.name), _path(attribute.path), string(attribute.type)]
    return call(f"{name}(", arguments, writer.room - 9)


def _group(paths: tuple[tuple[str, ...], ...]) -> str:
    """Return the field that is the group, or all of several."""
    return _path(paths[0]) if len(paths) == 1 else tuple_of("", [_path(p) for p in paths], 80)


def _given(writer: StubWriter, attribute: ForeignAttribute) -> str:
    name = writer.runtime("publishing.fields", "Given")
    arguments = [string(attribute.name), string(attribute.type)]
    if attribute.enum:
        arguments.append(tuple_of("", [scalar(value) for value in attribute.enum], 80))
    return call(f"{name}(", arguments, writer.room - 9)


def _path(path: tuple[str, ...]) -> str:
    return tuple_of("", [string(step) for step in path], 80)
