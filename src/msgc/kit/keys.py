# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""KMS keys with which queues, topics, buses and pipes are encrypted, and who may use them.

A key's policy names nothing of the stack by reference, only by names: what is encrypted with a key
needs it first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Annotations, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms

from .access import Access
from .interfaces import Bus, Grantee, Key, Topic
from .openings import May, Outsider

DECRYPT = ["kms:Decrypt"]
ENCRYPT = ["kms:Decrypt", "kms:GenerateDataKey"]
_ARCHIVE = ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncrypt*"]
_SNS, _EVENTS = "sns.amazonaws.com", "events.amazonaws.com"
_BUS = "kms:EncryptionContext:aws:events:event-bus:arn"


class Keys(Access):
    """Makes keys, and says who may use them."""

    def key(self, construct_id: str, *, alias: str, description: str) -> kms.Key:
        """Make a key that AWS renews every year, and that outlives its stack: so do messages."""
        return kms.Key(
            self,
            construct_id,
            alias=alias,
            description=description,
            enable_key_rotation=True,
        )

    def may_decrypt(self, who: Grantee, *keys: Key | str) -> None:
        """Let somebody read what is encrypted; a text is the alias of a key of this account."""
        self._may_use(who, DECRYPT, keys)

    def may_encrypt(self, who: Grantee, *keys: Key | str) -> None:
        """Let somebody send to what is encrypted; a text is the alias of a key of this account."""
        self._may_use(who, ENCRYPT, keys)

    def let_encrypt(
        self,
        key: Key,
        *,
        topics: Sequence[Topic | str] = (),
        also: Sequence[str] = (),
        events: Sequence[Bus | str] = (),
    ) -> None:
        """Let topics send to queues that are encrypted, and EventBridge for rules and buses.

        A text is an ARN, or what the ARNs of many have in common; `also` are names under which SNS
        delivers besides its own.
        """
        arns = [t if isinstance(t, str) else t.topic_arn for t in topics]
        if arns:
            self._let(key, [_SNS, *also], ENCRYPT, _for_sources(arns))
        arns = [e if isinstance(e, str) else e.event_bus_arn for e in events]
        if arns:
            self._let(key, [_EVENTS], ENCRYPT, _for_sources(arns))

    def let_keep_events(
        self, key: Key, *, buses: Sequence[str], archived: Sequence[str] = ()
    ) -> None:
        """Let EventBridge encrypt what is on buses, and in their archives; a text is an ARN."""
        self._let(key, [_EVENTS], ["kms:DescribeKey"])
        of_buses = {_BUS: list(buses), "aws:SourceArn": list(buses)}
        self._let(key, [_EVENTS], ENCRYPT, {"StringEquals": of_buses})
        if archived:  # for an archive, EventBridge says no source
            of_archives = {_BUS: list(archived)}
            self._let(key, [_EVENTS], _ARCHIVE, {"StringEquals": of_archives})

    def let_log_encrypted(self, key: Key, *, buses: bool = False) -> None:
        """Let logs of pipes, and of buses, be encrypted on their way to a log group."""
        logs = {"kms:EncryptionContext:SourceArn": self.arn_of("logs", "*")}
        if buses:
            self._let(key, [_EVENTS], ["kms:GenerateDataKey"], {"StringLike": logs})
        self._let(key, ["delivery.logs.amazonaws.com"], ENCRYPT, {"StringLike": logs})

    def open_key_to(self, key: Key, to: Outsider, *, may: May, through: str) -> None:
        """Let somebody outside use a key, through a service (`sqs`) if it isn't one itself."""
        conditions: dict[str, dict[str, Any]] = {
            operator: dict(keys) for operator, keys in to.conditions.items()
        }
        if not to.is_service:
            service = f"{through}.{self.region}.amazonaws.com"
            conditions.setdefault("StringEquals", {})["kms:ViaService"] = service
        self._add(
            key,
            iam.PolicyStatement(
                principals=list(to.principals),
                actions=DECRYPT if may == "subscribe" else ENCRYPT,
                resources=["*"],
                conditions=conditions,
            ),
        )

    def _let(
        self,
        key: Key,
        services: Sequence[str],
        actions: Sequence[str],
        conditions: Mapping[str, Any] | None = None,
    ) -> None:
        principals = [iam.ServicePrincipal(service) for service in services]
        self._add(
            key,
            iam.PolicyStatement(
                principals=principals,
                actions=list(actions),
                resources=["*"],
                conditions=conditions,
            ),
        )

    def _add(self, key: Key, statement: iam.PolicyStatement) -> None:
        """Add to the policy of a key, or say what its owner has to add."""
        if not key.add_to_resource_policy(statement).statement_added:
            wanted = Stack.of(self).to_json_string(statement.to_statement_json())
            Annotations.of(self).add_warning_v2(
                f"msgc:keyPolicy:{key.node.id}",
                f"only the owner of the key {key.node.id} can add to its policy, and without this"
                f" messages are lost: {wanted}",
            )

    def _may_use(
        self, who: Grantee, actions: Sequence[str], keys: Sequence[Key | str]
    ) -> None:
        """Allow actions on keys; on one of this stack by its alias, which is no reference."""
        arns = [key.key_arn for key in keys if not isinstance(key, str)]
        aliases = [f"alias/{alias}" for alias in keys if isinstance(alias, str)]
        if arns:
            self.grant(who, actions, arns)
        if aliases:
            named = {"kms:ResourceAliases": aliases}
            condition = {"ForAnyValue:StringEquals": named}
            self.grant(who, actions, [self.arn_of("kms", "key/*")], condition)


def _for_sources(arns: Sequence[str]) -> dict[str, Any]:
    return {"ArnLike": {"aws:SourceArn": list(arns)}}
