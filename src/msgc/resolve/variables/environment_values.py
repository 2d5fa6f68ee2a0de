"""Fill in what an environment knows: its name for `${env}`, and the values that it gives inputs."""

from __future__ import annotations

from msgc.resolve.variables.placeholder_places import ITEM, PLACES, Path, is_own_name, stands_in
from msgc.topology.deferred import ACCOUNT, ENVIRONMENT, REGION, deferred
from msgc.topology.environments import Environment
from msgc.tree import Filled, Mapping, Node, Scalar, Sequence


def filled(root: Mapping, environment: Environment) -> Mapping:
    """Return a file in which the placeholders that an environment knows are text."""
    values = {ENVIRONMENT: environment.name, **environment.values}
    where = {ACCOUNT: environment.account, REGION: environment.region}
    in_names = {**values, **{key: value for key, value in where.items() if value is not None}}
    entries = {
        key: (name, _filled(node, (key,), values, in_names))
        for key, (name, node) in root.entries.items()
    }
    return Mapping(entries, root.span)


def _filled(node: Node, path: Path, values: dict[str, str], in_names: dict[str, str]) -> Node:
    """Return a node with its placeholders filled in; `in_names` are those of names in AWS.

    Elsewhere the stack's own account and Region are what it finds when it is deployed.
    """
    if isinstance(node, Scalar):
        if "${" not in node.text or not stands_in(path, PLACES):
            return node
        text = _written(node.text, in_names if is_own_name(path) else values)
        if text == node.text:
            return node
        return Filled(text, node.span, node.written if isinstance(node, Filled) else node.text)
    if isinstance(node, Sequence):
        items = tuple(_filled(item, (*path, ITEM), values, in_names) for item in node.items)
        same = all(new is old for new, old in zip(items, node.items, strict=True))
        return node if same else Sequence(items, node.span)
    entries = {
        name: (key, _filled(value, (*path, name), values, in_names))
        for name, (key, value) in node.entries.items()
    }
    same = all(new is node.entries[name][1] for name, (_, new) in entries.items())
    return node if same else Mapping(entries, node.span)


def _written(text: str, values: dict[str, str]) -> str:
    """Return a text as the file would have it with the values written out."""
    found = deferred(text)
    if isinstance(found, str):
        return text
    return "".join(
        _escaped(part)
        if isinstance(part, str)
        else _escaped(values[part.name])
        if part.name in values
        else f"${{{part.name}}}"
        for part in found.parts
    )


def _escaped(text: str) -> str:
    return text.replace("${", "$${")
