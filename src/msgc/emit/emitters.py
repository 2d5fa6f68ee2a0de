"""The emitters of `msgc build`, in the order of their output.

An emitter is imported when it is called: `validate` reads this list too, for the places of outputs.
"""

from __future__ import annotations

from collections.abc import Callable

from msgc.artifact import Artifact, Output
from msgc.emit.outputs import KIT, RUNTIME, STACK, STUBS
from msgc.links.model import Links
from msgc.record import Record


class Emitter(Record):
    """What turns a topology into files, and the outputs that these files belong to."""

    outputs: tuple[Output, ...]
    emit: Callable[[tuple[Links, ...]], tuple[Artifact, ...]]
    """Pure: the same links give the same bytes, each file in one of the outputs.

    There are the links of each environment, or those of a service without any.
    """


def _stack(variants: tuple[Links, ...]) -> tuple[Artifact, ...]:
    from msgc.emit.cdk import emit_stack  # noqa: PLC0415  # `validate` doesn't emit

    return emit_stack(variants)


def _stubs(variants: tuple[Links, ...]) -> tuple[Artifact, ...]:
    from msgc.emit.stubs import emit_stubs  # noqa: PLC0415  # `validate` doesn't emit

    return emit_stubs(variants)


EMITTERS: tuple[Emitter, ...] = (
    Emitter(outputs=(STACK, KIT), emit=_stack),
    Emitter(outputs=(STUBS, RUNTIME), emit=_stubs),
)


def outputs() -> tuple[Output, ...]:
    """Return the outputs of all emitters."""
    return tuple(output for emitter in EMITTERS for output in emitter.outputs)


def emit(variants: tuple[Links, ...]) -> tuple[Artifact, ...]:
    """Return every file that a build writes of a service, given its links in each environment."""
    return tuple(file for emitter in EMITTERS for file in emitter.emit(variants))
