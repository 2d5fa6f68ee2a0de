"""Plan the tables in which consumers remember which messages they have handled."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.stack.values import Address, Attribute, Value
from msgc.topology import ids, names
from msgc.topology.model import Topology
from msgc.topology.settings import ClaimTable, argument_in


def table_name(topology: Topology, table: ClaimTable, *, by_name: bool) -> Value:
    """Return the name of a table of what was handled, as a reference to it or not."""
    argument = argument_in(table.address)
    if argument is None and by_name:
        return names.claim_table(topology.built_as, None, suffix=topology.suffix)
    return Attribute(of=(ids.claim_table(table),), name="Name")


def table_arn(topology: Topology, table: ClaimTable, *, by_name: bool) -> Value:
    """Return the ARN of a table of what was handled, as a reference to it or not."""
    name = table_name(topology, table, by_name=by_name)
    if isinstance(name, str):
        return Address(service="dynamodb", resource=f"table/{name}")
    return Attribute(of=(ids.claim_table(table),), name="Arn")


def claim_tables(topology: Topology) -> Iterator[Item]:
    """Yield the tables, made or handed over.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    """
    for table in topology.claim_tables:
        path = (ids.claim_table(table),)
        if table.address is not None:
            yield Existing(
                path=path,
                type="AWS::DynamoDB::Table",
                address=table.address,
                declared=table,
                handle=Handle(name=table.address.argument),
            )
            continue
        yield Resource(
            path=path,
            type="AWS::DynamoDB::Table",
            properties={
                "AttributeDefinitions": ({"AttributeName": "id", "AttributeType": "S"},),
                "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": ({"AttributeName": "id", "KeyType": "HASH"},),
                "TableName": names.claim_table(topology.built_as, None, suffix=topology.suffix),
                "TimeToLiveSpecification": {"AttributeName": "kept_until", "Enabled": True},
            },
            declared=table,
            handle=Handle(name="idempotency_table"),
        )
