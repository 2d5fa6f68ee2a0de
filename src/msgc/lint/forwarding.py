"""The rules from bus to bus, for the lint rules about them."""

from __future__ import annotations

from msgc.links.forwarding import Forwarding
from msgc.lint.subject import Subject


def forwarding(subject: Subject) -> Forwarding:
    """Return what the file means to send from bus to bus; use it with `subject.once`."""
    return Forwarding(subject.topology, subject.links.event_rules, subject.acceptance)
