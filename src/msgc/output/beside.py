"""Plan a file that lies beside messaging.yaml, in no folder of an output."""

from __future__ import annotations

import os

from msgc.diagnostics import Outcome
from msgc.output import path_findings
from msgc.output.plan import Change, Status, read
from msgc.source import Span


def beside(path: str, text: str, root: str, span: Span) -> Outcome[Change]:
    """Compare a file's text with what is there; `path` is relative to the folder `root`."""
    target = os.path.realpath(os.path.join(root, path))
    try:
        before = read(target)
    except OSError as error:
        return Outcome(None, (path_findings.unwritable(path, span, error),))
    after = text.encode()
    status: Status = "create" if before is None else "update"
    if before is not None and before.replace(b"\r\n", b"\n") == after:
        status = "same"
    return Outcome(
        Change(path=path, target=target, status=status, before=before, after=after, span=span)
    )
