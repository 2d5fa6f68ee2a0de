"""Where the ARN of something that exists already comes from."""

from __future__ import annotations

from msgc.emit.cdk.expressions import Call, new
from msgc.emit.cdk.sheet import Sheet
from msgc.emit.python_writer import string
from msgc.topology.model import ByArn, ByParameter


def imported_arn(sheet: Sheet, address: ByArn | ByParameter) -> str | Call:
    """Return the expression of an ARN: as written, or read from a parameter on deployment."""
    if isinstance(address, ByArn):
        return string(address.arn)
    lookup = f"{sheet.aws('ssm')}.StringParameter.value_for_string_parameter"
    return new(lookup, "self", string(address.parameter))
