"""The sheet a stack is written on: its writer, what it is about, and the parts of its construct."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgc.delivery.plan import Delivery
from msgc.emit.cdk.expressions import Call, render
from msgc.emit.python_writer import PythonWriter
from msgc.record import Record
from msgc.topology.model import Publisher, Topology

_ALIASES = {"lambda": "lambda_"}


class Sheet(Record):
    """A module in the making."""

    writer: PythonWriter
    topology: Topology
    delivery: Delivery

    @property
    def publishers(self) -> tuple[Publisher, ...]:
        """Everybody that `environment_for` knows, in the order in which the stack makes them."""
        return (*self.topology.consumers.values(), *self.topology.producers.values())

    def aws(self, service: str) -> str:
        """Return the name of a module of aws_cdk (`sqs`), which is imported as users do."""
        alias = _ALIASES.get(service, service)
        return self.writer.use("aws_cdk", f"aws_{service} as {alias}")

    def core(self, name: str) -> str:
        """Return a name out of aws_cdk itself (`Duration`), imported."""
        return self.writer.use("aws_cdk", name)

    def duration(self, expression: str) -> str:
        """Return a `Duration` expression, imported."""
        self.core("Duration")
        return expression

    def write(self, expression: str | Call) -> None:
        """Write an expression as a statement."""
        self.writer.lines(render(expression, self.writer.room))


class Attribute(Record):
    """A resource that the construct hands out: `receipts_queue: sqs.Queue`."""

    name: str
    type: str
    description: str


class Section(Record):
    """One kind of resource: a method of the construct that makes all of them, in this order."""

    method: str
    docstring: str
    items: tuple[Any, ...]
    write: Callable[[Sheet, Any], None]
    before: Callable[[Sheet], None] | None = None
    """Writes what stands once, at the start of the method."""
    attributes: tuple[Attribute, ...] = ()
    dense: bool = False
    """No empty lines between items."""
