"""Write the package's `__init__` modules, and `py.typed`."""

from __future__ import annotations

from msgc.artifact import Artifact
from msgc.emit.python_writer import PythonWriter
from msgc.emit.stubs.handling.consumers import takes_untyped
from msgc.emit.stubs.handling.dispatch import Reading
from msgc.emit.stubs.messages import models
from msgc.emit.stubs.writing.lazy import lazy_package
from msgc.emit.stubs.writing.location import location_of
from msgc.emit.stubs.writing.names import Names
from msgc.links.model import Links
from msgc.topology.ends import Queue
from msgc.topology.model import Topology

_ALWAYS = {
    "InvalidPayload": "codec.violations",
    "MessagingError": "errors",
}
_PUBLISHING = {
    "AddressError": "errors",
    "Failed": "publishing.failures",
    "MessageId": "publishing.publisher",
    "NotCarriedError": "errors",
    "PublishError": "publishing.failures",
    "Publishing": "publishing.around",
    "RefusedError": "errors",
    "around_publishing": "publishing.around",
    "no_more_around_publishing": "publishing.around",
}
_HANDLING = {
    "BatchFailedError": "handling.batches",
    "Idempotency": "handling.idempotency",
    "InProgressError": "handling.idempotency",
    "MessageContext": "handling.incoming",
    "Retry": "handling.verdicts",
    "UnreadableError": "errors",
    "around": "handling.around",
    "around_handlers": "handling.around",
    "batch": "handling.batches",
    "no_more_around_handlers": "handling.around",
    "idempotent": "handling.idempotency",
}
_RECEIVING = {
    "AddressError": "errors",
    "MessageContext": "handling.incoming",
    "Received": "working.received",
    "Retry": "handling.verdicts",
    "UnreadableError": "errors",
    "around_handlers": "handling.around",
    "no_more_around_handlers": "handling.around",
}
_IN_MESSAGES = {"any_value": ("JSON",), "unset": ("UNSET", "Unset")}
"""What users need where a field has it, by its module in `codec`."""


def package_artifacts(
    folder: str,
    links: Links,
    names: Names,
    received: dict[Queue, Reading],
    messages: tuple[Artifact, ...],
) -> tuple[Artifact, ...]:
    """Return `__init__.py` of the package and of its parts, but of `messages`, and `py.typed`."""
    topology = links.topology
    receivers = {name: f".{names.module(queue)}" for queue, name in names.receivers.items()}
    publishers = {name: f".{names.module(place)}" for place, name in names.places.items()}
    facades = {name: f".{names.module(who)}" for who, name in names.facades.items()}
    # Messages come first where two things have one name, and their parts last; the other one is in
    # its own package.
    used = _of_the_runtime(links, names, received, messages)
    location = location_of(topology.build)
    exports = {name: location.module(module, ".") for name, module in used.items()}
    exports |= {name: f".receivers{module}" for name, module in receivers.items()}
    exports |= {name: f".producers{module}" for name, module in facades.items()}
    exports |= {name: f".publishers{module}" for name, module in publishers.items()}
    for name, module in models.exports(topology).items():
        if name in topology.messages or name not in exports:
            exports[name] = f".messages.{module.lstrip('.')}"
    first = f"Typed messages, publishers and handlers of the service `{topology.service}`."
    about = f"{first}\n\n{topology.description}" if topology.description else first
    found = [
        Artifact(
            path=f"{folder}/__init__.py",
            text=lazy_package(about, exports, location.shared, models.pragmas(topology)),
        ),
        Artifact(path=f"{folder}/py.typed", text=""),
    ]
    if publishers:
        text = lazy_package("Publishers: one for each topic, queue and bus.", publishers)
        found.append(Artifact(path=f"{folder}/publishers/__init__.py", text=text))
    if facades:
        text = lazy_package("What each producer may publish.", facades)
        found.append(Artifact(path=f"{folder}/producers/__init__.py", text=text))
    if receivers:
        text = lazy_package("Receivers: one for each queue that code reads itself.", receivers)
        found.append(Artifact(path=f"{folder}/receivers/__init__.py", text=text))
    if links.triggers:
        text = PythonWriter("Handlers: a module for each consumer.").render()
        found.append(Artifact(path=f"{folder}/consumers/__init__.py", text=text))
    return tuple(found)


def _gives_up(topology: Topology, names: Names) -> bool:
    """Whether somebody may move messages to a dead-letter queue: who is outside may anyway."""
    read = {queue for publisher in topology.publishers for queue in publisher.reads}
    by_others = any(queue not in read for queue in names.receivers)
    return by_others or any(publisher.gives_up for publisher in topology.publishers)


def _of_the_runtime(
    links: Links,
    names: Names,
    received: dict[Queue, Reading],
    messages: tuple[Artifact, ...],
) -> dict[str, str]:
    """Return what the package exports of the runtime: names, and modules there."""
    topology = links.topology
    found = dict(_ALWAYS)
    if names.places:
        found |= _PUBLISHING
    if links.triggers:
        found |= _HANDLING
    if received:
        found |= _RECEIVING
    if _gives_up(topology, names):
        found["DeadLetter"] = "handling.verdicts"
    if takes_untyped(links) or any(reading.untyped for reading in received.values()):
        found["UntypedMessage"] = "handling.untyped"
    for module, exported in _IN_MESSAGES.items():
        mark = f"codec.{module} import {exported[0]}"
        if any(mark in artifact.text for artifact in messages):
            found |= dict.fromkeys(exported, f"codec.{module}")
    return found
