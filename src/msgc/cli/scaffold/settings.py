"""The settings files of a new project: git, pre-commit, and tools in pyproject.toml."""

from __future__ import annotations

from msgc.cli.scaffold.project import Project

IGNORED = """\
__pycache__/
*.egg-info/
.venv/
cdk.out/
"""


def attributes(project: Project) -> str:
    """Return a .gitattributes: LF everywhere, and generated files folded in reviews.

    But for the inventory: what an edit gives up is what a review is for.
    """
    generated = ("messaging.schema.json", *(f"{folder}/**" for folder in project.generated))
    folded = (f"{_pattern(path)} text eol=lf linguist-generated\n" for path in generated)
    return "".join(("messaging.inventory text eol=lf\n", *folded))


def _pattern(path: str) -> str:
    """Return a path as git's attributes have it: in quotes if there is a space in it."""
    return f'"{path}"' if " " in path else path


def pre_commit(version: str) -> str:
    """Return a .pre-commit-config.yaml."""
    return f"""\
repos:
  - repo: local
    hooks:
      - id: msgc-validate
        name: msgc validate
        entry: msgc validate
        language: python
        additional_dependencies: [msgc=={version}]
        files: (^|/)messaging\\.ya?ml$
      - id: msgc-build-check
        name: msgc build --check
        entry: msgc build --check
        language: python
        additional_dependencies: [msgc=={version}]
        pass_filenames: false
        files: \\.(ya?ml|json|py|inventory)$
"""


def pyproject(project: Project, version: str) -> str:
    """Return a pyproject.toml with which `pytest`, `mypy` and `pip install -e .` find the package.

    Packages are looked for in the folder of the generated one alone; `tests`, `infra` and `lambdas`
    are none.
    """
    return f"""\
[project]
name = "{project.service}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["boto3"]  # what publishers send with; AWS Lambda has it

[dependency-groups]
dev = ["msgc[cdk]=={version}", "pytest"]

[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
where = ["{project.sources}"]
include = ["{project.package}*"]

{PYTEST.format(sources=project.sources)}
[tool.mypy]
strict = true
mypy_path = "{project.sources}"
explicit_package_bases = true  # there is an app.py in more than one folder
exclude = ['(^|/)cdk\\.out/']  # what was synthesised has the package in it, too
"""


PYTEST = """\
[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["{sources}", "."]  # the generated package, and lambdas/
"""
