"""Permission for a service to invoke a function."""

from __future__ import annotations

from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.topology.model import Consumer


def write_permission(
    sheet: Sheet, identifier: str, consumer: Consumer, service: str, source_arn: str
) -> None:
    """Write the permission for one topic or rule."""
    sheet.write(
        new(
            "self._let_invoke",
            string(identifier),
            naming.function(consumer),
            string(service),
            source_arn,
        )
    )


def write_let_invoke(sheet: Sheet) -> None:
    """Write the method that the permissions call."""
    writer, lambda_ = sheet.writer, sheet.aws("lambda")
    parameters = [
        "self",
        "construct_id: str",
        f"function: {lambda_}.IFunction",
        "service: str",
        "source_arn: str",
    ]
    writer.statement("def _let_invoke(", parameters, ") -> None:")
    with writer.indented():
        writer.docstring("Let a service invoke a function for this topic or rule, and no other.")
        writer.comment(
            "L1, because a function that was handed over takes the permission into its own stack, "
            "or, when it was imported, drops it."
        )
        sheet.write(
            new(
                f"{lambda_}.CfnPermission",
                "self",
                "construct_id",
                action=string("lambda:InvokeFunction"),
                function_name="function.function_arn",
                principal="service",
                source_arn="source_arn",
            )
        )
