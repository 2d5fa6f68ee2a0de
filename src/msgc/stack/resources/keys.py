"""Plan KMS keys with their policies and aliases."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.stack.arns import key_handle
from msgc.stack.iam.access import Access
from msgc.stack.iam.key_policies import of_outsiders, of_services
from msgc.stack.iam.policy_documents import allow, document
from msgc.stack.model import Existing, Handle, Item, Opening, Resource, Rights, Statement
from msgc.stack.values import Attribute, Join, Pseudo
from msgc.topology import ids
from msgc.topology.model import Topology
from msgc.topology.settings import Key

_ACCOUNT = Join(
    parts=("arn:", Pseudo(name="AWS::Partition"), ":iam::", Pseudo(name="AWS::AccountId"), ":root")
)


def keys(topology: Topology, access: Access) -> Iterator[Item]:
    """Yield the keys with which something is encrypted, made or not."""
    for key in topology.keys:
        path, handle = (ids.key(key),), Handle(name=key_handle(key))
        if key.address is not None:
            yield Existing(
                path=path, type="AWS::KMS::Key", address=key.address, declared=key, handle=handle
            )
            continue
        account = Statement(actions=("kms:*",), resources=("*",), principals=(_ACCOUNT,))
        statements = (account, *of_services(topology, access.grants, key), *_others(access, key))
        yield Resource(
            path=path,
            type="AWS::KMS::Key",
            properties={
                "Description": f"Encrypts what {topology.built_as} sends and keeps",
                "EnableKeyRotation": True,
                "KeyPolicy": document(*map(allow, statements)),
            },
            declared=key,
            handle=handle,
        )
        yield Resource(
            path=(*path, "Alias"),
            type="AWS::KMS::Alias",
            properties={
                "AliasName": f"alias/{key.alias}",
                "TargetKeyId": Attribute(of=path, name="Arn"),
            },
            declared=key,
            by=path,
        )


def _others(access: Access, key: Key) -> Iterator[Statement]:
    return (each.statement for each in of_outsiders(access.grants, key))


def key_rights(topology: Topology, access: Access) -> Iterator[Item]:
    """Yield who may use which key by its policy; that of one found by its ARN is its owner's."""
    for key in topology.keys:
        if not key.has_policy:
            continue
        path = (ids.key(key),)
        statements = of_services(topology, access.grants, key)
        if statements:
            yield Rights(holder=path, declared=key, statements=statements)
        for each in of_outsiders(access.grants, key):
            yield Opening(
                place=path,
                who=each.who,
                may="publish" if each.grant.may == "encrypt" else "subscribe",
                statement=each.statement,
                declared=each.grant.by,
                via=each.via,
            )
