"""The ARN of a place, out of its Systems Manager parameter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import AddressError
from . import aws

if TYPE_CHECKING:
    from .protocols import SsmClient


def arn_from_parameter(
    who: str,
    parameter: str | None,
    parameters: Mapping[str, str],
    env: str,
    ssm: SsmClient | None,
) -> str:
    """Return what the parameter says, or that of an environment; raises `AddressError`."""
    found = parameters.get(env) if parameters else parameter
    if found is None:
        known = ", ".join(map(repr, parameters))
        message = (
            f"{who} has no parameter for the environment {env!r}; pass env={known}"
            if known
            else f"{who} has no Systems Manager parameter"
        )
        raise AddressError(message)
    return aws.parameter(found, ssm)
