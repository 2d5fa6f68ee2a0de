"""What has to be known of a topic of another service, to filter what comes or to publish to it."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.topology.ends import Topic
from msgc.workspace.codes import BROKEN_IMPORT


def broken_owner(topic: Topic) -> Diagnostic | None:
    """Return a finding if the file of a topic's service has mistakes, so that nothing is known."""
    elsewhere = topic.elsewhere
    path = elsewhere.sent().broken if elsewhere is not None else None
    if elsewhere is None or path is None:
        return None
    return BROKEN_IMPORT.at(
        topic.place("import"),
        f"`{path}` has mistakes: which attributes `{elsewhere.service}` sends to"
        f" `{elsewhere.name}` isn't known",
        help=f"mend it there first: see what `msgc validate {path}` says",
    )
