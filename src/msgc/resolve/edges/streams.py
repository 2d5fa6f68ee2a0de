"""Resolve streams, and what edges say of how they read them."""

from __future__ import annotations

from msgc.resolve import codes, parse
from msgc.resolve.ends.found import argument, handed_over
from msgc.resolve.symbols import SymbolTable
from msgc.topology.deferred import Deferred, Text, spelling
from msgc.topology.edges import Reading
from msgc.topology.origins import Stream
from msgc.topology.settings import ByArn
from msgc.tree import Mapping, Node, Scalar


def stream(symbols: SymbolTable, key: Scalar, origin: Mapping, node: Node | None) -> Stream:
    """Return the stream that `from` means: `provided`, `{kinesis: provided}` or `{arn: ...}`."""
    settings = parse.mapping(node)
    written = settings.get("arn") if settings is not None else None
    arn = parse.address(written)
    if arn is not None and written is not None:
        _check_service(symbols, written, arn)
    kinesis = settings.get("kinesis") if settings is not None else None
    is_table = kinesis is None if arn is None else _service(arn) == "dynamodb"
    provided = handed_over(node if kinesis is None else kinesis, key.text, "stream")
    return Stream(
        name=key.text,
        key=key.span,
        node=origin,
        service="dynamodb" if is_table else "kinesis",
        address=(provided or argument(key.text, "stream")) if arn is None else ByArn(arn=arn),
        start="LATEST" if parse.text(origin.get("start")) == "latest" else "TRIM_HORIZON",
    )


def _service(arn: Text) -> str:
    _, _, service, *_ = (*spelling(arn).split(":", 3), "", "", "")
    return service


def _check_service(symbols: SymbolTable, node: Node, arn: Text) -> None:
    """Report an input that is an ARN: it doesn't say which service the stream is of."""
    if isinstance(arn, Deferred) and arn.alone is not None and arn.alone.is_input:
        symbols.report(
            codes.PLACEHOLDER,
            node.span,
            f"`{spelling(arn)}` doesn't say whether it is of a table or of Kinesis",
            "write how the ARN begins, `arn:aws:kinesis:` or `arn:aws:dynamodb:`, and placeholders"
            " behind it",
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
