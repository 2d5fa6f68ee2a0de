"""Buses and their archives."""

from __future__ import annotations

from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import new
from msgc.emit.cdk.imports import imported_arn
from msgc.emit.cdk.sheet import Attribute, Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Bus


def buses(sheet: Sheet) -> Section:
    """Return the section that makes the buses."""
    found = tuple(sheet.topology.buses.values())
    return Section(
        method="_add_buses",
        docstring="Buses.",
        items=found,
        write=_write_bus,
        attributes=tuple(_attribute(sheet, bus) for bus in found),
    )


def _attribute(sheet: Sheet, bus: Bus) -> Attribute:
    own = bus.imported is None and not bus.is_default
    default = "The account's default bus." if bus.is_default else f"The bus `{bus.name}`."
    return Attribute(
        name=naming.attribute_name(bus),
        type=f"{sheet.aws('events')}.{'EventBus' if own else 'IEventBus'}",
        description=bus.description or default,
    )


def _write_bus(sheet: Sheet, bus: Bus) -> None:
    bus_class = f"{naming.attribute(bus)} = {sheet.aws('events')}.EventBus"
    identifier = string(ids.place(bus))
    if bus.is_default:
        call = new(f"{bus_class}.from_event_bus_name", "self", identifier, string("default"))
    elif bus.imported is not None:
        arn = imported_arn(sheet, bus.imported)
        call = new(f"{bus_class}.from_event_bus_arn", "self", identifier, arn)
    else:
        call = new(
            bus_class,
            "self",
            identifier,
            event_bus_name=string(bus.physical_name),
            description=string(bus.description[:512]) if bus.description else None,
        )
    sheet.write(call)


def archives(sheet: Sheet) -> Section:
    """Return the section that keeps the buses' events."""
    found = tuple(b for b in sheet.topology.buses.values() if b.archive_days is not None)
    events = sheet.aws("events") if found else ""
    return Section(
        method="_add_archives",
        docstring="Archives of everything that is on a bus.",
        items=found,
        write=_write_archive,
        before=lambda sheet: sheet.writer.comment(
            "L1, because the L2 wants a pattern: these archives leave nothing out."
        ),
        attributes=tuple(
            Attribute(
                name=naming.archive_name(bus),
                type=f"{events}.CfnArchive",
                description=f"The past events of `{bus.name}`.",
            )
            for bus in found
        ),
    )


def _write_archive(sheet: Sheet, bus: Bus) -> None:
    sheet.write(
        new(
            f"self.{naming.archive_name(bus)} = {sheet.aws('events')}.CfnArchive",
            "self",
            string(ids.archive(bus)),
            source_arn=naming.arn(bus),
            retention_days=str(bus.archive_days) if bus.archive_days else None,
        )
    )
