"""A store of handled messages in a DynamoDB table, which all consumers may share.

Its partition key is `id`, a text; with time to live on `kept_until`, DynamoDB deletes what is older.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from ..errors import AddressError
from ..publishing import aws
from .idempotency import InProgressError

if TYPE_CHECKING:
    from .protocols import DynamoDbClient

_FREE = "attribute_not_exists(id) OR kept_until <= :now"
_OURS = "progress = :begun AND claimed_by = :me"


class DynamoDbStore:
    """Remembers in a table which messages were handled; the client is boto3's, or one given.

    The table's name is the argument or, on first use, an environment variable. `expires` is how
    many seconds it counts that a message was handled; `in_progress` how many a claim does, of a
    function that never came back: as long as it may run.
    """

    def __init__(
        self,
        *,
        table: str | None = None,
        variable: str = "",
        expires: int = 86_400,
        in_progress: int = 900,
        client: DynamoDbClient | None = None,
    ) -> None:
        self._table = table
        self._variable = variable
        self._expires = expires
        self._in_progress = in_progress
        self._client = client
        self._claims: dict[str, str] = {}
        """By key what tells our claim from that of somebody else."""

    @property
    def table(self) -> str:
        """The name of the table; raises `AddressError` if nobody said."""
        if self._table is None:
            self._table = os.environ.get(self._variable)
            if self._table is None:
                message = (
                    "there is no table to remember what was handled: "
                    f"the environment variable {self._variable} is not set"
                )
                raise AddressError(message)
        return self._table

    def begin(self, key: str) -> bool:
        """Claim a message; False if it was handled before.

        Raises `InProgressError` if somebody else is handling it now.
        """
        now, claim = int(time.time()), os.urandom(8).hex()
        item = {
            **self._item(key, "begun", now + self._in_progress),
            "claimed_by": {"S": claim},
        }
        try:
            self._connect().put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression=_FREE,
                ExpressionAttributeValues={":now": {"N": str(now)}},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except Exception as error:
            known = _refused(error)
            if known is None:
                raise
            if known.get("progress", {}).get("S") == "done":
                return False
            raise InProgressError(key) from None
        self._claims[key] = claim
        return True

    def done(self, key: str) -> None:
        """Remember that the message was handled."""
        self._claims.pop(key, None)
        item = self._item(key, "done", int(time.time()) + self._expires)
        self._connect().put_item(TableName=self.table, Item=item)

    def abandon(self, key: str) -> None:
        """Give the claim back, if it is still ours: handling failed."""
        claim = self._claims.pop(key, "")
        try:
            self._connect().delete_item(
                TableName=self.table,
                Key={"id": {"S": key}},
                ConditionExpression=_OURS,
                ExpressionAttributeValues={
                    ":begun": {"S": "begun"},
                    ":me": {"S": claim},
                },
            )
        except Exception as error:
            if _refused(error) is None:
                raise

    def _item(self, key: str, progress: str, kept_until: int) -> dict[str, Any]:
        return {
            "id": {"S": key},
            "progress": {"S": progress},
            "kept_until": {"N": str(kept_until)},
        }

    def _connect(self) -> Any:
        _ = self.table  # whose absence says more than that of a Region
        return self._client or aws.client("dynamodb")


def _refused(error: Exception) -> dict[str, Any] | None:
    """Return what is in the table if its condition wasn't met; None for any other error."""
    response: Any = getattr(error, "response", None)
    if (
        not response
        or response.get("Error", {}).get("Code") != "ConditionalCheckFailedException"
    ):
        return None
    found: dict[str, Any] = response.get("Item") or {}
    return found
