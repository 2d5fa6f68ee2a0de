"""The pass that gives every resource its logical id."""

from __future__ import annotations

from msgc.emit.cdk.expressions import new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.topology import names


def write_name_resources(sheet: Sheet) -> None:
    """Write the method that names all that was made, L2s' roles and policies among it.

    CDK itself leaves `Resource` and `Default` out of what is readable of an id.
    """
    writer, element = sheet.writer, sheet.core("CfnElement")
    with writer.block("def _name_resources(self) -> None:"):
        writer.docstring(
            "Give every resource a logical id of its service, kind and name.\n\n"
            "CDK's own has the path from the stack in it: with the construct in another stage or "
            "construct, CloudFormation would make everything anew."
        )
        writer.line("start = len(self.node.path) + 1")
        with writer.block("for element in self.node.find_all():"):
            writer.line(f"if isinstance(element, {element}):")
            with writer.indented():
                writer.line('path = element.node.path[start:].split("/")')
                writer.line('kept = (part for part in path if part not in {"Resource", "Default"})')
                service = string(names.pascal(sheet.topology.service))
                sheet.write(new("element.override_logical_id", f'{service} + "".join(kept)'))
