"""An EventBridge API destination: an HTTPS endpoint that is called, with a connection's secret."""

from __future__ import annotations

from msgc.kinds.kind import Cdk, Delivery, Kind, Role, piped
from msgc.kinds.way import Way

_CALLED = Delivery(access=Role(actions=("events:InvokeApiDestination",)))

API_DESTINATION = Kind(
    word="api_destination",
    noun="API destination",
    ways={
        Way.EVENT_RULE: _CALLED.replace(options=frozenset({"send"})),
        **piped(_CALLED, most_at_once=1),
    },
    arn=("events", "api-destination/"),
    cdk=Cdk(
        type="AWS::Events::ApiDestination",
        module="events",
        interface="IApiDestinationRef",
        made="CfnApiDestination",
        importer="CfnApiDestination.from_api_destination_arn",
        arn="api_destination_ref.api_destination_arn",
        takes_tokens=False,
    ),
    is_called=True,
    is_made=True,
    to="to_api_destination",
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html"""
