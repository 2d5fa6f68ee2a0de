"""Write `contract`, which tests whether what is published is what its consumers expect."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.python_writer import string
from msgc.emit.stubs.handling.consumers import messages_of, triggers_of
from msgc.emit.stubs.writing.location import Location
from msgc.emit.stubs.writing.names import Names
from msgc.emit.stubs.writing.stub_writer import StubWriter, tuple_of
from msgc.links.model import Links
from msgc.topology.names import snake

_ABOUT = """\
Test that all consumers can read what is published.

What is read are the examples of messaging.yaml and what the test has published to the fakes, as filters and all that is on the way let it come. `others` are classes of messages in the packages of other services, which must be able to read it as well. Raises `ContractError` if somebody can't, and returns who receives what."""  # noqa: E501


def contract_artifact(folder: str, links: Links, names: Names, location: Location) -> Artifact:
    """Return the module with `contract`, which knows the package's consumers."""
    about = "Whether what is published is what its consumers expect."
    writer = StubWriter(about, location, up=".")
    made = writer.runtime("testing.contracts", "Contract")
    check = writer.runtime("testing.contracts", "check")
    publishers = [writer.runtime("testing.fakes", "Fake")]
    for publisher, cls in names.facades.items():
        name = cls if cls not in _TAKEN else f"{cls} as {cls}Facade"
        writer.use(f"..producers.{names.module(publisher)}", name, typing_only=True)
        publishers.append(name.rpartition(" ")[2])
    iterable = writer.use("collections.abc", "Iterable", typing_only=True)
    message = writer.use(location.module("protocols", ".."), "Message", typing_only=True)
    writer.typing_alias("Publishing", publishers)
    union = writer.use("types", "UnionType", typing_only=True)
    kinds = f"type[{message}] | {union}"
    parameters = ["publisher: Publishing", "*", f"others: {iterable}[{kinds}] = ()"]
    writer.line()
    with writer.signature("def contract(", parameters, f") -> {made}:"):
        writer.docstring(_ABOUT)
        package = "__name__.removesuffix('.testing.contracts')".replace("'", '"')
        writer.statement(f"return {check}(", ["publisher", package, "_EXPECTED", "others"])
    writer.lines(["", ""])
    expected = writer.runtime("testing.contracts", "Expected", typing_only=True)
    consumers = triggers_of(links)
    if not consumers:
        writer.line(f"_EXPECTED: {expected} = {{}}")
    else:
        with writer.block(f"_EXPECTED: {expected} = {{", "}"):
            for consumer in consumers:
                messages = tuple_of("", [string(name) for name in messages_of(links, consumer)], 70)
                module = string(snake(consumer.name))
                key = f"{string(consumer.name)}: "
                writer.text(tuple_of(key, [module, messages], writer.room - 1) + ",")
    writer.docstring("The consumers: their modules, and what they handle.")
    return Artifact(path=f"{folder}/testing/contracts.py", text=writer.render())


_TAKEN = frozenset(
    {"Contract", "Expected", "Fake", "Iterable", "Message", "Publishing", "UnionType"}
)
