"""What is wrong with the places that `build` gives to msgc, as far as it shows before a build."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from keyword import iskeyword

from msgc.claims.banner import belongs_to
from msgc.claims.codes import COLLIDING_OUTPUT, OUTSIDE_PROJECT, UNIMPORTABLE_OUTPUT, UNWRITABLE
from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.source import Span

_NEEDED = frozenset({"aws_cdk", "constructs", "boto3", "botocore"})
"""Packages that generated code imports, beside the standard library."""


class Claim(Record):
    """A folder that the user's `build` gives to msgc, and where they wrote it.

    `path` is relative to the project, and written as in `Build`.
    """

    path: str
    span: Span

    @property
    def module(self) -> str:
        """The file of a module that is imported by the name of the package in this folder."""
        return f"{self.path}.py"


def check_claims(stack: Claim, stubs: Claim, root: str, *, service: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a service's folders of stack and stubs, below the folder `root`."""
    found: list[Diagnostic] = []
    for claim in (stack, stubs):
        outside = _outside(claim, root)
        if outside is None:
            found += _in_the_way(claim, root)
            found += _hidden(claim, root, service)
        else:
            found.append(outside)
        found += _unimportable(claim)
    return (*found, *_overlapping(stack, stubs))


def _outside(claim: Claim, root: str) -> Diagnostic | None:
    base = os.path.realpath(root)
    if claim.path.startswith(("/", "\\")) or os.path.isabs(claim.path):
        said = f"`{claim.path}` is absolute, and would be another place on every machine"
    elif os.path.realpath(os.path.join(base, claim.path)).startswith(base.rstrip(os.sep) + os.sep):
        return None
    else:
        said = f"`{claim.path}` is outside the folder of messaging.yaml"
    return OUTSIDE_PROJECT.at(
        claim.span,
        said,
        help="write a path below that folder, without `..` and without links out of it",
    )


def _in_the_way(claim: Claim, root: str) -> Iterator[Diagnostic]:
    steps = claim.path.split("/")
    for end in range(1, len(steps) + 1):
        path = os.path.join(root, *steps[:end])
        if os.path.lexists(path) and not os.path.isdir(path):
            here = "/".join(steps[:end])
            yield UNWRITABLE.at(
                claim.span,
                f"`{here}` is a file, and would have to be a folder",
                help="choose another path under `build`, or move what is there",
            )
            return


def _hidden(claim: Claim, root: str, service: str) -> Iterator[Diagnostic]:
    """Tell of a module beside the folder: Python takes the package, and never the module.

    One that was generated for the service may lie there: the build removes it.
    """
    module = os.path.join(root, claim.module)
    if os.path.isfile(module) and not belongs_to(module, service):
        yield COLLIDING_OUTPUT.at(
            claim.span,
            f"the package `{claim.path}` would hide the module `{claim.module}`",
            help="choose another path under `build`, or give the module another name",
        )


def _unimportable(claim: Claim) -> Iterator[Diagnostic]:
    name = os.path.basename(claim.path)
    if iskeyword(name):
        message = f"`{name}` is a word of Python: no module of that name can be imported"
    elif name in sys.stdlib_module_names or name in _NEEDED:
        message = f"`{name}` is the name of a module that generated code needs"
    else:
        return
    yield UNIMPORTABLE_OUTPUT.at(
        claim.span, message, help=f"choose another name, such as `shop_{name}`"
    )


def _overlapping(stack: Claim, stubs: Claim) -> Iterator[Diagnostic]:
    if _is_in(stack.path, stubs.path):
        message = f"the stack `{stack.path}` lies in the folder of the stubs"
    elif _is_in(stubs.path, stack.path):
        message = f"the stubs `{stubs.path}` lie in the folder of the stack"
    else:
        return
    yield COLLIDING_OUTPUT.at(
        stubs.span,
        message,
        help="give each a folder of its own",
        labels=(Label(span=stack.span, message="the stack"),),
    )


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
