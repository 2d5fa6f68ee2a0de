"""Find what a file imports of another: a service of its workspace, or a copy of a file."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from msgc.diagnostics import Code, Diagnostic, Label, did_you_mean
from msgc.record import Record
from msgc.resolve import parse
from msgc.resolve.messages.schemas import Schemas, schemas_of
from msgc.resolve.symbols import SECTIONS, SymbolTable
from msgc.source import Span
from msgc.syntax.codes import FILE_UNREADABLE, LINK_OUT, NOT_REGULAR
from msgc.tree import Mapping, Node, Scalar
from msgc.workspace import Workspace, codes

_KEYS = frozenset({"service", "file", "environment", *SECTIONS})
_SHOWN = 3
"""Paths that are listed of files with one name."""


class Imported(Record):
    """A declaration of another file."""

    file: ForeignFile
    key: Scalar
    node: Mapping


class ForeignFile(Record):
    """A messaging file that another one imports from."""

    path: str
    called: str
    """How people call it: the service, or the path of the copy."""
    symbols: SymbolTable
    """Its text, and what is found wrong while messages of it are read."""
    schemas: Schemas
    mistakes: tuple[Diagnostic, ...]
    """What is wrong with its shape."""
    declared: dict[str, dict[str, tuple[Scalar, Mapping]]]
    """What it declares, by section and name."""
    environments: tuple[str, ...] = ()
    """Those that it has, if it isn't known which is meant."""


class Imports:
    """Follows the imports of one file; what is wrong with another file is said once."""

    def __init__(self, symbols: SymbolTable, workspace: Workspace, origin: str) -> None:
        """Follow what stands in the file at the path `origin`."""
        self._symbols = symbols
        self._workspace = workspace
        self._origin = origin
        self._files: dict[tuple[str, str], ForeignFile | None] = {}
        """By path and environment; None for those that can't be read, which has been said."""

    def find(self, kind: str, key: Scalar, node: Mapping) -> Imported | None:
        """Return what `import` in a declaration means, through further imports of the same."""
        return self._followed(kind, key.text, self._origin, node, node.get("import") or node)

    def _followed(
        self, kind: str, name: str, origin: str, written: Mapping, place: Node
    ) -> Imported | None:
        """Follow imports from a declaration in the file `origin`; mistakes are told at `place`."""
        first, seen = name, [(origin, name)]
        while True:
            source = parse.mapping(written.get("import"))
            if source is None:
                return None  # misshapen
            outer, span = source is place, place.span
            target = self._target(source, origin, span)
            if target is None:
                return None
            name = parse.text(source.get(kind)) or name
            found = self._declaration(kind, name, target, source if outer else None, span)
            if found is None:
                return None
            if not _is_passed_on(found.node):
                if target.path != self._origin:
                    return found
                self._say_own(first, name, [path for path, _ in seen], span)
                return None
            step = (target.path, name)
            if step in seen:
                self._say_cycle(first, [path for path, _ in (*seen, step)], span)
                return None
            seen.append(step)
            origin, written = target.path, found.node

    def _say_cycle(self, name: str, paths: list[str], span: Span) -> None:
        said, tip = f"`{name}` is imported from this file itself", "declare it, or name another one"
        if len(set(paths)) > 1:
            circle = " → ".join(f"`{path}`" for path in paths)
            said = f"`{name}` is imported in a circle: {circle}"
            tip = "one of these files has to declare it"
        self._symbols.report(codes.IMPORT_CYCLE, span, said, tip)

    def _say_own(self, first: str, name: str, paths: list[str], span: Span) -> None:
        through = "".join(f" by `{path}`" for path in paths[1:])
        said = f"`{first}` is imported{through} from this file itself, where it is `{name}`"
        tip = f"take it out, and write `{name}` where it is named"
        self._symbols.report(codes.IMPORT_CYCLE, span, said, tip)

    def _target(self, source: Mapping, origin: str, span: Span) -> ForeignFile | None:
        """Return the file that an import names."""
        path = self._path(source, origin, span)
        if path is None:
            return None
        key = (path, self._environment(source))
        if key not in self._files:
            self._files[key] = self._opened(path, source, origin, span)
        return self._files[key]

    def _environment(self, source: Mapping) -> str:
        """Return the environment of another file that is meant: the like-named one, if not said."""
        own = self._symbols.environment
        return parse.text(source.get("environment")) or (own.name if own is not None else "")

    def _path(self, source: Mapping, origin: str, span: Span) -> str | None:
        service, file = source.get("service"), source.get("file")
        if service is not None and file is not None:
            return None  # misshapen
        if isinstance(service, Scalar):
            name = parse.text(service) or ""
            well_formed = name and name == name.lower()  # or its form has been reported
            return self._path_of_service(name, origin, span) if well_formed else None
        if not isinstance(file, Scalar) or not parse.text(file):
            return None
        return normpath(join(dirname(file.span.source.path), file.text))

    def _path_of_service(self, name: str, origin: str, span: Span) -> str | None:
        known = self._workspace.members(origin).services
        paths = known.get(name, [])
        if len(paths) == 1:
            return paths[0]
        if paths:
            shown = ", ".join(f"`{path}`" for path in paths[:_SHOWN])
            self._symbols.report(
                codes.SAME_SERVICE,
                span,
                f"there are {len(paths)} services `{name}`: {shown}"
                + (", ..." if len(paths) > _SHOWN else ""),
                "rename one; of another repository's file, import its copy: `{file: path}`",
            )
            return None
        others = [other for other, found in known.items() if origin not in found]
        tip = did_you_mean(name, others) or (
            "no other messaging.yaml lies below the folder with `.git`; a copy of another "
            "repository's file is imported with `{file: path}`"
        )
        said = f"there is no service `{name}` in this repository"
        if origin != self._origin:
            said += f", from which `{origin}` imports"
        self._symbols.report(codes.UNKNOWN_IMPORT, span, said, tip)
        return None

    def _opened(self, path: str, source: Mapping, origin: str, span: Span) -> ForeignFile | None:
        service, file = source.get("service"), source.get("file")
        loaded = self._workspace.imported(path, origin)
        if loaded.value is None:
            self._say_unreadable(path, file or service or source, loaded.diagnostics[0].code, span)
            return None
        document = loaded.value
        broken = next((d for d in loaded.diagnostics if d.is_error), None)
        if broken is not None:
            self._symbols.report(
                codes.BROKEN_IMPORT,
                span,
                f"`{path}` has a mistake: {broken.message}",
                "mend it there first",
                Label(span=broken.span, message="here"),
            )
            return None
        symbols = SymbolTable(document.root)
        environments: tuple[str, ...] = ()
        if "environments" in document.root.entries:
            from msgc.resolve.variables.environments import overlaid  # noqa: PLC0415  # few files have any

            each = {one.environment.name: one for one in overlaid(document.root).each}
            meant = each.get(self._environment(source))
            environments = () if meant is not None else tuple(each)
            if meant is not None:
                symbols = SymbolTable(meant.filled, environment=meant.environment)
        return ForeignFile(
            path=path,
            called=f"`{symbols.service}`" if isinstance(service, Scalar) else f"`{path}`",
            symbols=symbols,
            schemas=schemas_of(self._workspace.files, path, symbols),
            mistakes=tuple(d for d in self._workspace.wrong_shape(document) if d.is_error),
            declared={},
            environments=environments,
        )

    def _say_unreadable(self, path: str, node: Node, why: Code, span: Span) -> None:
        place = node.span if node.span.source is span.source else span
        if why is LINK_OUT:
            self._symbols.report(
                codes.IMPORT_OUTSIDE,
                place,
                f"`{path}` is outside the repository",
                "keep a copy in it; msgc reads nothing above the folder with `.git`",
            )
        elif why is FILE_UNREADABLE:
            self._symbols.report(
                codes.UNKNOWN_IMPORT,
                place,
                f"there is no file `{path}` that can be read",
                "the path is relative to this file",
            )
        elif why is NOT_REGULAR:
            said = f"`{path}` is a device, a pipe or a socket"
            self._symbols.report(codes.BROKEN_IMPORT, place, said, "name a messaging.yaml")
        else:
            said = f"`{path}` can't be read: see what `msgc validate {path}` says"
            self._symbols.report(codes.BROKEN_IMPORT, place, said, "mend it there first")

    def _declaration(
        self, kind: str, name: str, file: ForeignFile, source: Mapping | None, span: Span
    ) -> Imported | None:
        section = SECTIONS[kind]
        if section not in file.declared:
            entries = file.symbols.declarations(section)
            file.declared[section] = {key.text: (key, node) for key, node in entries}
        found = file.declared[section].get(name)
        if found is not None:
            wrong = _wrong_shape(file, section, name)
            if wrong is None:
                return Imported(file=file, key=found[0], node=found[1])
            said = f"`{name}` of {file.called} has a mistake: {wrong.message}"
            here = Label(span=wrong.span, message="here")
            self._symbols.report(codes.BROKEN_IMPORT, span, said, "mend it there first", here)
            return None
        if file.symbols.is_misread(section, name):
            said = f"`{name}` of {file.called} is not what a {kind} looks like"
            self._symbols.report(codes.BROKEN_IMPORT, span, said, "mend it there first")
            return None
        named = source.get(kind) if source is not None else None
        if source is not None and named is None and not source.entries.keys() <= _KEYS:
            return None  # an unknown key has been reported, which may be what says the name
        place = named.span if isinstance(named, Scalar) else span
        self._symbols.report(
            codes.UNKNOWN_IMPORT,
            place,
            f"{file.called} has no {kind} `{name}`",
            did_you_mean(name, file.declared[section])
            or f"its file declares no {section}: `{file.path}`",
        )
        return None


def _is_passed_on(node: Mapping) -> bool:
    """Whether a declaration is itself imported from a service or a copy."""
    source = parse.mapping(node.get("import"))
    return source is not None and not {"service", "file"}.isdisjoint(source.entries)


def _wrong_shape(file: ForeignFile, section: str, name: str) -> Diagnostic | None:
    """Return what is wrong with the shape of a declaration, or of the defaults below it."""
    written = file.symbols.section(section)
    if not file.mistakes or written is None:
        return None
    key, node = written.entries[name]
    defaults = file.symbols.defaults(section)
    around = (key.span, node.span, *((defaults.span,) if defaults else ()))
    inside = (d for d in file.mistakes if any(span.holds(d.span) for span in around))
    return next(inside, None)
