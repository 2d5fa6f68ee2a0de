"""What the construct has by itself is known without CDK: no argument or attribute may hide it."""

from __future__ import annotations

import inspect

from aws_cdk import Stack

from msgc.kit import Messaging
from msgc.topology.reserved import ARGUMENTS, ATTRIBUTES


def test_attributes_of_the_kit() -> None:
    named = {name for each in Messaging.__mro__ for name in inspect.get_annotations(each)}
    own = {name for name in {*dir(Messaging), *named} if not name.startswith("_")}
    assert own | {"environment_for"} == ATTRIBUTES


def test_arguments_of_a_stack() -> None:
    taken = set(inspect.signature(Stack.__init__).parameters) - {"id"}
    assert taken <= ARGUMENTS
    assert ARGUMENTS - taken == {"construct_id", "kwargs", "super"}
