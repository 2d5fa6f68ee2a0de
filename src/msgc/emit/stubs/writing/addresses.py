"""Write where generated code finds a place: its variable, its parameters, its known address."""

from __future__ import annotations

from msgc.emit.python_writer import string
from msgc.emit.stubs.writing.stub_writer import StubWriter, mapping
from msgc.links.model import Links
from msgc.topology.deferred import known
from msgc.topology.ends import Place
from msgc.topology.narrowing import kind_of
from msgc.topology.settings import arn_in, parameter_in


def write_address(writer: StubWriter, place: Place, variants: tuple[Links, ...]) -> None:
    """Write where the address of a place is found, in each environment."""
    writer.assignment("variable", string(variants[0].addresses[place].variable))
    places = [(links, _in_variant(place, links)) for links in variants]
    parameters = {
        links.topology.environment_name: found
        for links, each in places
        if (found := _parameter(each, links)) is not None
    }
    if "" in parameters:
        writer.assignment("parameter", string(parameters[""]))
    elif parameters:
        with writer.block(f"parameters: {mapping(writer, 'str')} = {{", "}"):
            writer.lines(f"{string(env)}: {string(path)}," for env, path in parameters.items())
    fallbacks = {_fallback(each) for _, each in places}
    fallback = fallbacks.pop() if len(fallbacks) == 1 else None
    if fallback is not None:
        writer.assignment("fallback", string(fallback))


def _parameter(place: Place, links: Links) -> str | None:
    return known(parameter_in(place.imported)) or links.addresses[place].parameter


def _in_variant(place: Place, links: Links) -> Place:
    """Return what a place is in another environment."""
    kind = kind_of(place)
    return next(
        each for each in links.topology.places if each.name == place.name and kind_of(each) is kind
    )


def _fallback(place: Place) -> str | None:
    """Return the address of a place that the file itself has, of any that it has."""
    arn = arn_in(place.imported)
    if arn is None or not kind_of(place).has_url:
        return "default" if place.is_default else arn
    _, partition, _, region, account, name = arn.split(":")
    domain = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    return f"https://sqs.{region}.{domain}/{account}/{name}"
