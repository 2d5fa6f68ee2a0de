"""Every file that `msgc init` writes, in the order in which it tells of them."""

from __future__ import annotations

from msgc.cli.scaffold import python, settings
from msgc.cli.scaffold.cdk_app import CDK_JSON, cdk_app, wanted_in_an_app
from msgc.cli.scaffold.project import Project
from msgc.cli.scaffold.topology import MESSAGING
from msgc.record import Record


class File(Record):
    """A file to write where there is none."""

    path: str
    text: str
    lacking: str = ""
    """What to tell of if the file exists and doesn't have `known` in it; nothing says nothing."""
    known: tuple[str, ...] = ()
    """Words that show that an existing file has what it needs."""


def fresh(project: Project, version: str, schema: str) -> tuple[File, ...]:
    """Return the files of a new project."""
    build = "\n".join(f"  {key}: {path}" for key, path in project.build.written.items())
    text = MESSAGING.format(service=project.service, build=build)
    (handler,) = project.handlers
    test = File(path=f"tests/test_{handler.module}.py", text=python.unit_test(project, handler))
    return (File(path="messaging.yaml", text=text), test, *beside(project, version, schema))


def beside(project: Project, version: str, schema: str) -> tuple[File, ...]:
    """Return the files around a messaging.yaml that exists."""
    attributes = settings.attributes(project)
    hooks = settings.pre_commit(version)
    return (
        File(path="messaging.schema.json", text=schema),
        *(File(path=h.path, text=python.handler(project, h)) for h in project.handlers),
        File(
            path="app.py",
            text=cdk_app(project),
            lacking=wanted_in_an_app(project),
            known=(project.construct,),
        ),
        File(path="cdk.json", text=CDK_JSON),
        File(
            path="pyproject.toml",
            text=settings.pyproject(project, version),
            lacking=settings.PYTEST.format(sources=project.sources),
            known=("pythonpath",),
        ),
        File(
            path="tests/conftest.py",
            text=python.conftest(project),
            lacking=f'pytest_plugins = ["{project.package}.testing.fixtures"]\n',
            known=(f"{project.package}.testing.fixtures",),
        ),
        File(
            path=".gitattributes",
            text=attributes,
            lacking=attributes,
            known=tuple(f"{folder}/" for folder in project.generated),
        ),
        File(path=".gitignore", text=settings.IGNORED, lacking="cdk.out/\n", known=("cdk.out",)),
        File(
            path=".pre-commit-config.yaml",
            text=hooks,
            lacking=hooks.removeprefix("repos:\n"),
            known=("msgc-validate", "msgc-build-check"),
        ),
    )
