"""examples/large: a service in two stacks, deployed one after the other, and a message between."""

from __future__ import annotations

import json

import pytest

from tests.assembly import example
from tests.emulator import observe
from tests.emulator.account import Account
from tests.emulator.deploy import Deployed, deploy


@pytest.fixture(scope="module")
def deployed(shared_account: Account) -> tuple[Deployed, Deployed]:
    assembly = example("large")
    main = deploy(shared_account, assembly, stack="Parcels")
    return main, deploy(shared_account, assembly, stack="Parcels-south")


def scan(main: Deployed, parcel: str, depot: str, **more: bool) -> None:
    attributes = {"message_type": "ParcelScanned", "depot": depot}
    attributes |= {name: json.dumps(value) for name, value in more.items()}
    main.account.client("sns").publish(
        TopicArn=main.physical("ParcelsScansTopic"),
        Message=json.dumps({"parcel": parcel, "depot": depot, **more}),
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    )


def test_a_message_goes_from_one_stack_to_the_other(deployed: tuple[Deployed, Deployed]) -> None:
    main, south = deployed
    scan(main, "p-1", "vie")
    scan(main, "p-2", "ams")
    assert "p-1" in observe.arrives(south, "ParcelsDepotVieQueue")["Body"]
    assert "p-2" in observe.arrives(main, "ParcelsDepotAmsQueue")["Body"]
    assert observe.is_empty(south, "ParcelsDepotNapQueue")


def test_a_function_of_the_second_stack_hears_of_it(deployed: tuple[Deployed, Deployed]) -> None:
    main, south = deployed
    scan(main, "p-3", "ams", damaged=True)
    assert json.loads(observe.arrives(south, "ParcelsClaimsQueue")["Body"]) == {"parcel": "p-3"}


def test_no_resource_is_in_both(deployed: tuple[Deployed, Deployed]) -> None:
    main, south = deployed
    assert main.resources.keys().isdisjoint(south.resources)
    assert len(main.resources) + len(south.resources) > 500
