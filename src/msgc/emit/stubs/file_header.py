"""The comment lines at the top of every file of the stubs: the banner and the licence."""

from __future__ import annotations

from msgc.artifact import HASH


def notice(service: str) -> str:
    """Return the comment lines that every file of a service's stubs begins with.

    Without a licence that asks for nothing, companies couldn't commit what msgc writes for them.
    """
    return f"{HASH.begin(service)}\n# SPDX-License-Identifier: MIT-0"
