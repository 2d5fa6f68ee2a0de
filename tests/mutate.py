"""Mutation testing: small faults put into the code one at a time, and whether a fast test fails.

    python3 dev.py mutate [--seed N] [--count N] [--room ROOM]

The mutants are drawn at random, as many from each room, from all places where an operator, a
constant, a branch, a return or a statement can be changed. Each is tried in a copy of the checkout,
with the tests of its module and its room first; what fails with it must pass without it. A mutant
that no test catches is printed as a diff: it is a test that is missing, or code that does nothing.
"""

from __future__ import annotations

import argparse
import ast
import copy
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/msgc"
COPIED = ("src", "tests", "schemas", "examples", "docs", "benchmarks", "pyproject.toml", "dev.py")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*", "cdk.out", "node_modules")
SECONDS = 900
"""After which tests that go on for ever count as failed."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    path: Path
    start: int
    end: int
    """Where in the text it stands, in characters."""
    new: str

    @property
    def room(self) -> str:
        """The folder of `src/msgc`, or the module, that it is in."""
        return self.path.relative_to(SOURCE).parts[0].removesuffix(".py")

    @property
    def place(self) -> str:
        """The file, from the top of the checkout, and the line."""
        line = self.path.read_text()[: self.start].count("\n") + 1
        return f"{self.path.relative_to(ROOT)}:{line}"

    def applied(self) -> str:
        """Return the text of the file with the change."""
        text = self.path.read_text()
        return text[: self.start] + self.new + text[self.end :]

    def diff(self) -> str:
        """Return the change as people read it."""
        name = str(self.path.relative_to(ROOT))
        old, new = self.path.read_text().splitlines(), self.applied().splitlines()
        return "\n".join(difflib.unified_diff(old, new, name, name, lineterm="", n=2))


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every change of a file that is tried."""
    text = path.read_text()
    tree = ast.parse(text)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines()

    def at(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node, new in _changes(tree):
        if node.end_lineno is not None and node.end_col_offset is not None:
            start = at(node.lineno, node.col_offset)
            yield Mutant(path, start, at(node.end_lineno, node.end_col_offset), new)


def _changes(  # noqa: C901, PLR0912  # one a kind of node
    tree: ast.Module,
) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield nodes, each with what is written in its place."""
    texts = _texts_for_people(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[operator]):
                yield node, _changed(node, ops=[COMPARISONS[type(operator)]()])
            case ast.BoolOp(op=operator):
                yield (
                    node,
                    _changed(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And()),
                )
            case ast.BinOp(op=operator) if type(operator) in OPERATORS and _is_number(node):
                yield node, _changed(node, op=OPERATORS[type(operator)]())
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, f"({ast.unparse(operand)})"
            case ast.If(test=test) | ast.IfExp(test=test) if not _is_changed_anyway(test):
                yield test, f"(not ({ast.unparse(test)}))"
            case ast.Constant(value=bool(value)) if node not in texts:
                yield node, str(not value)
            case ast.Constant(value=int(value)) if node not in texts:
                yield node, str(value + 1)
            case ast.Constant(value=str(value)) if node not in texts and value.isidentifier():
                yield node, repr(value + "x")
            case ast.Return(value=ast.expr() as value) if not _is_falsy(value):
                yield node, "return None"
            case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
                yield node, "pass"
            case ast.AugAssign() | ast.Continue() | ast.Break():
                yield node, "pass"
            case _:
                pass


def _changed(node: ast.expr, **fields: object) -> str:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return f"({ast.unparse(changed)})"


def _is_number(node: ast.BinOp) -> bool:
    """Whether an operation is likely about numbers: `+` also joins texts, tuples and lists."""
    sides = (node.left, node.right)
    return any(isinstance(s, ast.Constant) and isinstance(s.value, int) for s in sides) or any(
        isinstance(s, ast.Call) and isinstance(s.func, ast.Name) and s.func.id == "len"
        for s in sides
    )


def _is_changed_anyway(test: ast.expr) -> bool:
    """Whether the opposite of a condition is among the mutants of its expression, or no mutant."""
    match test:
        case ast.Compare(ops=[_]) | ast.UnaryOp(op=ast.Not()) | ast.Name(id="TYPE_CHECKING"):
            return True
        case _:
            return False


def _is_falsy(value: ast.expr) -> bool:
    """Whether `return None` is, for most callers, what a `return` of this is."""
    return isinstance(value, ast.Constant) and not value.value


def _texts_for_people(tree: ast.Module) -> set[ast.AST]:
    """Return what is no behaviour: docstrings, annotations, slots, and what f-strings say."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                found.add(node.value)
            case (
                ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation)
            ):
                found.update(ast.walk(annotation))
            case ast.FunctionDef(returns=ast.expr() as annotation):
                found.update(ast.walk(annotation))
            case ast.JoinedStr(values=values):
                found.update(values)
            case ast.Assign(targets=[ast.Name(id="__slots__" | "__all__")], value=value):
                found.update(ast.walk(value))
            case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
                found.update(ast.walk(node))
            case ast.Subscript(value=ast.Name(id="Literal" | "dict" | "list")):  # types
                found.update(ast.walk(node))
            case _:
                pass
    return found


def drawn(seed: int, count: int, room: str | None) -> list[Mutant]:
    """Draw mutants at random: as many from each room, from all of its files."""
    rooms: dict[str, list[Mutant]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name in {"codes.py", "__init__.py", "__main__.py"}:  # texts, and names handed on
            continue
        for mutant in mutants(path):
            rooms.setdefault(mutant.room, []).append(mutant)
    if room is not None:
        rooms = {room: rooms[room]}
    chance = random.Random(seed)
    names = sorted(rooms)
    chance.shuffle(names)
    picked: list[Mutant] = []
    while len(picked) < count and any(rooms.values()):
        for name in names:
            if rooms[name] and len(picked) < count:
                picked.append(rooms[name].pop(chance.randrange(len(rooms[name]))))
    return picked


def in_order(mutant: Mutant, tests: list[str]) -> Iterator[list[str]]:
    """Yield the tests in the order in which they are run: likely and quick ones first."""
    own = [test for test in tests if Path(test).name in {mutant.room, f"test_{mutant.room}.py"}]
    names = {mutant.room, *mutant.path.stem.split("_")}
    closest = [
        str(path.relative_to(ROOT))
        for test in tests
        for path in sorted((ROOT / test).rglob("test_*.py"))
        if not names.isdisjoint(path.stem.split("_"))
    ]
    golden = ["tests/pipeline/test_golden.py"] if "tests/pipeline" in tests else []
    processes = [test for test in tests if Path(test).name in {"cli", "synth"} and test not in own]
    rest = [test for test in tests if test not in {*own, *processes}]
    yield from filter(None, (closest, golden, own, rest, processes))


def is_caught(mutant: Mutant, folder: Path, tests: list[str], ignored: list[str]) -> str | None:
    """Return the test that fails with a mutant, in a copy of the checkout; None: none does."""
    target = folder / mutant.path.relative_to(ROOT)
    for chosen in in_order(mutant, tests):
        target.write_text(mutant.applied())
        try:
            failed = _failure(folder, ["--cache-clear", *ignored, *chosen])
        finally:
            target.write_text(mutant.path.read_text())
        if failed is None:
            continue
        if not _failure(folder, ["--last-failed", "--last-failed-no-failures=none", *chosen]):
            return failed
        print(f"without {mutant.place}, too: {failed}", flush=True)
    return None


def _failure(folder: Path, arguments: list[str]) -> str | None:
    """Return the first test that fails in a copy of the checkout."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *arguments]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, check=False, text=True, capture_output=True,
            timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "the tests don't end"
    if done.returncode in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        return None
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0] if lines else "the tests can't be collected"


def main() -> int:
    """Draw mutants, try them, and report those that no test catches."""
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--room")
    parser.add_argument(
        "--ignore", action="append", default=[], help="a file of tests/ to leave out"
    )
    parser.add_argument("tests", nargs="+", help="folders of tests/ to run")
    options = parser.parse_args()
    picked = drawn(options.seed, options.count, options.room)
    ignored = [f"--ignore=tests/{file}" for file in options.ignore]
    tests = [f"tests/{test}" for test in options.tests]
    survived: list[Mutant] = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as temporary:
        folders: Queue[Path] = Queue()
        for number in range(2):
            folders.put(_copy(Path(temporary) / str(number)))

        def tried(numbered: tuple[int, Mutant]) -> None:
            number, mutant = numbered
            folder = folders.get()
            try:
                failed = is_caught(mutant, folder, tests, ignored)
            finally:
                folders.put(folder)
            print(f"{number:3} {mutant.place}: {failed or 'SURVIVED'}", flush=True)
            if failed is None:
                survived.append(mutant)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(tried, enumerate(picked, start=1)))
    for mutant in survived:
        print(f"\n{mutant.diff()}")
    print(f"\n{len(picked) - len(survived)} of {len(picked)} caught (seed {options.seed})")
    return bool(survived)


def _copy(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT_OUT)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    return folder


if __name__ == "__main__":
    sys.exit(main())
