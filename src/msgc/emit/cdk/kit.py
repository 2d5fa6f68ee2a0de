"""The files of the kit, which are copied into a stack or a shared folder as they are."""

from __future__ import annotations

import os
from functools import cache

import msgc
from msgc.artifact import HASH, SHARED, Artifact
from msgc.emit.own_modules import own_modules, stamp
from msgc.emit.relative_paths import way

FOLDER = "_kit"

_FINDER = '''\
"""The kit that stacks of several services share, found wherever this is imported from."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from {module} import *  # noqa: F403  # as if it were this module
else:

    def _load():
        folder = Path(__file__).resolve().parents[{levels}] / "{rest}"
        file = folder / "__init__.py"
        for module in tuple(sys.modules.values()):
            if getattr(module, "__file__", None) == str(file):
                return module
        name = "{name}"
        while name in sys.modules:  # of another repository
            name += "_"
        spec = spec_from_file_location(name, file)
        if spec is None or spec.loader is None or not file.is_file():
            message = f"no kit in {{folder}}: run `msgc build`"
            raise ModuleNotFoundError(message, name=name)
        module = sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    sys.modules[__name__] = _load()
'''


def kit_artifacts(stack: str, shared: str | None, service: str) -> tuple[Artifact, ...]:
    """Return the modules of the kit: in the folder of the stack, or in a shared one."""
    if shared is None:
        return _copied(f"{stack}/{FOLDER}", service)
    return (_finder(stack, shared, service), *_copied(shared, SHARED))


def _copied(folder: str, owner: str) -> tuple[Artifact, ...]:
    modules, which = _modules()
    head = _head(owner)
    return tuple(
        Artifact(
            path=f"{folder}/{name}",
            text=f"{head}{which}{text}" if name == "__init__.py" else f"{head}{text}",
        )
        for name, text in modules
    )


def _finder(stack: str, shared: str, service: str) -> Artifact:
    """Return the module that stands for a shared kit in the package of a stack."""
    levels, rest = way(f"{stack}/{FOLDER}.py", shared)
    name = shared.rpartition("/")[2]
    beside = "/" not in rest and levels == 1
    text = _FINDER.format(
        name=name, module=f"..{name}" if beside else name, levels=levels, rest=rest
    )
    return Artifact(path=f"{stack}/{FOLDER}.py", text=_head(service) + text)


def _head(owner: str) -> str:
    return f"{HASH.begin(owner)}\n# SPDX-License-Identifier: MIT-0\n"


@cache
def _modules() -> tuple[tuple[tuple[str, str], ...], str]:
    """Return names and texts, and the comment that says which kit it is.

    They are found beside the package's own file: to import the kit is to import all of CDK.
    """
    root = os.path.join(os.path.dirname(msgc.__file__), "kit")
    modules = tuple((f"{'/'.join(place)}.py", text) for place, text in own_modules(root).items())
    return modules, stamp("kit", (text for _, text in modules))
