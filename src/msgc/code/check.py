"""Check that a function's folder of code is there, and has the handler in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from msgc.code import codes
from msgc.code.handlers import UnparsableError, defines
from msgc.diagnostics import Diagnostic
from msgc.disk import read_within, repository
from msgc.record import Record
from msgc.source import Span
from msgc.topology.ends import Consumer
from msgc.topology.model import Topology
from msgc.tree import Mapping

_COMPILED = (".pyc", ".so", ".pyd")
"""The ends of modules that can't be looked into."""


class FunctionCode(Record):
    """What a messaging.yaml says of the code of a function, and where."""

    consumer: str
    folder: str
    """Relative to messaging.yaml."""
    handler: str
    runtime: str
    has_layers: bool
    folder_span: Span
    handler_span: Span


def function_code(topology: Topology) -> tuple[FunctionCode, ...]:
    """Return the code of a topology's functions; of one folder and handler, the first that has it.

    Functions are many, and few have code of their own.
    """
    found: dict[tuple[str, str], FunctionCode] = {}
    for consumer in topology.consumers.values():
        made = consumer.made
        if made is not None and (made.code, made.handler) not in found:
            handler = "handler" if _says_handler(consumer) else "code"
            found[made.code, made.handler] = FunctionCode(
                consumer=consumer.name,
                folder=made.code,
                handler=made.handler,
                runtime=made.runtime,
                has_layers=bool(made.layers),
                folder_span=consumer.place("function", "code"),
                handler_span=consumer.place("function", handler),
            )
    return tuple(found.values())


def _says_handler(consumer: Consumer) -> bool:
    written = consumer.node.get("function") if isinstance(consumer.node, Mapping) else None
    return isinstance(written, Mapping) and "handler" in written.entries


def check_code(functions: tuple[FunctionCode, ...], folder: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the code of functions.

    `folder` is that of messaging.yaml. Code is read, never run.
    """
    root = repository(folder) if functions else ""
    return tuple(each for function in functions for each in _check(function, folder, root))


def _check(function: FunctionCode, base: str, root: str) -> Iterator[Diagnostic]:
    path = os.path.normpath(os.path.join(base, function.folder))
    if os.path.isabs(function.folder) or not _is_inside(path, root):
        yield codes.MISSING_CODE_FOLDER.at(
            function.folder_span,
            f"`{function.folder}` is outside the repository of messaging.yaml",
            help="write a path that is relative to messaging.yaml, and below the repository's root",
        )
    elif os.path.isdir(path):
        yield from _check_handler(function, path, root)
    elif os.path.exists(path):
        yield codes.MISSING_CODE_FOLDER.at(
            function.folder_span,
            f"`{function.folder}` is a file: `code` is the folder of consumer"
            f" `{function.consumer}`",
            help=f"write `code: {os.path.dirname(function.folder) or '.'}`",
        )
    else:
        module = function.handler.rpartition(".")[0].replace(".", "/")
        yield codes.MISSING_CODE_FOLDER.at(
            function.folder_span,
            f"there is no folder `{function.folder}` for the code of consumer"
            f" `{function.consumer}`",
            help=_similar(function.folder, base)
            or f"make it, with a function `{function.handler.rpartition('.')[2]}` in"
            f" `{function.folder.rstrip('/')}/{module}.py`, or let `msgc init` do it; the path is "
            "relative to messaging.yaml",
        )


def _similar(code: str, base: str) -> str | None:
    """Return a folder that is spelled a little differently."""
    parts = code.split("/")
    for other in (code.replace("-", "_"), code.replace("_", "-"), code.lower(), *parts[1:][-1:]):
        if other != code and os.path.isdir(os.path.join(base, other)):
            return f"did you mean `{other}`?"
    return None


def _is_inside(path: str, root: str) -> bool:
    """Whether a path lies in the repository whose top is `root`: links count as where they lead."""
    target = os.path.realpath(path)
    return target == root or target.startswith(root.rstrip(os.sep) + os.sep)


def _check_handler(function: FunctionCode, folder: str, root: str) -> Iterator[Diagnostic]:
    written, _, name = function.handler.rpartition(".")
    module, code = written.replace(".", "/"), function.folder.rstrip("/")
    for file in (f"{module}.py", f"{module}/__init__.py"):
        path = os.path.join(folder, file)
        if os.path.lexists(path):
            yield from _check_file(path, f"{code}/{file}", function, root)
            return
    if function.has_layers or _is_compiled(folder, module):
        return  # a layer may bring it
    yield codes.MISSING_HANDLER.at(
        function.handler_span,
        f"there is no `{code}/{module}.py` for the handler of consumer `{function.consumer}`",
        help=_other_module(folder, name, root)
        or f"make it, with a function `{name}`, or let `msgc init` do it; `handler` is a module "
        "and a function, `app.handler` by default",
    )


def _check_file(path: str, shown: str, function: FunctionCode, root: str) -> Iterator[Diagnostic]:
    module, _, name = function.handler.rpartition(".")
    try:
        is_there = defines(_text(path, root), name)
    except (OSError, ValueError):
        return  # there is something, and what is in it can't be told
    except UnparsableError as problem:
        if _version(function.runtime) <= sys.version_info[:2]:
            yield codes.UNREADABLE_HANDLER.at(
                function.handler_span, f"`{shown}` can't be parsed: {problem}", help="mend it there"
            )
        return
    if not is_there:
        yield codes.MISSING_HANDLER.at(
            function.handler_span,
            f"`{shown}` has no function `{name}`",
            help=f"write `def {name}(...)` there, or name another: `handler: {module}.FUNCTION`",
        )


def _text(path: str, root: str) -> str:
    """Return a module's text; raises `OSError` for what isn't a file of the repository's."""
    return read_within(path, root, _LARGEST).decode()


def _is_compiled(folder: str, module: str) -> bool:
    around, name = os.path.split(os.path.join(folder, module))
    try:
        names = os.listdir(around)
    except OSError:
        return False
    return any(n.startswith(f"{name}.") and n.endswith(_COMPILED) for n in names)


def _other_module(folder: str, name: str, root: str) -> str | None:
    """Return the one module of a folder that has a function of the name, if there is one."""
    having = []
    for file in sorted(os.listdir(folder))[:_LOOKED_AT]:
        if file.endswith(".py"):
            try:
                if defines(_text(os.path.join(folder, file), root), name):
                    having.append(file.removesuffix(".py"))
            except (OSError, ValueError, UnparsableError):
                continue
    return f"did you mean `handler: {having[0]}.{name}`?" if len(having) == 1 else None


_LARGEST = 1024 * 1024
"""Bytes of a module that is looked into."""
_LOOKED_AT = 50
"""Files of a folder in which the handler is looked for that isn't where it should be."""


def _version(runtime: str) -> tuple[int, ...]:
    return tuple(int(part) for part in runtime.removeprefix("python").split("."))
