"""Find the import statements between modules of one package, without a parser.

A syntax tree of the runtime takes a tenth of a second; its import statements are as the formatter
writes them, so that an expression finds them all (a test compares it with the trees).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgc.record import Record

_STATEMENT = re.compile(r"from (\.+)(\w[\w.]*|) import (\([^)]*\)|[^(\n]*)")
_COMMENT = re.compile(r"#[^\n]*")


class Import(Record):
    """A relative import statement: where it stands in the text, and what it names."""

    start: int
    end: int
    indent: str
    relative: str
    """The module as it is written, with its dots."""
    module: str
    """Its name from the package on, which has none itself."""
    written: str
    """What stands behind `import`, with its comment."""
    names: tuple[str, ...]


def imports_of(text: str, package: str) -> Iterator[Import]:
    """Yield the relative imports of a module that lies in a package: `codec`, say."""
    place = text.find("from .")
    while place >= 0:
        start = text.rfind("\n", 0, place) + 1
        match = _STATEMENT.match(text, place)
        if match is not None and not text[start:place].strip(" "):
            dots, module, written = match.groups()
            names = _COMMENT.sub("", written) if "#" in written else written
            yield Import(
                start=start,
                end=match.end(),
                indent=text[start:place],
                relative=dots + module,
                module=_absolute(package, len(dots), module),
                written=written,
                names=tuple(
                    name.partition(" as ")[0].strip()
                    for name in names.strip("() \n").split(",")
                    if name.strip()
                ),
            )
        place = text.find("from .", place + 6)


def _absolute(package: str, dots: int, module: str) -> str:
    for _ in range(dots - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{module}".strip(".") if package else module
