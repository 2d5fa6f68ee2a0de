"""How publishers find places: parameters, and environment variables for those outside."""

from __future__ import annotations

from msgc.delivery.plan import Address
from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, mapping, new
from msgc.emit.cdk.grants import arn_by_name
from msgc.emit.cdk.sheet import Section, Sheet
from msgc.emit.python_writer import string
from msgc.topology import ids
from msgc.topology.model import Place, Queue


def parameters(sheet: Sheet) -> Section:
    """Return the section that publishes the ARN of each resource as a parameter."""
    addresses = sheet.delivery.addresses.values()
    return Section(
        method="_add_parameters",
        docstring="The ARN of each resource, where other repositories find it.",
        items=tuple(address for address in addresses if address.parameter),
        write=_write_parameter,
    )


def _write_parameter(sheet: Sheet, address: Address) -> None:
    sheet.write(
        new(
            f"{sheet.aws('ssm')}.StringParameter",
            "self",
            string(ids.parameter(address.place)),
            parameter_name=string(address.parameter or ""),
            string_value=naming.arn(address.place),
        )
    )


def write_environment_for(sheet: Sheet) -> None:
    """Write the method that returns the environment variables of a producer or consumer.

    Its argument is a `Literal` of their names, so that a type checker knows them.
    """
    named = dict.fromkeys(string(publisher.name) for publisher in sheet.publishers)
    literal = f"name: {sheet.writer.use('typing', 'Literal')}["
    name = Call(head=literal, arguments=tuple(named), tail="]")
    arguments = ("self", name)
    sheet.write(Call(head="def environment_for(", arguments=arguments, tail=") -> dict[str, str]:"))
    with sheet.writer.indented():
        sheet.writer.docstring(
            "Return the environment variables of a producer or consumer: the addresses that it "
            "publishes to.\n\nThey are made from names, so that another stack that gets them "
            "depends on nothing here."
        )
        places: dict[str, list[Place]] = {}  # a consumer and a producer may have one name
        for publisher in sheet.publishers:
            found = places.setdefault(publisher.name, [])
            found += [publication.target for publication in publisher.publishes]
        environments = mapping((name, _variables(sheet, found)) for name, found in places.items())
        sheet.write(
            environments.replace(
                head=f"environments: dict[str, dict[str, str]] = {environments.head}"
            )
        )
        sheet.writer.line("return environments[name]")


def _variables(sheet: Sheet, places: list[Place]) -> Call:
    addresses = sheet.delivery.addresses
    return mapping((addresses[place].variable, _by_name(place)) for place in dict.fromkeys(places))


def _by_name(place: Place) -> str:
    if isinstance(place, Queue):
        return f'f"{{self._queue_urls}}{place.physical_name}"'
    return arn_by_name(place)
