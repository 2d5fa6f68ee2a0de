"""Permission for a service to invoke a function."""

from __future__ import annotations

from msgc.emit.cdk import naming
from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.topology.model import Consumer


def permission(identifier: str, consumer: Consumer, service: str, source_arn: str) -> Call:
    """Return the call that makes the permission for one topic or rule."""
    function = naming.function(consumer)
    return new("self._let_invoke", string(identifier), function, string(service), source_arn)


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
    writer.statement("def _let_invoke(", parameters, f") -> {lambda_}.CfnPermission:")
    with writer.indented():
        writer.docstring("Let a service invoke a function for this topic or rule.")
        writer.comment(
            "L1, because a function that was handed over takes the permission into its own stack, "
            "or, when it was imported, drops it."
        )
        sheet.write(
            new(
                f"return {lambda_}.CfnPermission",
                "self",
                "construct_id",
                action=string("lambda:InvokeFunction"),
                function_name="function.function_arn",
                principal="service",
                source_arn="source_arn",
            )
        )
