"""Compile another service of the workspace as far as it takes to know what it sends."""

from __future__ import annotations

from msgc.derive import derive
from msgc.filtering.traffic import Traffic
from msgc.links import link
from msgc.links.model import Links
from msgc.resolve import resolve
from msgc.topology.ends import Topic
from msgc.topology.graph import Graph
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_topic
from msgc.workspace import Workspace
from msgc.workspace.sent import Sent

_UNKNOWN = Sent(unknown="it isn't needed", attributes={})
"""Of what a service imports itself, which makes no difference to what it sends."""


class SentByOthers:
    """Answers what the publishers of other services send; each is compiled once."""

    def __init__(self, workspace: Workspace) -> None:
        """Compile what is in this workspace."""
        self._workspace = workspace
        self._compiling = False

    def __call__(self, path: str, topic: str) -> Sent:
        """Return what the service in a file sends to one of its topics.

        That doesn't depend on the topics which that service imports itself.
        """
        known = self._workspace.sent_by
        if path not in known:
            if self._compiling:
                return _UNKNOWN
            self._compiling = True
            known[path] = self._compiled(path)
            self._compiling = False
        broken = Sent(unknown="its file has mistakes", attributes={}, broken=path)
        return known[path].get(topic, broken)

    def _compiled(self, path: str) -> dict[str, Sent]:
        document = self._workspace.imported(path, path).value
        if document is None or any(d.is_error for d in self._workspace.wrong_shape(document)):
            return {}
        environment = None
        if "environments" in document.root.entries:  # what is sent is the same in all of them
            from msgc.resolve.variables.environments import overlaid  # noqa: PLC0415  # few files have any

            first = next(iter(overlaid(document.root).each), None)
            if first is None:
                return {}
            document, environment = document.replace(root=first.root), first.environment
        resolved = resolve(document, self._workspace, environment)
        if resolved.value is None or not resolved.ok:
            return {}
        derived = derive(resolved.value)
        if derived.value is None or not derived.ok:
            return {}
        links = link(derived.value).value
        return sent_by(links.topology, links) if links is not None else {}


def sent_by(topology: Topology, links: Links) -> dict[str, Sent]:
    """Return what a service sends to its own topics, by their names."""
    graph = Graph(topology)
    found = {
        topic.name: Sent(unknown=_unknown(topic, Traffic.of(topic, graph)), attributes={})
        for topic in topology.topics.values()
    }
    for (place, message), attributes in links.attributes.items():
        topic = as_topic(place)
        if topic is not None:
            fields = {one.name: one.path for one in attributes if one.path}
            found[topic.name].attributes[message.type] = fields
    return found


def _unknown(topic: Topic, traffic: Traffic) -> str | None:
    """Return why it isn't known what all publishers of a topic send."""
    if topic.imported is not None:
        return "it is imported there"
    if topic.others_publish:
        return "others publish to it (`external`)"
    if traffic.bare_from:
        return f"`{traffic.bare_from[0].name}` publishes to it by code of its own"
    return "rules put events on it" if traffic.events else None
