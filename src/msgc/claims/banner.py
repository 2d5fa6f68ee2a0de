"""Tell by the banner at its top whether a file on the disk was generated for a service."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgc.artifact import HEAD, Banner, owner
from msgc.disk import read_head


def belongs_to(path: str, service: str, banners: Iterable[Banner]) -> bool:
    """Whether a file was generated for a service: a link never was, wherever it leads."""
    try:
        return not os.path.islink(path) and owner(read_head(path, HEAD), banners) == service
    except OSError:  # what can't be read has no banner, so it is nobody's business
        return False
