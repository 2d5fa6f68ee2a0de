"""The kinds of ends that an edge may have, one file each: data, and nothing else."""

from msgc.kinds.api_destination import API_DESTINATION
from msgc.kinds.bus import BUS
from msgc.kinds.consumer import CONSUMER
from msgc.kinds.email import EMAIL
from msgc.kinds.email_json import EMAIL_JSON
from msgc.kinds.firehose import FIREHOSE
from msgc.kinds.http import HTTP
from msgc.kinds.https import HTTPS
from msgc.kinds.kind import (
    Access,
    Bound,
    Cdk,
    Confirmation,
    Delivery,
    Kind,
    LogPolicy,
    OwnRole,
    Permission,
    ResourcePolicy,
    Role,
)
from msgc.kinds.log_group import LOG_GROUP
from msgc.kinds.queue import QUEUE
from msgc.kinds.schedule import SCHEDULE
from msgc.kinds.sms import SMS
from msgc.kinds.state_machine import STATE_MACHINE
from msgc.kinds.stream import KINESIS, STREAM, TABLE
from msgc.kinds.target import TARGET
from msgc.kinds.topic import TOPIC
from msgc.kinds.way import Variables, Way

__all__ = [
    "BUS", "CONSUMER", "HTTPS", "KINDS", "KINESIS", "QUEUE", "SCHEDULE", "STREAM", "TABLE", "TOPIC",
    "Access", "Bound", "Cdk", "Confirmation", "Delivery", "Kind", "LogPolicy", "OwnRole",
    "Permission", "ResourcePolicy", "Role", "Variables", "Way",
]  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.word: kind
    for kind in (
        QUEUE, TOPIC, BUS, CONSUMER, HTTPS, HTTP, EMAIL, EMAIL_JSON, SMS, FIREHOSE, STATE_MACHINE,
        LOG_GROUP, API_DESTINATION, TARGET,
    )
}  # fmt: skip
"""All kinds by their words, in the order in which they are listed to users."""
