"""`Printer`: prints the values, durations and attributes in calls of the kit."""

from __future__ import annotations

from msgc.emit.cdk.expressions import Call, duration
from msgc.emit.cdk.handles import Handles
from msgc.emit.cdk.module_writer import ModuleWriter
from msgc.emit.python_writer import string
from msgc.record import Record
from msgc.stack.model import Existing, Resource
from msgc.stack.values import Value, reference

Option = str | Call | None


class Printer(Record):
    """A out, and what the items on it are called."""

    out: ModuleWriter
    handles: Handles

    def value(self, value: Value) -> str | Call:
        """Return the expression of a value."""
        return self.handles.value(value)

    def option(self, resource: Resource, name: str) -> Option:
        """Return the expression of a property, None if the resource hasn't got it."""
        found = resource.properties.get(name)
        return None if found is None else self.value(found)

    def seconds(self, resource: Resource, name: str) -> Option:
        """Return a property in seconds as a `Duration`."""
        found = resource.properties.get(name)
        if not isinstance(found, int):
            return None
        self.out.core("Duration")
        return duration(found)

    def place(self, arn: Value) -> str | Call:
        """Return what an ARN is of by its attribute, or the ARN if it is made from a name."""
        found = reference(arn)
        return self.value(arn) if found is None else self.handles.name(found.of)

    def type_of(self, arn: Value) -> str | None:
        """Return the type of the resource that an ARN is of; None of one made from a name."""
        found = reference(arn)
        return None if found is None else self.handles.items[found.of].type

    def known(self, arn: Value) -> str:
        """Return the attribute of the resource that an ARN is of."""
        found = reference(arn)
        assert found is not None, arn  # noqa: S101  # the plan refers to it
        return self.handles.name(found.of)


def identifier(item: Resource | Existing) -> str:
    """Return the id of a construct, as text."""
    return string(item.path[0])


def number(found: object) -> str | None:
    """Return a number as text, None for none."""
    return None if found is None else str(found)
