"""The findings about files that can't be written where they should be."""

from __future__ import annotations

from msgc.artifact import SHARED
from msgc.claims import codes as claims
from msgc.diagnostics import Diagnostic
from msgc.output import codes
from msgc.source import Span


def newer(path: str, name: str, theirs: str, ours: str, span: Span) -> Diagnostic:
    """Return the finding about a shared folder that a later msgc has written."""
    return codes.NEWER_OUTPUT.at(
        span,
        f"the {name} in `{path}` is of msgc {theirs}, and this is msgc {ours}",
        help="build all services that share it with the same version of msgc",
    )


def in_another_project(path: str, other: str, span: Span) -> Diagnostic:
    """Return the finding about a path in a folder that has a messaging.yaml of its own."""
    return codes.OTHER_PROJECT.at(
        span,
        f"`{path}` is in the folder of another messaging.yaml, `{other}`",
        help="choose a folder of this service's own",
    )


def colliding(path: str, span: Span) -> Diagnostic:
    """Return the finding about two generated files of one path."""
    return claims.COLLIDING_OUTPUT.at(
        span,
        f"two generated files would be `{path}`",
        help="give each output a folder of its own",
    )


def foreign(path: str, service: str | None, span: Span) -> Diagnostic:
    """Return the finding about a file in the way: written by others, or for another service."""
    if service == SHARED:
        return codes.OTHER_SERVICE.at(
            span,
            f"`{path}` is of a folder that services share",
            help="choose another path",
        )
    if service is None:
        return codes.FOREIGN_FILE.at(
            span,
            f"`{path}` exists and was not written by msgc",
            help="choose another path, or delete the file if it may go",
        )
    if not service:
        return codes.OTHER_SERVICE.at(
            span,
            f"`{path}` doesn't say for which service it was generated",
            help="it is of an earlier msgc; delete what that has generated, and build again",
        )
    return codes.OTHER_SERVICE.at(
        span,
        f"`{path}` was generated for the service `{service}`",
        help="choose another path; or, if the service got a new name, "
        "delete what was generated for the old one",
    )


def unwritable(path: str, span: Span, error: OSError) -> Diagnostic:
    """Return the finding about a file that the operating system refuses, in its words."""
    reason = error.strerror or type(error).__name__
    return claims.UNWRITABLE.at(
        span,
        f"`{path}` can't be written: {reason[:1].lower()}{reason[1:]}",
        help="nothing was changed; mend it, or choose another path under `build`",
    )


def overlapping(path: str, span: Span, other: Span) -> Diagnostic:
    """Return the finding about an output folder that another service of the run has, too."""
    return codes.OVERLAPPING_OUTPUT.at(
        span,
        f"`{path}` is where `{other.source.path}` has its output",
        help="give each service a folder of its own",
    )
