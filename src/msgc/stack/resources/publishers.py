"""Plan the policies of consumers and producers, in roles or as managed policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

from msgc.stack.arns import (
    function_path,
    key_arn,
    origin_arn,
    origin_arn_by_name,
    parameter_arn,
)
from msgc.stack.iam.by_alias import by_alias
from msgc.stack.iam.grant import ACTIONS
from msgc.stack.iam.identity_policies import Right
from msgc.stack.iam.policy_documents import allowing
from msgc.stack.model import AccountCheck, Existing, Handle, Item, Resource, Rights, Statement
from msgc.stack.values import Attribute, Join, Path, Pseudo, Value
from msgc.topology import ids, names
from msgc.topology.ends import Consumer, Place, Producer, Publisher
from msgc.topology.model import Topology
from msgc.topology.origins import Stream
from msgc.topology.settings import ByArn, GivenFunction, MadeFunction, Provided, Worker, argument_in


def consumer_access(
    topology: Topology, consumer: Consumer, rights: tuple[Right, ...]
) -> Iterator[Item]:
    """Yield what a consumer's function may do, if there is anything."""
    if not rights:
        return
    match consumer.function:
        case MadeFunction(role=given) if given is not None:
            yield from _rights_of_role(topology, consumer, given, rights)
        case MadeFunction():
            path, statements = function_path(consumer), _statements(topology, rights, origin_arn)
            role = (*path, "ServiceRole")
            policy = (*role, "DefaultPolicy")
            yield Rights(holder=path, declared=consumer, statements=statements)
            yield Resource(
                path=policy,
                type="AWS::IAM::Policy",
                properties={
                    "PolicyName": ids.logical_id(topology.built_as, *policy),
                    "PolicyDocument": allowing(statements),
                    "Roles": (Attribute(of=role, name="Name"),),
                },
                declared=consumer,
                by=path,
            )
        case GivenFunction(address=address) if argument_in(address) is not None:
            path, statements = (
                function_path(consumer),
                _statements(topology, rights, origin_arn_by_name),
            )
            yield Rights(holder=path, declared=consumer, statements=statements)  # in its own role
        case GivenFunction():
            yield from _managed(topology, consumer, _statements(topology, rights, origin_arn))
        case Worker(role=role):
            yield from _access_of_role(topology, consumer, role, rights)
        case _:
            assert_never(consumer.function)


def producer_access(
    topology: Topology, producer: Producer, rights: tuple[Right, ...]
) -> Iterator[Item]:
    """Yield what a producer's role may do, or a policy for a role that is elsewhere."""
    if rights:
        yield from _access_of_role(topology, producer, producer.role, rights)


def _access_of_role(
    topology: Topology,
    publisher: Publisher,
    role: Provided | ByArn | None,
    rights: tuple[Right, ...],
) -> Iterator[Item]:
    """Yield what a role may do that the stack doesn't make."""
    if role is None:
        yield from _managed(topology, publisher, _statements(topology, rights, origin_arn))
    else:
        yield from role_that_exists(publisher, role)
        yield from _rights_of_role(topology, publisher, role, rights)


def role_that_exists(publisher: Publisher, role: Provided | ByArn) -> Iterator[Item]:
    """Yield a role that the stack doesn't make, and the check that it is of the same account."""
    name = argument_in(role) or names.snake(f"{publisher.name}-role")
    yield _role(publisher, role, name)
    yield _account_check(publisher, (ids.existing_role(publisher, role),))


def _rights_of_role(
    topology: Topology, publisher: Publisher, role: Provided | ByArn, rights: tuple[Right, ...]
) -> Iterator[Item]:
    match role:
        case Provided():
            path = (ids.existing_role(publisher, role),)
            statements = _statements(topology, rights, origin_arn_by_name)
            yield Rights(holder=path, declared=publisher, statements=statements)
        case ByArn():
            yield from _role_policy(topology, publisher, _statements(topology, rights, origin_arn))
        case _:
            assert_never(role)


def _role(publisher: Publisher, address: Provided | ByArn, name: str) -> Existing:
    return Existing(
        path=(ids.existing_role(publisher, address),),
        type="AWS::IAM::Role",
        address=address,
        declared=publisher,
        handle=Handle(name=name),
    )


def _account_check(publisher: Publisher, role: Path) -> AccountCheck:
    return AccountCheck(
        path=(f"{names.pascal(publisher.built_as)}Account",), role=role, declared=publisher
    )


def _role_policy(
    topology: Topology, publisher: Publisher, statements: tuple[Statement, ...]
) -> Iterator[Item]:
    """Yield an inline policy of a role that exists.

    IAM's names are the same in all Regions, and a policy replaces another of its name: so there is
    the Region in it.
    """
    path = (ids.role_policy(publisher),)
    name = Join(
        parts=(
            f"{topology.built_as}-{publisher.built_as}{topology.suffix}-",
            Pseudo(name="AWS::Region"),
        )
    )
    yield Resource(
        path=path,
        type="AWS::IAM::Policy",
        properties={
            "PolicyName": name,
            "PolicyDocument": allowing(statements),
            "Roles": (Attribute(of=(ids.role(publisher),), name="Name"),),
        },
        declared=publisher,
        handle=Handle(name=names.snake(f"{publisher.name}-role-policy")),
    )
    yield Rights(holder=path, declared=publisher, statements=statements)


def _managed(
    topology: Topology, publisher: Publisher, statements: tuple[Statement, ...]
) -> Iterator[Item]:
    """Yield the policy of somebody elsewhere, and a parameter in which its ARN is found."""
    path = (ids.managed_policy(publisher),)
    yield Resource(
        path=path,
        type="AWS::IAM::ManagedPolicy",
        properties={
            "Description": f"What {publisher.built_as} needs to use the messaging of its service",
            "Path": "/",
            "PolicyDocument": allowing(statements),
        },
        declared=publisher,
        handle=Handle(
            name=names.snake(f"{publisher.name}-policy"),
            description=f"What `{publisher.name}` needs, for its role elsewhere.",
        ),
    )
    yield Rights(holder=path, declared=publisher, statements=statements)
    if not topology.discovery:
        return
    yield Resource(
        path=(ids.policy_parameter(publisher),),
        type="AWS::SSM::Parameter",
        properties={
            "Name": names.policy_parameter(
                topology.built_as, publisher.built_as, root=topology.root_of_parameters
            ),
            "Type": "String",
            "Value": Attribute(of=path, name="Arn"),
        },
        declared=publisher,
    )


def _tables(topology: Topology, right: Right, *, by_name: bool) -> Iterator[Value]:
    """Yield the tables on which there is a right; those of another stack go by their names."""
    if right.tables:
        from msgc.stack.resources.claim_tables import table_arn  # noqa: PLC0415  # few have any

        by_name = by_name or topology.placement is not None
        yield from (table_arn(topology, table, by_name=by_name) for table in right.tables)


def _objects(topology: Topology, right: Right, *, by_name: bool) -> Iterator[Value]:
    """Yield the objects on which there is a right; a bucket of another stack goes by its name."""
    if right.buckets:
        from msgc.stack.resources.payload_buckets import objects_in  # noqa: PLC0415  # as above

        by_name = by_name or topology.placement is not None
        yield from (objects_in(bucket, by_name=by_name) for bucket in right.buckets)


def _of_function(right: Right) -> tuple[Value, ...]:
    """Return on what a function has a right for itself; X-Ray and EC2 know no resources here."""
    if right.function is None:
        return ()
    if right.may != "note":
        return ("*",)
    return (Attribute(of=(ids.log_group(right.function),), name="Arn"),)


def _statements(
    topology: Topology, rights: tuple[Right, ...], arn: Callable[[Place | Stream], Value]
) -> tuple[Statement, ...]:
    return tuple(each for right in rights for each in _of_right(topology, right, arn))


def _of_right(
    topology: Topology, right: Right, arn: Callable[[Place | Stream], Value]
) -> Iterator[Statement]:
    if right.keys:
        yield from _on_keys(right, by_name=arn is origin_arn_by_name)
        return
    yield Statement(
        actions=ACTIONS[right.may],
        resources=(
            *(arn(place) for place in right.places),
            *(parameter_arn(path) for path in right.parameters),
            *_tables(topology, right, by_name=arn is origin_arn_by_name),
            *_objects(topology, right, by_name=arn is origin_arn_by_name),
            *_of_function(right),
        ),
        condition={
            "StringEquals": {
                "events:source": right.events.source,
                "events:detail-type": right.events.types,
            }
        }
        if right.events
        else None,
    )


def _on_keys(right: Right, *, by_name: bool) -> Iterator[Statement]:
    """Yield what is allowed on keys: without a reference to one of this stack, by its alias."""
    named = tuple(key for key in right.keys if key in right.abroad or (by_name and key.is_made))
    others = tuple(key_arn(key) for key in right.keys if key not in named)
    if others:
        yield Statement(actions=ACTIONS[right.may], resources=others)
    if named:
        yield by_alias(right.may, named)
