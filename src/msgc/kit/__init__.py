"""Ordinary CDK code from which a generated stack makes its queues, topics, edges and grants.

A house rule is one override: a subclass of the generated construct overrides a method (`queue`,
`dlq`, `topic`, `function`, ...) and calls it. Methods with one word make a resource of that kind
and decide nothing about access; `subscribe`, `route` and `poll` are for edges by hand, and grant
what they need. Attributes of the generated construct end in their kind (`orders_queue`), so that
no name hides a method.
"""

from .buses import Buses
from .functions import Functions
from .interfaces import Function, LogGroup, Role
from .queues import after
from .rules import Rules
from .subscriptions import Subscriptions
from .targets import (
    to_bus,
    to_email,
    to_function,
    to_log_group,
    to_queue,
    to_sms,
    to_topic,
    to_url,
)
from .topics import Topics

__all__ = [
    "Function",
    "LogGroup",
    "Messaging",
    "Role",
    "after",
    "to_bus",
    "to_email",
    "to_function",
    "to_log_group",
    "to_queue",
    "to_sms",
    "to_topic",
    "to_url",
]


class Messaging(Functions, Subscriptions, Rules, Topics, Buses):
    """The construct of a service's messaging, with a method for everything that is in it."""
