"""Resolve streams, and what edges say of how they read them."""

from __future__ import annotations

from msgc.resolve import parse
from msgc.topology import names
from msgc.topology.edges import Reading
from msgc.topology.origins import Stream
from msgc.topology.settings import ByArn, Provided
from msgc.tree import Mapping, Node, Scalar


def stream(key: Scalar, origin: Mapping, node: Node | None) -> Stream:
    """Return the stream that `from` means: `provided`, `{kinesis: provided}` or `{arn: ...}`."""
    settings = parse.mapping(node)
    arn = parse.text(settings.get("arn")) if settings is not None else None
    is_table = settings is None or (arn is not None and ":dynamodb:" in arn)
    provided = Provided(argument=f"{names.snake(key.text)}_stream")
    return Stream(
        name=key.text,
        key=key.span,
        node=origin,
        service="dynamodb" if is_table else "kinesis",
        address=provided if arn is None else ByArn(arn=arn),
        start="LATEST" if parse.text(origin.get("start")) == "latest" else "TRIM_HORIZON",
    )


def reading(node: Mapping) -> Reading:
    """Return what an edge, or the consumer that reads, says of how it reads."""
    batch = parse.mapping(node.get("batch"))
    return Reading(
        size=parse.integer(batch.get("size")) if batch else None,
        window=parse.duration(batch.get("window")) if batch else None,
        parallel=parse.integer(node.get("parallel")),
        bisect=parse.boolean(node.get("bisect")) is True,
    )
