"""What is wrong with the places that `build` gives to msgc, as far as it shows before a build."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from keyword import iskeyword

from msgc.claims.codes import COLLIDING_OUTPUT, OUTSIDE_PROJECT, UNIMPORTABLE_OUTPUT, UNWRITABLE
from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.source import Span

_NEEDED = frozenset({"aws_cdk", "constructs", "boto3", "botocore"})
"""Packages that generated code imports, beside the standard library."""


class Claim(Record):
    """A file or a folder that the user's `build` gives to msgc, and where they wrote it.

    `path` is relative to the project, and written as in `Build`.
    """

    path: str
    span: Span


def check_claims(stack: Claim, stubs: Claim, root: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the stack's file and the stubs' folder, below the folder `root`."""
    found: list[Diagnostic] = []
    for claim in (stack, stubs):
        outside = _outside(claim, root)
        if outside is None:
            found += _in_the_way(claim, root, folder=claim is stubs)
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


def _in_the_way(claim: Claim, root: str, *, folder: bool) -> Iterator[Diagnostic]:
    steps = claim.path.split("/")
    for end in range(1, len(steps) + 1):
        path = os.path.join(root, *steps[:end])
        is_last = end == len(steps)
        here = "/".join(steps[:end])
        if is_last and not folder:
            if os.path.isdir(path):
                yield _blocked(claim, f"`{here}` is a folder, and the stack is one file")
        elif os.path.lexists(path) and not os.path.isdir(path):
            yield _blocked(claim, f"`{here}` is a file, and would have to be a folder")
            return


def _blocked(claim: Claim, message: str) -> Diagnostic:
    return UNWRITABLE.at(
        claim.span, message, help="choose another path under `build`, or move what is there"
    )


def _unimportable(claim: Claim) -> Iterator[Diagnostic]:
    name = os.path.basename(claim.path).removesuffix(".py")
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
    file, folder = stack.path, stubs.path
    labels = (Label(span=stack.span, message="the stack"),)
    if file.startswith(f"{folder}/") or folder == file or folder.startswith(f"{file}/"):
        yield COLLIDING_OUTPUT.at(
            stubs.span,
            f"the stack `{stack.path}` lies in the folder of the stubs",
            help="keep the stack out of the folder of the stubs",
            labels=labels,
        )
    elif file.removesuffix(".py") == folder:
        yield COLLIDING_OUTPUT.at(
            stubs.span,
            f"the package `{stubs.path}` hides the module `{stack.path}`: both have one name",
            help=f"give the stack another name, such as `{file.removesuffix('.py')}_stack.py`",
            labels=labels,
        )
