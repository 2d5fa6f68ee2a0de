"""The top of every file of the package: where it comes from, and whose it is."""

from __future__ import annotations

from msgc.emit.banner import BANNER

NOTICE = f"{BANNER}\n# SPDX-License-Identifier: MIT-0"
"""Without a licence that asks for nothing, companies couldn't commit what msgc writes for them."""
