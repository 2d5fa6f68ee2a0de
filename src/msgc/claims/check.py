"""Check the output folders under `build`: outside the project, overlapping, or hidden."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import combinations
from keyword import iskeyword

from msgc.artifact import Output
from msgc.claims.banner import belongs_to
from msgc.claims.codes import COLLIDING_OUTPUT, OUTSIDE_PROJECT, UNIMPORTABLE_OUTPUT, UNWRITABLE
from msgc.diagnostics import Diagnostic, Label
from msgc.record import Record
from msgc.source import Span

_NEEDED = frozenset({"aws_cdk", "constructs", "boto3", "botocore"})
"""Packages that generated code imports, beside the standard library."""


_INSIDE = "write a path below that folder, without `..` and without links out of it"


class Claim(Record):
    """A folder that the user's `build` gives to an output of msgc, and where they wrote it.

    `path` is relative to the project, and written as `Build` has it.
    """

    output: Output
    path: str
    span: Span

    @property
    def module(self) -> str | None:
        """The file of a module that would be imported by the name of the package in this folder."""
        return f"{self.path}.py" if self.output.package else None


def bases(claims: Iterable[Claim], root: str) -> dict[Claim, str]:
    """Return the folders that claims have to lie in: the project's, or its repository's if shared.

    They are found out once for all: symbolic links are followed.
    """
    project = os.path.realpath(root)
    repository = _repository(project)
    return {claim: repository if claim.output.shared else project for claim in claims}


def _repository(folder: str) -> str:
    """Return the folder of the repository around a folder, or the root of the disk."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return folder


def check_claims(
    claims: tuple[Claim, ...], root: str, *, service: str, code: tuple[str, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the folders of a service's outputs, below the folder `root`.

    `code` are modules and folders, relative to the project, that lie in the code of functions.
    """
    found: list[Diagnostic] = []
    for claim, base in bases(claims, root).items():
        outside = _outside(claim, root, base)
        if outside is None:
            found += _in_the_way(claim, root)
            found += _hidden(claim, root, service)
        else:
            found.append(outside)
        found += _unimportable(claim, code)
    for one, other in combinations(claims, 2):
        found += _overlapping(one, other)
        found += _of_one_name(one, other)
    return tuple(found)


def _outside(claim: Claim, root: str, base: str) -> Diagnostic | None:
    if claim.path.startswith(("/", "\\")) or os.path.isabs(claim.path):
        said = f"`{claim.path}` is absolute, and would be another place on every machine"
        return OUTSIDE_PROJECT.at(claim.span, said, help=_INSIDE)
    target = os.path.realpath(os.path.join(root, claim.path))
    if target.startswith(base.rstrip(os.sep) + os.sep):
        return None
    return outside(claim.path, claim)


def outside(path: str, claim: Claim) -> Diagnostic:
    """A path that leads out of where an output may lie."""
    if claim.output.shared:
        said = f"`{path}` is outside the repository of messaging.yaml"
        return OUTSIDE_PROJECT.at(claim.span, said, help="write a path within the repository")
    said = f"`{path}` is outside the folder of messaging.yaml"
    return OUTSIDE_PROJECT.at(claim.span, said, help=_INSIDE)


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
    if claim.module is None:
        return
    module = os.path.join(root, claim.module)
    owner = claim.output.owner(service)
    if os.path.isfile(module) and not belongs_to(module, owner, claim.output.banners):
        yield COLLIDING_OUTPUT.at(
            claim.span,
            f"the package `{claim.path}` would hide the module `{claim.module}`",
            help="choose another path under `build`, or give the module another name",
        )


def _unimportable(claim: Claim, code: tuple[str, ...]) -> Iterator[Diagnostic]:
    name = os.path.basename(claim.path)
    if not claim.output.package:
        return
    if iskeyword(name):
        message = f"`{name}` is a word of Python: no module of that name can be imported"
    elif name in sys.stdlib_module_names or name in _NEEDED:
        message = f"`{name}` is the name of a module that generated code needs"
    elif claim.output.in_functions and (other := _of_a_name(claim.path, code)) is not None:
        message = f"`{name}` would lie beside `{other}` in a function, and have its name"
    else:
        return
    yield UNIMPORTABLE_OUTPUT.at(
        claim.span, message, help=f"choose another name, such as `shop_{name}`"
    )


def _of_a_name(path: str, code: tuple[str, ...]) -> str | None:
    """Return what of a function's code would be imported by the name of another package."""
    name = os.path.basename(path)
    names = {name, f"{name}.py"}
    return next((one for one in code if os.path.basename(one) in names and one != path), None)


def _overlapping(one: Claim, other: Claim) -> Iterator[Diagnostic]:
    """Tell at the later of two folders that one of them is, or lies in, the other."""
    if _is_in(one.path, other.path):
        inner, outer = one, other
    elif _is_in(other.path, one.path):
        inner, outer = other, one
    else:
        return
    yield COLLIDING_OUTPUT.at(
        other.span,
        f"the {inner.output.name} `{inner.path}` would lie in the folder of the "
        f"{outer.output.name}",
        help="give each a folder of its own",
        labels=(Label(span=one.span, message=f"the {one.output.name}"),),
    )


def _of_one_name(one: Claim, other: Claim) -> Iterator[Diagnostic]:
    """Tell of a shared package with the name of another: both are imported by their names."""
    names = {os.path.basename(claim.path) for claim in (one, other)}
    apart = one.path != other.path and (one.output.shared or other.output.shared)
    if len(names) == 1 and apart and one.output.package and other.output.package:
        yield COLLIDING_OUTPUT.at(
            other.span,
            f"the {other.output.name} `{other.path}` has the name of the {one.output.name}: "
            "only one of them could be imported",
            help="give each a name of its own",
            labels=(Label(span=one.span, message=f"the {one.output.name}"),),
        )


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
