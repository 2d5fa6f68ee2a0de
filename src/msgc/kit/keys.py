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
from constructs import Construct

from .access import Access, named_by_alias
from .base import DECRYPT, ENCRYPT
from .interfaces import Bus, Grantee, Key, Topic
from .openings import May, Outsider

_ARCHIVE = ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncrypt*"]
_SNS, _EVENTS = "sns.amazonaws.com", "events.amazonaws.com"
_BUS = "kms:EncryptionContext:aws:events:event-bus:arn"


class Keys(Access):
    """Makes keys, and says who may use them."""

    def __init__(
        self, scope: Construct, construct_id: str, environment: str = ""
    ) -> None:
        """Begin without a key."""
        super().__init__(scope, construct_id, environment)
        self._by_alias: dict[str, kms.Key] = {}
        self._owners: set[str] = set()

    def name_resources(self) -> None:
        """Name resources, when whoever uses a place has its key, too."""
        self._complete()
        super().name_resources()

    def key(self, construct_id: str, *, alias: str, description: str) -> kms.Key:
        """Make a key that AWS renews every year, and that outlives its stack: so do messages."""
        key = self._by_alias[alias] = kms.Key(
            self,
            construct_id,
            alias=alias,
            description=description,
            enable_key_rotation=True,
            removal_policy=self.removal,
        )
        return key

    def found_key(self, construct_id: str, arn: str) -> kms.IKey:
        """Find a key by its ARN, whose owner has to let in who sends to what it encrypts.

        See `msgc explain key-owner-must-add`.
        """
        self._owners.add(arn)
        return kms.Key.from_key_arn(self, construct_id, arn)

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
        actions = DECRYPT if may == "subscribe" else ENCRYPT
        conditions: dict[str, dict[str, Any]] = {
            operator: dict(keys) for operator, keys in to.conditions.items()
        }
        if not to.is_service:
            service = f"{through}.{self.region}.amazonaws.com"
            conditions.setdefault("StringEquals", {})["kms:ViaService"] = service
        self._rights.append((to, actions, key.key_arn))
        self._add(
            key,
            iam.PolicyStatement(
                principals=list(to.principals),
                actions=actions,
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
        self._rights += [(service, actions, key.key_arn) for service in services]
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
        added = key.add_to_resource_policy(statement).statement_added
        if not added and key.key_arn not in self._owners:
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
        aliases = [alias for alias in keys if isinstance(alias, str)]
        if arns:
            self.grant(who, actions, arns)
        if aliases:
            made = [self._by_alias[a] for a in aliases if a in self._by_alias]
            self._rights += [(who, actions, key.key_arn) for key in made]
            arns = [self.arn_of("kms", "key/*")]
            self.grant(who, actions, arns, named_by_alias(aliases))

    # Keys by house rules: a subclass gives a place a key that the compiler doesn't know of.

    def _complete(self) -> None:
        """Let whoever uses a place use its key, where no other call has said so.

        Raises `ValueError` for a key whose policy can't be added to: it would lose messages.
        """
        for who, actions, arn in tuple(self._rights):
            key, needed = self._encrypted.get(arn), _of_a_key(actions)
            if key is not None and needed and not self._has(who, needed, key):
                self._give(who, needed, key, actions[0].partition(":")[0])

    def _has(self, who: Any, needed: Sequence[str], key: Key) -> bool:
        return any(
            arn == key.key_arn and set(needed) <= set(actions) and _same(holder, who)
            for holder, actions, arn in self._rights
        )

    def _give(self, who: Any, needed: Sequence[str], key: Key, through: str) -> None:
        if isinstance(who, (str, Outsider)):
            self._refuse_unknown_policy(key)
        if isinstance(who, Outsider):
            may: May = "publish" if needed == ENCRYPT else "subscribe"
            self.open_key_to(key, who, may=may, through=through)
        elif isinstance(who, str):
            events = [self.rule_arn("*"), self.bus_arn("*")]
            arns = events if who == _EVENTS else [self.topic_arn("*")]
            self._let(key, [who], needed, _for_sources(arns))
        else:
            self._may_use(who, needed, [key])

    def _refuse_unknown_policy(self, key: Key) -> None:
        if isinstance(key, kms.Key) or key.key_arn in self._owners:
            return
        message = (
            f"the policy of the key {key.node.id} can't be added to, and a key that SNS and"
            " EventBridge may not use loses messages: find it with `self.found_key` when its owner"
            " has let them in; see `msgc explain key-owner-must-add`"
        )
        raise ValueError(message)


def _for_sources(arns: Sequence[str]) -> dict[str, Any]:
    return {"ArnLike": {"aws:SourceArn": list(arns)}}


def _of_a_key(actions: Sequence[str]) -> list[str]:
    """Return what actions on a queue or topic take of its key."""
    if "sqs:SendMessage" in actions or "sns:Publish" in actions:
        return ENCRYPT
    return DECRYPT if "sqs:ReceiveMessage" in actions else []


def _same(one: Any, other: Any) -> bool:
    """Whether two have the same rights; whom a policy lets in from outside, it lets in one by one."""
    if isinstance(one, Outsider) and isinstance(other, Outsider):
        return True
    return one is other or (isinstance(one, str) and one == other)
