"""Read how something is found that exists already: by ARN, parameter or name, or handed over."""

from __future__ import annotations

from typing import assert_never

from msgc.kinds import Kind
from msgc.resolve import codes, parse
from msgc.resolve.symbols import SymbolTable
from msgc.topology import names
from msgc.topology.deferred import Text, deferred, spelling
from msgc.topology.settings import ByArn, ByName, ByParameter, Found, Provided
from msgc.tree import Mapping, Node, Scalar


def found(node: Node | None, name: str, kind: Kind, was: str | None = None) -> Found | None:
    """Return the address in `{arn: ...}`, `{parameter: ...}`, `{name: ...}`, or `provided`.

    What is handed over is the argument `<name>_<kind>`, or has a name of its own, by which several
    ends are one argument: `{provided: company-bus}`. `was` is the name under which it was built.
    """
    if isinstance(node, Scalar):
        return handed_over(node, name, kind.word, was)
    if not isinstance(node, Mapping):
        return None
    if (arn := parse.address(node.get("arn"))) is not None:
        return ByArn(arn=arn)
    if (parameter := parse.address(node.get("parameter"))) is not None:
        return ByParameter(parameter=parameter, region=parse.text(node.get("region")))
    if (own := parse.address(node.get("name"))) is not None:
        region = parse.text(node.get("region"))
        return ByName(name=own) if region is None else ByArn(arn=_elsewhere(kind, region, own))
    return named_argument(node)


def _elsewhere(kind: Kind, region: str, name: Text) -> Text:
    """Return the ARN of what has a name in another Region of the stack's own account."""
    service, before = kind.arn
    others = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    partition = next((each for start, each in others.items() if region.startswith(start)), "aws")
    return deferred(f"arn:{partition}:{service}:{region}:${{account}}:{before}{spelling(name)}")


def check_region(symbols: SymbolTable, written: Node | None, kind: Kind) -> None:
    """Report a Region beside the name of what nothing of another Region reads or fills."""
    if isinstance(written, Mapping) and "region" in written.entries:
        symbols.report(
            codes.OPTION_NOT_HERE,
            written.key("region").span,
            f"`region` means nothing on a {kind.word}: only subscriptions to topics cross Regions",
            f"take it away; a {kind.word} of another Region is found by its `arn`, where AWS can"
            " reach it",
        )


def is_fifo(address: Found | None) -> bool:
    """Whether an address says by its end that it is of a FIFO queue or topic."""
    match address:
        case ByArn(arn=text) | ByName(name=text):
            return spelling(text).endswith(".fifo")
        case ByParameter() | Provided() | None:
            return False
        case _:
            assert_never(address)


def handed_over(node: Node | None, name: str, word: str, was: str | None = None) -> Provided | None:
    """Return what `provided` is, the argument `<name>_<word>`; or `{provided: NAME}`, by its name.

    `was` is the name under which what it belongs to was first built.
    """
    if isinstance(node, Mapping):
        return named_argument(node)
    return argument(name, word, was) if parse.text(node) == "provided" else None


def argument(name: str, word: str, was: str | None = None) -> Provided:
    """Return the argument `<name>_<word>`."""
    before = None if was is None else f"{names.snake(was)}_{word}"
    return Provided(argument=f"{names.snake(name)}_{word}", was=before)


def named_argument(node: Mapping) -> Provided | None:
    """Return the argument that has a name of its own: `{provided: company-bus}`."""
    own = parse.text(node.get("provided"))
    return Provided(argument=names.snake(own)) if own else None
