"""Measure the templates of a service's stacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgc.lint.limits.totals import Total
from msgc.lint.stack_names import stack_key, whose
from msgc.stack import Stack
from msgc.stack.deployed import Deployed
from msgc.stack.placement.parts import parts

_FEW = 200
"""Resources that fit into a template, unless some type or text of theirs is long."""
_SHORT = 100_000
"""Characters of a file whose texts fit into a template, beside few resources."""
_LARGE = ("AWS::EventSchemas::Schema", "AWS::CloudWatch::Dashboard")


def templates(stack: Stack) -> Iterator[Total]:
    """Yield how large the template of each stack is, as CDK writes it."""
    topology = stack.links.topology
    root = topology.root
    is_short = len(root.span.source.text) <= _SHORT and root.get("include") is None
    for part in parts(stack):
        is_small = is_short and len(part.resources) <= _FEW and not part.openings
        if is_small and not any(map(part.of, _LARGE)):
            continue
        yield Total(
            span=stack_key(topology, part.name),
            what=f"the template of {whose(topology, part.name)} has about",
            of=partial(_size, part),
            name="template",
            about=None,
            stack=part.name,
        )


def _size(part: Stack, deployed: Deployed) -> int:
    """Return how large a template is, which is the same in every Region."""
    del deployed
    from msgc.stack.template_size import template_size  # noqa: PLC0415  # few stacks are so large

    return template_size(part)
