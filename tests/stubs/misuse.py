"""Wrong calls, made of right ones: with what fits nowhere, with too much, with too little."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from tests.stubs.calls import CALLS, HANDLERS, HEAD, NO_CALLS, OF_THE_RUNTIME

MARK = "  # error"
WRONG = ast.Name("WRONG")
LOOPS = (("working.worker", "Worker"), ("working.receiving", "Receiving"))
"""What calls of the package return that has calls of its own."""
ANYTHING = {"Any", "M", "object"}
"""Annotations of what may be anything."""


def surface(package: Any) -> dict[str, Any]:
    """Return what can be called of a package, by its name; methods by the class that has them."""
    found: dict[str, Any] = {}
    for exporting in (package, import_module(f"{package.__name__}.testing")):
        for name in exporting.__all__:
            found[name] = value = getattr(exporting, name)
            found |= _methods(package, value)
    for consumer in HANDLERS:
        module = import_module(f"{package.__name__}.consumers.{consumer}")
        made = module.handler(lambda _message, _context: None)
        found |= _methods(package, type(made), calls=True)
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__:
                found |= {f"{consumer}.{name}": value} if name[0] != "_" else {}
    for path, name in LOOPS:
        loop = getattr(import_module(f"{package.__name__}._runtime.{path}"), name)
        found |= _methods(package, loop)
    return {name: found[name] for name in found.keys() - OF_THE_RUNTIME - NO_CALLS}


def consumers(package: Any) -> set[str]:
    path = import_module(f"{package.__name__}.consumers").__path__
    return {each.name for each in pkgutil.iter_modules(path)}


def program(package: Any) -> str:
    """Return a module with every right call, and every wrong one, which has a mark."""
    lines = []
    found = surface(package)
    assert found.keys() <= CALLS.keys(), f"no right call of {found.keys() - CALLS.keys()}"
    for name, value in sorted(found.items()):
        call, result = CALLS[name]
        lines += ["", f"# {name}", _right(call, result)]
        for wrong in dict.fromkeys(_wrong(name, call, value, package)):
            lines.append((wrong if result == "None" else f"print({wrong})") + MARK)
    lines += ["", "# Messages that aren't theirs"]
    lines += [each + MARK for each in _of_others(package)]
    return HEAD + "\n".join(lines) + "\n"


def _of_others(package: Any) -> Iterator[str]:
    """Return calls with a message that a place doesn't carry, or a function can't be given."""
    for name, cls in sorted(surface(package).items()):
        if isinstance(cls, type) and hasattr(cls, "publish_many"):
            yield f"{name}().publish(Tick())"
            yield f"{name}().publish_many([SOLD, Tick()])"
            yield f"print({name}().publish_async(Tick()))"
            yield f"print({name}().publish_many_async([Tick()]))"
    for consumer in HANDLERS:
        for function in ("of_wrong", "with_wrong", "generating", "alone", "print(1)"):
            yield f"{consumer}.handler({function})"


def _methods(package: Any, cls: Any, *, calls: bool = False) -> dict[str, Any]:
    """Return the methods of a class that this package defines."""
    names = [name for name in dir(cls) if name[0] != "_" or (calls and name == "__call__")]
    found = [inspect.getattr_static(cls, name) for name in names] if isinstance(cls, type) else []
    functions = [getattr(each, "__func__", each) for each in found]
    return {
        each.__qualname__: each
        for each in functions
        if inspect.isfunction(each) and each.__module__.startswith(package.__name__)
    }


def _right(call: str, result: str) -> str:
    match result:
        case "None":
            return call
        case "":
            return f"print({call})"
        case _:
            return f"assert_type({call}, {result})"


def _wrong(name: str, text: str, value: Any, package: Any) -> Iterator[str]:
    """Return wrong forms of a call of a function, or of a class."""
    parameters = _parameters(value, package)
    for place, parameter in enumerate(parameters):
        if str(parameter.annotation) in ANYTHING:
            continue
        tree, call = _parsed(name, text)
        given = [each for each in call.keywords if each.arg == parameter.name]
        if parameter.kind is parameter.VAR_POSITIONAL:
            call.args.append(WRONG)
        elif given:
            given[0].value = WRONG
        elif place < len(call.args):
            call.args[place] = WRONG
        else:
            call.keywords.append(ast.keyword(parameter.name, WRONG))
        yield ast.unparse(tree)
    tree, call = _parsed(name, text)
    call.keywords.append(ast.keyword("nonsense", WRONG))
    yield ast.unparse(tree)
    if any(each.default is each.empty for each in parameters if each.kind < each.VAR_POSITIONAL):
        tree, call = _parsed(name, text)
        call.args, call.keywords = [], []
        yield ast.unparse(tree)


def _parsed(name: str, text: str) -> tuple[ast.Expression, ast.Call]:
    """Return the tree of a text, and in it the call of this name."""
    tree = ast.parse(text, mode="eval")
    last = name.rpartition(".")[2]
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    named = {
        getattr(each.func, "attr", getattr(each.func, "id", "__call__")): each for each in calls
    }
    return tree, named[last]


def _parameters(value: Any, package: Any) -> list[inspect.Parameter]:
    """Return the parameters of a call, and what options stand behind `**`."""
    try:
        parameters = [*inspect.signature(value).parameters.values()]
    except ValueError:  # Python's own
        return []
    if parameters and parameters[0].name in ("cls", "self"):
        del parameters[0]
    found = []
    for each in parameters:
        if each.kind is not each.VAR_KEYWORD:
            found.append(each)
            continue
        options = re.fullmatch(r"Unpack\[(\w+)\]", each.annotation)
        assert options, each
        for module in ("publishing", "working"):
            protocols = import_module(f"{package.__name__}._runtime.{module}.protocols")
            given = getattr(protocols, options[1], None)
            for name in given.__annotations__ if given else ():
                annotated = inspect.Parameter(name, each.KEYWORD_ONLY, default=None)
                found.append(annotated)
    return found
