"""PyYAML's parser in Python, put together as a source of events like libyaml's."""

from __future__ import annotations

import re
from typing import Any

from yaml.events import ScalarEvent
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

_HALF = "[\ud800-\udfff]"
_ESCAPE = r"\\(?:u|U0000)[dD][89a-fA-F]"


class PureParser(Reader, Scanner, Parser):
    """Reads a text; `get_event` returns one event after the other, then None."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        self._text = text

    def get_event(self) -> Any:
        """Return the next event; like libyaml, refuse an escape of half a character."""
        event: Any = Parser.get_event(self)  # type: ignore[no-untyped-call]  # PyYAML's
        if isinstance(event, ScalarEvent) and re.search(_HALF, event.value):
            mark: Any = event.start_mark
            escape = re.compile(_ESCAPE).search(self._text, mark.index)
            mark.index = escape.start() if escape else mark.index
            raise ScannerError(None, None, "found an escape of half a character", mark)
        return event
