"""How tests are dealt out to processes: what shares an environment goes to one, and goes first.

pytest-xdist has a mark for this, `xdist_group`, which pytest 9.2 makes it overlook without a word:
then each process sets up what one should have, and they wait for each other.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/cdk/": "cdk",  # assemblies that many of its tests look at
    "tests/emulator/": "emulator",
    "tests/stubs/test_editor.py": "editor",  # a language server, which reads the package once
    "tests/project/test_examples.py": "type checkers",  # one cache, and aws_cdk is read once
    "tests/project/test_init_is_clean.py": "type checkers",
    "tests/project/test_pages.py": "pages",  # an environment, which takes a minute to install
}
"""The tests of these files run in one process, one after the other."""


def unit(nodeid: str) -> str:
    """Return the name of what a test is dealt out with: its own, or that of its group."""
    return next((TOGETHER[start] for start in TOGETHER if nodeid.startswith(start)), nodeid)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out what belongs together as one, the largest first, and every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
