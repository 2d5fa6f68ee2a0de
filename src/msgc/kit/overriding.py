"""Overrides: raw properties of CloudFormation, checked against what CDK knows of a resource."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args, get_origin, get_type_hints

from aws_cdk import CfnResource
from constructs import IConstruct

from .base import Base


class Overrides(Base):
    """Sets properties that nothing else sets."""

    def override(
        self, on: IConstruct, properties: Mapping[str, Any], *child: str
    ) -> None:
        """Set properties by their paths (`A.B`) on a resource, or on one that is made with it.

        `child` is the way to that: `"Policy"`. `None` takes a property away. Raises `ValueError`
        for a property that CloudFormation hasn't got there.
        """
        for name in child:
            on = on.node.find_child(name)
        found = on if isinstance(on, CfnResource) else on.node.default_child
        if not isinstance(found, CfnResource):
            message = f"{on.node.path} is no resource of CloudFormation's"
            raise TypeError(message)
        for path, value in properties.items():
            _check(found, path)
            if value is None:
                found.add_property_deletion_override(path)
            else:
                found.add_property_override(path, value)


def _check(resource: CfnResource, path: str) -> None:
    """Raise `ValueError` if a resource hasn't got a property, as far as CDK knows them."""
    kind = type(resource)
    props = getattr(sys.modules[kind.__module__], f"{kind.__name__}Props", None)
    hint: Any = props
    for name in path.split("."):
        fields = _fields(hint)
        if fields is None:
            if name.isdecimal():
                hint = _item(hint)
                continue
            return  # JSON: anything goes
        if name.lower() not in fields:
            near = get_close_matches(name.lower(), fields, n=1)
            meant = f"; did you mean `{fields[near[0]][0]}`?" if near else ""
            message = (
                f"messaging.yaml: `overrides` of {resource.node.path} has `{path}`, but "
                f"{resource.cfn_resource_type} has no `{name}` there{meant}"
            )
            raise ValueError(message)
        hint = fields[name.lower()][1]


def _fields(hint: Any) -> dict[str, tuple[str, Any]] | None:
    """Return the properties of a structure, in lower case, with their names and types."""
    for kind in (hint, *get_args(hint)):
        if isinstance(kind, type) and kind.__name__.endswith(("Property", "Props")):
            hints = get_type_hints(vars(kind)["__init__"])
            named = {name: _pascal(name) for name in hints if name != "return"}
            return {
                pascal.lower(): (pascal, hints[name]) for name, pascal in named.items()
            }
    return None


def _item(hint: Any) -> Any:
    """Return the type of what is in a list."""
    for kind in (hint, *get_args(hint)):
        if get_origin(kind) is Sequence:
            return get_args(kind)[0]
    return Any


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
