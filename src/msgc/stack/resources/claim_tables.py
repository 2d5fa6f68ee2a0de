"""Plan the tables in which consumers remember which messages they have handled."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.stack.model import Existing, Handle, Item, Resource
from msgc.topology import ids, names
from msgc.topology.model import Topology


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
