# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Permissions: which topic or rule may invoke a function."""

from __future__ import annotations

from aws_cdk import aws_lambda as lambda_

from .base import Base
from .interfaces import Function


class Permissions(Base):
    """Makes permissions."""

    def permission(
        self, construct_id: str, function: Function, service: str, source: str
    ) -> lambda_.CfnPermission:
        """Let a service invoke a function for one topic or rule.

        L1: a function that was handed over takes the permission into its own stack, or, when it
        was imported, drops it.
        """
        return lambda_.CfnPermission(
            self,
            construct_id,
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal=service,
            source_arn=source,
        )
