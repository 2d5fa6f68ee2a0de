"""Records as JSON and back, for what is kept between runs; places go by their file's path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgc.artifact import Output
from msgc.claims import Claim
from msgc.code import FunctionCode
from msgc.diagnostics import Code, Diagnostic, Edit, Label
from msgc.emit import emitters
from msgc.pipeline.deployment_order import Need
from msgc.pipeline.project_check import Project
from msgc.pipeline.workspace_check import Member, Name
from msgc.record import Record
from msgc.source import Source, Span
from msgc.workspace.sent import Sent

_RECORDS: dict[str, type[Record]] = {
    kind.__name__: kind
    for kind in (
        Claim, Diagnostic, Edit, FunctionCode, Label, Member, Name, Need, Project, Sent,
    )
}  # fmt: skip
_OUTPUTS = {output.key: output for output in emitters.outputs()}


class Encoder:
    """Turns records into what `json` can write."""

    def __init__(self) -> None:
        """Start without any files."""
        self.paths: dict[str, int] = {}
        """Of the files in which something has its place."""

    def encode(self, value: Any) -> Any:  # noqa: PLR0911  # a table of kinds
        """Return lists and dictionaries; `TypeError` for what a record may not hold."""
        match value:
            case None | bool() | int() | str():
                return value
            case tuple():
                return [self.encode(each) for each in value]
            case dict():
                return {"map": [[key, self.encode(each)] for key, each in value.items()]}
            case Span():
                at = self.paths.setdefault(value.source.path, len(self.paths))
                return {"at": [at, value.start, value.end]}
            case Code():
                return {"code": value.id}
            case Output():
                return {"output": value.key}
            case _ if type(value) is _RECORDS.get(type(value).__name__):
                fields = (getattr(value, name) for name in value._fields)
                return {"new": type(value).__name__, "of": [self.encode(each) for each in fields]}
            case _:
                message = f"nothing is known of {type(value).__name__}"
                raise TypeError(message)


class Decoder:
    """Turns what was written into records again."""

    def __init__(self, paths: list[str], source: Callable[[str], Source]) -> None:
        """Take the files in which something has its place; `source` opens one, once."""
        self._paths = paths
        self._source = source
        self._sources: dict[int, Source] = {}

    def decode(self, value: Any) -> Any:  # noqa: PLR0911  # a table of kinds
        """Return what was encoded; raises whatever a damaged file leads to."""
        match value:
            case list():
                return tuple(map(self.decode, value))
            case {"map": pairs}:
                return {key: self.decode(each) for key, each in pairs}
            case {"at": [at, start, end]}:
                if at not in self._sources:
                    self._sources[at] = self._source(self._paths[at])
                return Span(self._sources[at], start, end)
            case {"code": id_}:
                from msgc.catalog import find  # noqa: PLC0415  # all rules, where there is a finding

                return find(id_)
            case {"output": key}:
                return _OUTPUTS[key]
            case {"new": name, "of": fields}:
                kind = _RECORDS[name]
                values = map(self.decode, fields)
                return kind(**dict(zip(kind._fields, values, strict=True)))
            case _:
                return value
