"""Rooms and their tests: `dev.py room` runs those of one, `dev.py quick` those of what changed.

    python3 dev.py room NAME... [pytest's arguments]
    python3 dev.py quick [pytest's arguments]

A room is a folder or a module of `src/msgc/`. Nothing lists its tests: they are the folder of
`tests/` with its name or with that of a folder in it, or else the files `test_NAME.py`. A folder of
`tests/` that is called after no room has tests of the whole, and is run by its own name.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from dev import CHECKS, FAST, NOT_FAST, ROOT, capture, passed, run

SOURCE, TESTS = ROOT / "src/msgc", ROOT / "tests"
NO_ROOM = frozenset({"__init__", "__main__"})
NO_TESTS = frozenset({"cases"})
"""Folders of `tests/` that have what tests read."""
REFERENCE = "python docs/generate.py --check"
GOLDEN = "pipeline/test_golden.py"
"""What is generated from many topologies: any room may change it."""


def rooms() -> tuple[str, ...]:
    """Return the names of all rooms."""
    found = {p.stem for p in SOURCE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()}
    return tuple(sorted(found - NO_ROOM))


def folders() -> tuple[str, ...]:
    """Return the names of all folders of `tests/` with tests in them."""
    found = {path.parent.name for path in TESTS.glob("*/test_*.py")}
    return tuple(sorted(found - NO_TESTS))


def tests_of(name: str) -> tuple[str, ...]:
    """Return the tests of a room, or a folder of tests, relative to `tests/`."""
    parts = {path.parent.name for path in (SOURCE / name).glob("*/__init__.py")}
    named = [folder for folder in folders() if folder in {name, *parts}]
    if named or name not in rooms():
        return tuple(named)
    files = [path.relative_to(TESTS) for path in TESTS.rglob(f"test_{name}.py")]
    return tuple(sorted(file.as_posix() for file in files if file.parts[0] not in NO_TESTS))


def touched(changed: Iterable[str]) -> tuple[str, ...]:
    """Return the tests that changed files are about, relative to `tests/`."""
    found: dict[str, None] = {}
    for path in changed:
        found.update(dict.fromkeys(_about(PurePosixPath(path).parts)))
    return tuple(one for one in found if not any(_is_in(one, o) for o in found if o != one))


def _about(path: tuple[str, ...]) -> tuple[str, ...]:
    match path:
        case ("src", "msgc", room, *_):
            return (*tests_of(room.removesuffix(".py")), GOLDEN)
        case ("tests", "cases", room, *_):
            return tests_of(room) or (GOLDEN,)
        case ("tests", folder, *_, file) if file.startswith("test_") and file.endswith(".py"):
            there = (TESTS / folder / file).is_file()
            return (f"{folder}/{file}",) if there else tests_of(folder)
        case ("tests", file) if file.startswith("test_") and (TESTS / file).is_file():
            return (file,)
        case ("tests", folder, _, *_):
            return tests_of(folder)
        case _:
            return ("project",)


def fast(tests: Iterable[str]) -> tuple[str, ...]:
    """Return what of these tests is among the fast ones."""
    found: dict[str, None] = {}
    for test in tests:
        if not any(_is_in(test, slow) for slow in NOT_FAST):
            found.update(dict.fromkeys(one for one in FAST if _is_in(one, test)))
            found.update({test: None} if any(_is_in(test, one) for one in FAST) else {})
    return tuple(found)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def changed() -> tuple[str, ...]:
    """Return the files that differ from where this branch left `origin/main`.

    Without a remote, those that aren't committed; if all is, those of the last commit.
    """
    new = _git("ls-files", "--others", "--exclude-standard")
    if base := _git("merge-base", "HEAD", "origin/main"):
        return (*_git("diff", "--name-only", base[0]), *new)
    uncommitted = (*_git("diff", "--name-only", "HEAD"), *new)
    return uncommitted or _git("diff", "--name-only", "HEAD~1", "HEAD")


def _git(*arguments: str) -> tuple[str, ...]:
    """Return the lines that git prints; none if it fails."""
    command = ["git", "-c", "core.quotePath=off", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, capture_output=True)
    return tuple(done.stdout.splitlines()) if done.returncode == 0 else ()


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Return the names, and behind them what goes to pytest: from the first option on."""
    first = next((i for i, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    return arguments[:first], arguments[first:]


def room(arguments: list[str]) -> int:
    """Run the tests of rooms, all of them, fast or not."""
    names, options = split(arguments)
    unknown = [name for name in names if not tests_of(name)]
    if unknown or not names:
        wrong = f"no tests are those of {', '.join(unknown)}; " if unknown else ""
        known = ", ".join(sorted({*rooms(), *folders()}))
        print(f"{wrong}python3 dev.py room NAME..., of: {known}", file=sys.stderr)
        return 2
    return pytest([test for name in names for test in tests_of(name)], options)


def quick(arguments: list[str]) -> int:
    """Lint, check types and imports, and run the fast tests of what changed."""
    files = changed()
    wanted = touched(files)
    chosen = fast(wanted)
    scripts = Path(sys.executable).parent
    checks = {name: [str(scripts / command[0]), *command[1:]] for name, command in CHECKS.items()}
    checks[REFERENCE] = [sys.executable, *REFERENCE.split()[1:]]
    with ThreadPoolExecutor(max_workers=1) as pool:  # pytest has the other core
        running = {name: pool.submit(capture, command) for name, command in checks.items()}
        print(f"{len(files)} files changed; tests: {', '.join(chosen) or 'none'}", flush=True)
        ignored = [f"--ignore=tests/{file}" for file in NOT_FAST]
        status = pytest(list(chosen), [*ignored, *arguments]) if chosen else 0
        failed = [name for name, future in running.items() if not passed(name, future)]
    left = [one for one in wanted if not any(_is_in(one, quickly) for quickly in FAST)]
    if left:
        print(f"not all of these are fast: python3 dev.py test tests/{' tests/'.join(left)}")
    return status or bool(failed)


def pytest(tests: list[str], options: list[str]) -> int:
    """Run tests in two processes."""
    paths = [f"tests/{test}" for test in tests]
    return run([sys.executable, "-m", "pytest", "-n", "2", *options, *paths])


if __name__ == "__main__":
    sys.exit({"room": room, "quick": quick}[sys.argv[1]](sys.argv[2:]))
