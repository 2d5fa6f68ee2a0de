"""What PythonWriter writes is what ruff would leave alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.emit.python_writer import PythonWriter, docstring_lines, literal, string


def ruff_leaves_alone(text: str, folder: Path) -> None:
    path = folder / "module.py"
    path.write_text(text, encoding="utf-8")
    for command in (["check", "--select", "E4,E7,E9,F,I"], ["format", "--check", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_imports_are_sorted_as_ruff_sorts_them(tmp_path: Path) -> None:
    writer = PythonWriter("A module.")
    names = [
        writer.use_module("json"),
        writer.use_module("aws_cdk as cdk"),
        writer.use_module("Zlib"),
        writer.use_module("zope10"),
        writer.use_module("zope2"),
    ]
    for module, name in [
        ("typing", "Any"),
        ("typing", "T"),
        ("typing", "NO"),
        ("typing", "cast"),
        ("collections.abc", "Mapping"),
        ("aws_cdk", "aws_sqs as sqs"),
        ("aws_cdk", "aws_lambda as lambda_"),
        ("aws_cdk", "Stack"),
        ("aws_cdk", "a10"),
        ("aws_cdk", "a2"),
        ("constructs", "Construct"),
        (".orders", "Order"),
        ("..messages", "X1"),
        ("..messages", "quite_a_long_name_that_does_not_fit"),
        ("..messages", "another_long_name_that_does_not_fit"),
        (".", "sibling"),
    ]:
        names.append(writer.use(module, name))
    writer.line(f"print({names[0]})")
    writer.line("x = [")
    for name in names:
        writer.line(f"    {name},")
    writer.line("]")
    ruff_leaves_alone(writer.render(), tmp_path)


def test_typing_only_imports_stand_in_their_block(tmp_path: Path) -> None:
    writer = PythonWriter("A module.")
    writer.use("os", "PathLike", typing_only=True)
    writer.use(".a", "A", typing_only=True)
    writer.use(".a", "B")
    writer.use(".a", "B", typing_only=True)
    with writer.block("def f(a: A, p: PathLike[str]) -> B:"):
        writer.line("return B(a, p)")
    text = writer.render()
    assert text.index("if TYPE_CHECKING:") < text.index("import A")
    assert text.count("import B") == 1
    ruff_leaves_alone(text, tmp_path)


@pytest.mark.parametrize(
    "body", [["x = 1"], ["class A: ..."], ["# why", "class A:", "    x = 1"], []]
)
def test_gap_after_the_imports(body: list[str], tmp_path: Path) -> None:
    writer = PythonWriter("A module.", banner="# Generated.", pragma="# pyright: basic")
    writer.lines([line if line != "class A: ..." else "class A: ..." for line in body])
    ruff_leaves_alone(writer.render(), tmp_path)


DOCSTRINGS = [
    "Short.",
    'He said "no"',
    '"Quoted" first.',
    '"Both"',
    "A sentence that is rather long and goes over the line because it has so many words in it.",
    "A line of exactly so many columns that it fits with the first quotes, not the last abcd.",
    'A sentence that is rather long and goes over the line because it has many "words in it"',
    "First.\n\nSecond paragraph.\n- item",
    'First.\n\nEnds with a quote: "',
    "back\\slash and trailing\\",
    'three """ quotes',
    "tab\tand \x07 bell",
    "x" * 120,
    "größer ✓ 漢字",
]


@pytest.mark.parametrize("text", DOCSTRINGS)
def test_docstrings_are_stable_and_say_what_they_should(text: str, tmp_path: Path) -> None:
    writer = PythonWriter(text)
    with writer.block("class A:"):
        writer.docstring(text)
    rendered = writer.render()
    ruff_leaves_alone(rendered, tmp_path)
    said = ast.get_docstring(ast.parse(rendered)) or ""
    assert said.split() == "".join(c if c.isprintable() else " " for c in text).split()
    assert all(len(line) <= 88 for line in rendered.splitlines() if "xxx" not in line)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a'b", 'a"b', "a\"b'c", 'a""b\'c', "\\", "'", '"', "é\n\x00\u2028", "'''\"\"\""],
)
def test_strings(text: str, tmp_path: Path) -> None:
    assert ast.literal_eval(string(text)) == text
    ruff_leaves_alone(f"x = {string(text)}\n", tmp_path)


def test_literals_explode_only_when_they_must(tmp_path: Path) -> None:
    value = {
        "source": ["com.example"],
        "$or": [{"a": [{"numeric": [">=", 100]}], "nothing": [None, True]}, {"b" * 60: [1.5]}],
        "empty": {},
    }
    text = literal(value, 88 - len("x = ") + 4)
    assert ast.literal_eval(text) == value
    ruff_leaves_alone(f"x = {text}\n", tmp_path)
    assert literal({"a": [1]}, 20) == '{"a": [1]}'


def test_statement_fits_or_explodes(tmp_path: Path) -> None:
    writer = PythonWriter("A module.")
    writer.statement("print(", ["1", "2"])
    writer.statement("print(", ["'" + "a" * 50 + "'"] * 2)
    ruff_leaves_alone(writer.render().replace("'", '"'), tmp_path)


def test_docstring_lines_are_one_where_they_fit() -> None:
    assert docstring_lines("Yes.", 10) == ['"""Yes."""']
    assert docstring_lines("Yes...", 10) == ['"""Yes..."""']
    assert docstring_lines("Yes, no", 12) == ['"""Yes,', "no", '"""']


@pytest.mark.parametrize("end", ["", '"', "\n\nMore of it."])
def test_docstrings_of_every_length_near_the_width(end: str, tmp_path: Path) -> None:
    writer = PythonWriter("A module.")
    for length in range(70, 95):
        with writer.block(f"class C{length}:"):
            writer.docstring("words " * (length // 6) + "x" * (length % 6) + end)
            writer.line()
            writer.docstring("x" * length + end)
        writer.lines(["", ""])
    text = writer.render()
    ruff_leaves_alone(text, tmp_path)
    known = [line for line in text.splitlines() if "x" * 70 not in line]
    assert max(map(len, known)) <= 88


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\n    Indented\n      as a list\n    is.", "One.\n  - a\n  - b", "One.\n a\nb",
        'It ends in "quotes"', 'It ends in """', 'It ends in \\"', 'It ends in \\\\"',
        '"', '"""', "\\", "\t", " One. \n",
        "One.\n\n\n" + "words " * 30 + "\n    and so on " + "words " * 30,
    ],
)  # fmt: skip
def test_docstrings_of_any_text(text: str, tmp_path: Path) -> None:
    writer = PythonWriter("A module.")
    with writer.block("class C:"):
        writer.docstring(text)
    source = writer.render()
    ruff_leaves_alone(source, tmp_path)
    (cls,) = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    assert (ast.get_docstring(cls) or "").split() == text.split()
