"""Tree to Topology: names declared, references linked; what isn't written stays open."""

from __future__ import annotations

from msgc.diagnostics import Outcome
from msgc.resolve.link import link
from msgc.resolve.messages import resolve_messages
from msgc.resolve.resolved import Resolved
from msgc.resolve.schemas import Schemas
from msgc.resolve.scope import Scope
from msgc.source import Files
from msgc.syntax import Document


def resolve(document: Document, files: Files) -> Outcome[Resolved]:
    """Return what a file describes, linked, with every mistake in its names.

    What has the wrong shape is passed over: `msgc.schema` has reported it.
    """
    scope = Scope(document.root)
    if "${" in document.source.text:
        from msgc.resolve.placeholders import check_placeholders  # noqa: PLC0415  # few files have one

        check_placeholders(scope)
    resolve_messages(scope, Schemas(files, document.source.path))
    return Outcome(link(scope), tuple(scope.diagnostics))
