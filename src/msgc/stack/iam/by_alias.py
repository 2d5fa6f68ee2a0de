"""Rights on KMS keys that are named by their aliases: no reference to the key is at hand."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.stack.iam.grant import ACTIONS, Action
from msgc.stack.model import Statement
from msgc.stack.values import Address
from msgc.topology.settings import Key


def by_alias(may: Action, keys: Iterable[Key]) -> Statement:
    """Return the statement that allows something on the account's keys of these aliases.

    https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
    """
    aliases = tuple(f"alias/{key.alias}" for key in keys)
    return Statement(
        actions=ACTIONS[may],
        resources=(Address(service="kms", resource="key/*"),),
        condition={"ForAnyValue:StringEquals": {"kms:ResourceAliases": aliases}},
    )
