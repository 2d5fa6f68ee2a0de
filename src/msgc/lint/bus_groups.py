"""Whether EventBridge can tell the message group of what a rule brings to a FIFO queue."""

from __future__ import annotations

from msgc.links.mechanisms import EventRule
from msgc.lint.field_values import options
from msgc.payloads import field_at
from msgc.payloads.model import StringShape
from msgc.topology.messages import Message

LONGEST = 100
"""Characters of a group that a rule gives; publishers may send 128.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html
"""

Problem = tuple[str, Message | None]


def problem(made: EventRule) -> Problem | None:
    """Return why a rule can't tell the group, and the message that is to blame; None: it can."""
    return _untyped(made) or _different(made) or _unfit(made) or _made_up(made)


def _untyped(made: EventRule) -> Problem | None:
    return ("it takes any message", None) if made.edge.delivers_untyped else None


def _different(made: EventRule) -> Problem | None:
    first = made.edge.delivered[0] if made.edge.delivered else None
    for message in made.edge.delivered:
        if message.group_by is None:
            return f"`{message.name}` has no `group_by`", message
        if len(message.group_by) > 1:
            return f"`{message.name}` has a group of several fields", message
        if first is not None and message.group_by != first.group_by:
            return f"those of `{first.name}` and `{message.name}` are different fields", message
    return None


def _unfit(made: EventRule) -> Problem | None:
    """Return what is wrong with the field itself, in the first message that has something."""
    for message in made.edge.delivered:
        for path in message.group_by or ():
            steps = all(step.replace("-", "_").isidentifier() for step in path)
            if not steps or not all(step.isascii() for step in path):
                return f"EventBridge can't read a path like `{'.'.join(path)}`", message
            leaf = field_at(message.payload, path)
            for shape in options(leaf.shape) if leaf else ():
                if not isinstance(shape, StringShape):
                    return f"`{'.'.join(path)}` of `{message.name}` isn't always text", message
                if (shape.min_length or 0) > LONGEST:
                    return f"`{'.'.join(path)}` has at least {shape.min_length} characters", message
    return None


def _made_up(made: EventRule) -> Problem | None:
    """Return what is wrong with a group that `send` makes: a rule reads it from the event."""
    if made.edge.send is None or made.group is not None:
        return None
    for message in made.edge.delivered:
        for path in message.group_by or ():
            field = ".".join(path)
            return f"`send` doesn't take `{field}` of `{message.name}` from `$.detail`", message
    return None
