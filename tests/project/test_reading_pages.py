"""What is read of a page, and that following it can fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.project.pages import Command, Content, Shell, matches, steps

PAGE = """\
# A page

<!-- $ mkdir shown -->
```console
$ cd shown
$ ls
a file
```

In `lib/x.py`:

```python
print("x")
```

<!-- until: No such file -->
```sh
# a comment
cat nothing      # another
```

<!-- not followed: it never ends -->
```sh
yes
```
"""

posix = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")


def test_what_is_read() -> None:
    assert steps(PAGE) == [
        Command("mkdir shown"),
        Command("cd shown", ""),
        Command("ls", "a file\n"),
        Content("lib/x.py", 'print("x")\n'),
        Command("cat nothing", until="No such file"),
    ]


def test_a_block_without_a_file_is_a_fault_of_the_page() -> None:
    with pytest.raises(AssertionError, match="no file is named before this block of yaml"):
        steps("Some words about `it`:\n\n```yaml\na: 1\n```\n")


@pytest.mark.parametrize(
    ("printed", "expected", "same"),
    [
        ("", "", True),
        ("a\n", "", False),
        ("a\nb\nc\n", "a\n...\n", True),
        ("b\n", "a\n...\n", False),
        ("3 passed in 0.31s\n", "3 passed in ...\n", True),
        ("2 passed in 0.31s\n", "3 passed in ...\n", False),
    ],
)
def test_output(printed: str, expected: str, *, same: bool) -> None:
    assert matches(printed, expected) is same


@posix
def test_the_shell_is_one(tmp_path: Path) -> None:
    with Shell(tmp_path, os.environ) as shell:
        for step in steps(PAGE.replace("$ ls\na file\n", "$ ls\n")):
            shell.follow(step)
    assert (tmp_path / "shown/lib/x.py").read_text() == 'print("x")\n'


@posix
@pytest.mark.parametrize(
    "step",
    [
        Command("false"),
        Command("echo a", "b\n"),
        Command("echo a; false", "a\n"),
        Command("echo denied", until="denied"),
        Command("echo granted; false", until="denied"),
    ],
)
def test_what_isn_t_so_fails(tmp_path: Path, step: Command) -> None:
    with Shell(tmp_path, os.environ) as shell, pytest.raises(AssertionError):
        shell.follow(step)
