# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""Tables in which consumers remember which messages they have handled."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb

from .access import Access
from .interfaces import Grantee, Table

_REMEMBER = ["dynamodb:DeleteItem", "dynamodb:PutItem"]


class ClaimTables(Access):
    """Tables of what was handled, each message once: DynamoDB deletes what has expired."""

    def claim_table(self, construct_id: str, *, name: str) -> dynamodb.Table:
        """Make a table whose items are paid for by use, and live until `kept_until`."""
        return dynamodb.Table(
            self,
            construct_id,
            table_name=name,
            partition_key=dynamodb.Attribute(
                name="id", type=dynamodb.AttributeType.STRING
            ),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="kept_until",
            removal_policy=self.removal,
        )

    def may_remember(self, who: Grantee, *tables: Table | str) -> None:
        """Let somebody remember in tables what it has handled; a text is an ARN."""
        arns = [
            table if isinstance(table, str) else table.table_arn for table in tables
        ]
        self.grant(who, _REMEMBER, arns)
