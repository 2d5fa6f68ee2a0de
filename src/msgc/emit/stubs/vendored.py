"""Copy the modules of the runtime that a package imports.

What only `testing` imports lies in `testing/_runtime`, so that a function can do without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgc import runtime
from msgc.artifact import Artifact
from msgc.emit.own_modules import own_modules, stamp
from msgc.emit.python_imports import module_key
from msgc.emit.relative_paths import way
from msgc.emit.stubs.imports import Import, imports_of
from msgc.emit.stubs.writing.location import OWN

_USING = re.compile(rf"from \.+(?:testing\.)?{OWN}\b[^(\n]*(?:\([^)]*\))?")
_USED = re.compile(rf"^(?:testing\.)?{OWN}(?:\.|$)")

_FINDER = '''\
"""Finds the runtime that services share, where its folder isn't on Python's path."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def load() -> None:
    """Import it from where it lies in the repository."""
    folder = Path(__file__).resolve().parents[{levels}] / "{rest}"
    file = folder / "__init__.py"
    spec = spec_from_file_location("{name}", file)
    if spec is None or spec.loader is None or not file.is_file():
        message = f"no runtime in {{folder}}: put it on the path, or run `msgc build`"
        raise ModuleNotFoundError(message, name="{name}")
    module = sys.modules["{name}"] = module_from_spec(spec)
    spec.loader.exec_module(module)
'''


def runtime_artifacts(folder: str, package: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """Return the modules of the runtime that the other modules of a package import."""
    used: set[str] = set()
    used_by_tests: set[str] = set()
    statements: dict[tuple[str, str], None] = {}  # messages have the same, a thousand times
    for artifact in package:
        room = artifact.path.removeprefix(f"{folder}/").rpartition("/")[0]
        statements.update(dict.fromkeys((room, text) for text in _USING.findall(artifact.text)))
    for room, text in statements:
        modules = used_by_tests if room.split("/")[0] == "testing" else used
        for each in imports_of(text, room.replace("/", ".")):
            if start := _USED.match(each.module):
                modules.update(_named(each.module[start.end() :], each.names))
    for_all = closure(used)
    for_tests = closure(used_by_tests) - for_all
    texts, _, which = _runtime()
    found = [_artifact(f"{folder}/{OWN}", name, texts[name]) for name in _with_rooms(for_all)]
    found += [
        _artifact(f"{folder}/testing/{OWN}", name, _moved(name, for_all))
        for name in _with_rooms(for_tests)
    ]
    first = Artifact(path=found[0].path, text=which + found[0].text)
    return (first, *found[1:])


def shared_runtime_artifacts(folder: str) -> tuple[Artifact, ...]:
    """Return all modules of the runtime, for a package of its own that services share."""
    texts, _, which = _runtime()
    return tuple(
        _artifact(folder, name, text if name else which + text) for name, text in texts.items()
    )


def finder_artifact(folder: str, shared: str) -> Artifact:
    """Return the module by which stubs load a shared runtime that isn't on Python's path."""
    levels, rest = way(f"{folder}/_runtime.py", shared)
    text = _FINDER.format(name=shared.rpartition("/")[2], levels=levels, rest=rest)
    return Artifact(path=f"{folder}/{OWN}.py", text=text)


def closure(modules: Iterable[str]) -> frozenset[str]:
    """Return modules of the runtime (`codec.checks`), and all that they import."""
    found: set[str] = set()
    todo = [*modules]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += imported(name)
    return frozenset(found)


@cache
def imported(name: str) -> tuple[str, ...]:
    """Return the modules of the runtime that one of them imports, wherever it does."""
    found = imports_of(_runtime()[0][name], name.rpartition(".")[0])
    return tuple(module for each in found for module in _named(each.module, each.names))


def _named(module: str, names: Iterable[str]) -> list[str]:
    """Return what `from module import names` imports: a module, or modules of a room."""
    if module in _runtime()[1]:
        return [f"{module}.{name}".lstrip(".") for name in names]
    return [module]


@cache
def _runtime() -> tuple[dict[str, str], frozenset[str], str]:
    """Return the texts of the modules by name, the names of rooms, and the stamp.

    Rooms are packages; the runtime itself is one, without a name.
    """
    texts: dict[str, str] = {}
    rooms: set[str] = set()
    for (*parts, stem), text in own_modules(runtime.__path__[0]).items():
        if stem == "__init__":
            rooms.add(".".join(parts))
        else:
            parts.append(stem)
        texts[".".join(parts)] = text
    return texts, frozenset(rooms), stamp("runtime", texts.values())


def _with_rooms(modules: frozenset[str]) -> list[str]:
    """Return modules and the rooms in which they lie, sorted: the runtime itself comes first."""
    rooms = {""}
    for name in modules:
        parts = name.split(".")
        rooms |= {".".join(parts[:end]) for end in range(1, len(parts))}
    return sorted({*modules, *rooms})


def _artifact(folder: str, name: str, text: str) -> Artifact:
    path = name.replace(".", "/")
    if name in _runtime()[1]:
        path = f"{path}/__init__".lstrip("/")
    return Artifact(path=f"{folder}/{path}.py", text=text)


def _moved(name: str, for_all: frozenset[str]) -> str:
    """Return the text of a module in `testing/_runtime`: some that it imports aren't there."""
    texts, rooms, _ = _runtime()
    text = texts[name]
    if name in rooms:
        return text
    up = "." * (name.count(".") + 3)
    out: list[str] = []
    done = 0
    for run in _runs(imports_of(text, name.rpartition(".")[0])):
        out.append(text[done : run[0].start])
        lines: list[tuple[str, str]] = []
        for each in run:
            inner = set(_named(each.module, each.names)).isdisjoint(for_all)
            module = each.relative if inner else f"{up}{OWN}.{each.module}".rstrip(".")
            lines.append((module, f"{each.indent}from {module} import {each.written}"))
        out.append("\n".join(line for _, line in sorted(lines, key=lambda x: module_key(x[0]))))
        done = run[-1].end
    return "".join([*out, text[done:]])


def _runs(imports: Iterable[Import]) -> list[list[Import]]:
    """Return import statements in groups that nothing else stands in."""
    runs: list[list[Import]] = []
    for each in imports:
        if runs and each.start == runs[-1][-1].end + 1 and each.indent == runs[-1][-1].indent:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs
