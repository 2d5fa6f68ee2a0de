"""The plan of a stack says what its template has: every resource, property, statement and wait."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.stack import Existing, Stack, plan
from msgc.stack.placement.parts import parts
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES
from tests.cdk.test_templates import KEPT
from tests.stack.template import template


def agrees(planned: Any, made: Any) -> bool:  # noqa: PLR0911  # one for each kind
    """Compare, but for what only the app knows: what it hands over, and the ids of parameters."""
    match planned:
        case {"Given": _}:
            imported = {"Fn::ImportValue", "Fn::Select"}
            if isinstance(made, str):
                return made.startswith("arn:aws:")
            if isinstance(made, list):  # a VPC's subnets
                return all(agrees(planned, each) for each in made)
            return isinstance(made, dict) and made.keys() <= imported
        case {"Part": _}:
            return isinstance(made, str) or made.keys() <= {"Fn::Select", "Fn::Join"}
        case {"Parameter": _}:
            return isinstance(made, dict) and made["Ref"].startswith("SsmParameterValue")
        case dict():
            return planned.keys() == made.keys() and all(
                agrees(item, made[key]) for key, item in planned.items()
            )
        case list():
            return len(planned) == len(made) and all(map(agrees, planned, made))
        case _:
            return type(planned) is type(made) and planned == made


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_prediction(case: str) -> None:
    planned = {
        identifier: resource
        for stack in parts(plan(*built(TOPOLOGIES[case])))
        for identifier, resource in template(stack).items()
    }
    made = json.loads((KEPT / f"{case}.json").read_text("utf-8"))["Resources"]
    assert planned.keys() == made.keys()
    for identifier, resource in planned.items():
        assert agrees(resource, made[identifier]), (identifier, resource, made[identifier])


def test_a_wrong_prediction_is_seen() -> None:
    made = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a", "Tags": [1, 2]}}
    assert agrees(made, made)
    for wrong in (
        {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a"}},
        {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a", "Tags": [1]}},
        {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "a", "Tags": [1, True]}},
    ):
        assert not agrees(wrong, made)


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_handles_are_unique(case: str) -> None:
    """Nothing that the construct hands out hides another, or a method of the kit.

    What is handed over to it under one name may be several things of the stack's.
    """
    for stack in parts(plan(*built(TOPOLOGIES[case]))):
        _check_handles(stack)


def _check_handles(stack: Stack) -> None:
    named: dict[str, set[tuple[str, ...]]] = {}
    for item in stack.items_by_path.values():
        if item.handle is not None:
            argument = item.argument if isinstance(item, Existing) else None
            path = item.path if argument is None else (argument,)
            named.setdefault(item.handle.name, set()).add(path)
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}
