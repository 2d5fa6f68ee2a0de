"""The cloud assembly of all stacks under tests/cdk/stacks, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assembly import synthesised
from tests.cdk.synthesis import Template, write_project


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project") / "cdk-stacks"
    folder.mkdir()
    write_project(folder)
    return synthesised(folder)


@pytest.fixture
def direct(assembly: Path) -> Template:
    return Template(assembly / "DirectMessaging.template.json")


@pytest.fixture
def topics(assembly: Path) -> Template:
    return Template(assembly / "FanMessaging.template.json")


@pytest.fixture
def buses(assembly: Path) -> Template:
    return Template(assembly / "EventsMessaging.template.json")


@pytest.fixture
def many(assembly: Path) -> Template:
    return Template(assembly / "ManyMessaging.template.json")


@pytest.fixture
def signals(assembly: Path) -> Template:
    return Template(assembly / "SignalsMessaging.template.json")
