# pyright: reportArgumentType=false
# (CDK's classes and the interfaces they implement differ in the names of parameters.)
"""A function's code: a folder of the project, with what it imports of the generated package."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from shutil import copytree, ignore_patterns

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling
from aws_cdk import aws_lambda as lambda_

from .cutting import MARK, copy_needed, refuse_without_package

_LEFT_OUT = ignore_patterns(
    "__pycache__",
    "*.pyc",
    ".*_cache",
    ".git",
    ".venv",
    "node_modules",
    "cdk.out",
    "*.inventory",
)
_KIT = Path(__file__).resolve().parent
"""Isn't part of any function; nor is a stack, which has it or a module of its name in it."""


def code(
    source: Path,
    stubs: Path,
    runtime: Path | None = None,
    packages: Collection[str] = (),
) -> lambda_.Code:
    """Return a handler's code with the generated package beside it, as far as it imports that.

    The command isn't run: it is there because CDK takes two bundles of one folder for the same
    unless their options differ, and this one has these stubs in it.
    """
    return lambda_.Code.from_asset(
        str(source),
        asset_hash_type=AssetHashType.OUTPUT,
        bundling=BundlingOptions(
            image=DockerImage.from_registry("unused"),
            command=["with", stubs.name],
            local=_WithStubs(source, stubs, runtime, packages),
        ),
    )


@jsii.implements(ILocalBundling)
class _WithStubs:
    """Puts the generated package beside a handler's code, here and without Docker."""

    def __init__(
        self,
        source: Path,
        stubs: Path,
        runtime: Path | None,
        packages: Collection[str],
    ) -> None:
        self._packages = packages
        self._source = source
        self._stubs = stubs
        self._runtime = runtime

    def try_bundle(self, output_dir: str, *_: object, **__: object) -> bool:
        """Fill the folder of what is uploaded."""
        output = Path(output_dir)
        # What CDK and msgc write is no code; CDK's folder would be copied into itself.
        written = {output.resolve().parent, _KIT, self._stubs.resolve()}
        if self._runtime is not None:
            written.add(self._runtime.resolve())

        def left_out(folder: str, names: list[str]) -> set[str]:
            paths = [Path(folder, name).resolve() for name in names]
            no_code = (path in written or _is_no_code(path) for path in paths)
            found = {name for name, no in zip(names, no_code, strict=True) if no}
            return found | _LEFT_OUT(folder, names)

        copytree(self._source, output, ignore=left_out, dirs_exist_ok=True)
        copy_needed(self._stubs, output, self._runtime)
        if not self._packages:
            refuse_without_package(self._source, output)
        return True


def _is_no_code(folder: Path) -> bool:
    """Whether this is a virtual environment, a cloud assembly or a generated stack."""
    if any((folder / mark).is_file() for mark in ("pyvenv.cfg", "cdk.out")):
        return True
    kits = (folder / "_kit.py", folder / "_kit" / "__init__.py")
    return any(
        kit.is_file() and kit.read_text("utf-8").startswith(MARK) for kit in kits
    )
