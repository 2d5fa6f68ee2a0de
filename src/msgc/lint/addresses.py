"""ARNs and URLs of places as they will be in AWS, to measure what they are part of."""

from __future__ import annotations

from typing import assert_never

from msgc.topology.model import Bus, ByArn, ByParameter, Place, Queue, Topic

SHORTEST_REGION = "eu-west-1"
LONGEST_REGION = "ap-southeast-1"
_ACCOUNT = "111122223333"


def arn(place: Place, region: str) -> str:
    """Return the ARN of a place; of one that a parameter names, only what all ARNs have."""
    match place:
        case Queue():
            return f"arn:aws:sqs:{region}:{_ACCOUNT}:{place.physical_name}"
        case Topic(imported=ByArn(arn=known)) | Bus(imported=ByArn(arn=known)):
            return known
        case Topic(imported=ByParameter()):
            return f"arn:aws:sns:{region}:{_ACCOUNT}:"
        case Bus(imported=ByParameter()):
            return f"arn:aws:events:{region}:{_ACCOUNT}:event-bus/"
        case Topic():
            return f"arn:aws:sns:{region}:{_ACCOUNT}:{place.physical_name}"
        case Bus():
            return f"arn:aws:events:{region}:{_ACCOUNT}:event-bus/{place.physical_name}"
        case _:
            assert_never(place)


def address(place: Place, region: str) -> str:
    """Return what a publisher calls: a queue's URL, a topic's or bus's ARN."""
    if isinstance(place, Queue):
        return f"https://sqs.{region}.amazonaws.com/{_ACCOUNT}/{place.physical_name}"
    return arn(place, region)
