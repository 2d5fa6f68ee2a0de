"""Tree to Topology: names declared, references linked, defaults derived."""

from __future__ import annotations

from msgc.diagnostics import Outcome
from msgc.resolve.link import link
from msgc.resolve.messages import resolve_messages
from msgc.resolve.placeholders import check_placeholders
from msgc.resolve.schemas import Schemas
from msgc.resolve.scope import Scope
from msgc.source import Files
from msgc.syntax import Document
from msgc.topology.model import Topology


def resolve(document: Document, files: Files) -> Outcome[Topology]:
    """Return the topology that a file describes, with every mistake in its names.

    What has the wrong shape is passed over: `msgc.schema` has reported it.
    """
    scope = Scope(document.root)
    check_placeholders(scope)
    resolve_messages(scope, Schemas(files, document.source.path))
    return Outcome(link(scope), tuple(scope.diagnostics))
