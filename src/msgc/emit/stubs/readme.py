"""Write the package's README: what is in it, with the exact imports."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.artifact import Artifact
from msgc.emit.python_writer import call_lines
from msgc.emit.stubs.handling.consumers import messages_of, triggers_of
from msgc.emit.stubs.handling.dispatch import Reading
from msgc.emit.stubs.handling.receivers import received_messages
from msgc.emit.stubs.messages.unions import classes_of
from msgc.emit.stubs.publishing.producers import outlets
from msgc.emit.stubs.writing.names import Names
from msgc.links.model import Links
from msgc.topology.ends import Consumer, Publisher, Queue
from msgc.topology.names import snake

_WIDTH = 88


def readme_artifact(
    folder: str, links: Links, names: Names, received: dict[Queue, Reading]
) -> Artifact:
    """Return the README of the stubs."""
    topology = links.topology
    package = folder.rpartition("/")[2]
    lines = [
        f"# {package}",
        "",
        f"Typed messages, publishers and handlers of the service `{topology.service}`.",
        "It needs nothing but Python's standard library, and boto3 where it calls AWS; its licence",
        "is MIT-0.",
    ]
    consumers = [each for each in triggers_of(links) if each.has_handler]
    if consumers:
        lines += _handling(package, links, consumers)
    workers = [each for each in consumers if each.worker is not None]
    if workers:
        lines += _working(package, workers)
    if received:
        lines += _receiving(package, names, received)
    if names.facades:
        lines += _publishing(package, names)
    if names.places:
        lines += _testing(package)
    return Artifact(path=f"{folder}/README.md", text="\n".join(lines) + "\n")


def _handling(package: str, links: Links, consumers: list[Consumer]) -> list[str]:
    first = consumers[0]
    name = snake(first.name)
    types = messages_of(links, first)
    result = "None" if first.answers is None else first.answers.name
    wanted = [*types, *([first.answers.name] if first.answers is not None else [])]
    return [
        "",
        "## Handling",
        "",
        "```python",
        *_import(package, ["MessageContext", *wanted]),
        *_import(f"{package}.consumers", [name]),
        "",
        "",
        f"@{name}.handler",
        *call_lines(
            "def handler(",
            [f"message: {' | '.join(types)}", "context: MessageContext"],
            f") -> {result}: ...",
            _WIDTH,
        ),
        "```",
        "",
        "| consumer | module | handles |",
        "| --- | --- | --- |",
        *(
            f"| `{each.name}` | `from {package}.consumers import {snake(each.name)}`"
            f" | {_listed(messages_of(links, each))} |"
            for each in consumers
        ),
    ]


def _working(package: str, workers: list[Consumer]) -> list[str]:
    return [
        "",
        "## Workers",
        "",
        "Their handlers are run by the loop that the package has; `--help` lists its options.",
        "",
        "```sh",
        *(f"python -m {package}.consumers.{snake(each.name)} module:handler" for each in workers),
        "```",
    ]


def _receiving(package: str, names: Names, received: dict[Queue, Reading]) -> list[str]:
    first = next(iter(names.receivers.values()))
    return [
        "",
        "## Receiving",
        "",
        "A message is deleted when its `with` block has ended without an exception.",
        "",
        "```python",
        *_import(package, [first]),
        "",
        f"for received in {first}().receive():",
        "    with received as message:",
        "        print(message)",
        "```",
        "",
        "| queue | class | receives |",
        "| --- | --- | --- |",
        *(
            f"| `{queue.name}` | `from {package} import {name}`"
            f" | {_listed(received_messages(received[queue]))} |"
            for queue, name in names.receivers.items()
        ),
    ]


def _publishing(package: str, names: Names) -> list[str]:
    publisher, name = next(iter(names.facades.items()))
    place, messages = next(iter(outlets(publisher, names).items()))
    first = [classes_of(message)[0].name for message in messages[:1]]
    made = f"{first[0]}(...)" if first else "message"
    field = names.module(place)
    return [
        "",
        "## Publishing",
        "",
        "```python",
        *_import(package, [name, *first]),
        "",
        f"{snake(publisher.name)} = {name}()",
        f"{snake(publisher.name)}.{field}.publish({made})",
        "```",
        "",
        "| who | class | publishes to |",
        "| --- | --- | --- |",
        *(
            f"| `{who.name}` | `from {package} import {cls}` | {_listed(_fields(who, names))} |"
            for who, cls in names.facades.items()
        ),
    ]


def _fields(publisher: Publisher, names: Names) -> list[str]:
    return [f".{names.module(place)}" for place in outlets(publisher, names)]


def _testing(package: str) -> list[str]:
    plugin = f'"{package}.testing.fixtures"'
    flat = f"pytest_plugins = [{plugin}]"
    return [
        "",
        "## Testing",
        "",
        f"Publishers into memory, and events as Lambda gets them, are in `{package}.testing`;",
        "in `conftest.py`:",
        "",
        "```python",
        *([flat] if len(flat) <= _WIDTH else ["pytest_plugins = [", f"    {plugin}", "]"]),
        "```",
    ]


def _import(package: str, wanted: Iterable[str]) -> list[str]:
    listed = sorted(dict.fromkeys(wanted))
    flat = f"from {package} import {', '.join(listed)}"
    if len(flat) <= _WIDTH:
        return [flat]
    return [f"from {package} import (", *(f"    {name}," for name in listed), ")"]


def _listed(items: Iterable[str]) -> str:
    return ", ".join(f"`{item}`" for item in items)
