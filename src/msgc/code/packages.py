"""Check that functions have the package `jsonschema`, where messages are checked with it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgc.code import codes
from msgc.diagnostics import Diagnostic
from msgc.links.model import Links
from msgc.topology.ends import Consumer
from msgc.topology.messages import Message

PACKAGE = "jsonschema"


def check_packages(links: Links, folder: str) -> tuple[Diagnostic, ...]:
    """Return which functions lack the package, and which are told to have it for nothing.

    `folder` is that of messaging.yaml.
    """
    return tuple(
        each
        for consumer in links.topology.consumers.values()
        for each in _check(consumer, _checked(consumer, links), folder)
    )


def _checked(consumer: Consumer, links: Links) -> tuple[Message, ...]:
    """Return the messages of a function that are checked with the package."""
    handled = (
        message
        for trigger in links.triggers
        if trigger.consumer is consumer
        for arrival in trigger.arrivals
        for message in arrival.messages
    )
    published = (message for each in consumer.publishes for message in each.messages)
    answers = (consumer.answers,) if consumer.answers is not None else ()
    everything = dict.fromkeys((*handled, *published, *answers))
    return tuple(message for message in everything if message.payload.library is not None)


def _check(consumer: Consumer, messages: tuple[Message, ...], folder: str) -> Iterator[Diagnostic]:
    made = consumer.made
    if made is None:
        return
    if made.packages and not messages:
        yield codes.IDLE_PACKAGES.at(
            consumer.place("function", "packages"),
            f"`packages` does nothing for consumer `{consumer.name}`: no message of it is checked"
            f" with `{PACKAGE}`",
            help="take it away",
        )
        return
    code = os.path.join(folder, made.code)
    if not messages or made.packages or made.layers or not os.path.isdir(code):
        return
    if not os.path.isdir(os.path.join(code, PACKAGE)):
        names = ", ".join(f"`{message.name}`" for message in messages[:3])
        yield codes.MISSING_PACKAGE.at(
            consumer.place("function", "code"),
            f"the function of consumer `{consumer.name}` needs the package `{PACKAGE}`, which"
            f" {names} {'is' if len(messages) == 1 else 'are'} checked with, and `{made.code}`"
            " doesn't have it",
            help=f"`pip install --target {made.code} {PACKAGE}`, add a layer that has it, or say"
            f" that something else brings it: `packages: [{PACKAGE}]`",
        )
