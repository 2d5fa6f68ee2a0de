"""Where the kit lets an environment be deployed, and what it asks the app for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assembly import ROOT, cdk_environment

APP = """\
import sys

sys.path.insert(0, {folder!r})
import kit
from aws_cdk import App, Environment, Stack


class Ours(kit.Messaging):
    prefix, service = "Ours", "ours"
    homes = {{"prod": kit.Home(account="111122223333", region="eu-west-1")}}


def told(environment, env, mail="a@example.com"):
    app = App()
    try:
        ours = Ours(Stack(app, "S", env=env), "M", environment)
        ours.given("mail", mail, ["prod"])
    except ValueError as error:
        return str(error)
    return " / ".join(entry.data for entry in ours.node.metadata) or "nothing"


home = Ours.home("prod")
print(home.account, home.region, Ours.home("dev"))
print(told("prod", home))
print(told("prod", Environment(account="444455556666", region="eu-west-1")))
print(told("prod", Environment(account="111122223333", region="eu-west-3")))
print(told("prod", None))
print(told("dev", None, None))
print(told("prod", home, None))

app = App()
stack = Stack(app, "A")
first, second = Ours(stack, "M", "dev"), Ours(Stack(app, "B"), "M", "dev")
second.deploy_after(first)
second.deploy_after(None)
Ours(stack, "Other", "dev").deploy_after(first)
print([each.node.id for each in Stack.of(second).dependencies], len(stack.dependencies))
try:
    Ours(Stack(app, "C", env=Environment(region="eu-west-3")), "M", "dev").deploy_after(first)
except ValueError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("homes")
    shutil.copytree(ROOT / "src/msgc/kit", folder / "kit")
    app = folder / "app.py"
    app.write_text(APP.format(folder=str(folder)))
    done = subprocess.run(
        [sys.executable, "-P", app],
        env=cdk_environment(folder / "cdk.out", validated=False),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_an_environment_has_a_home_if_the_file_says_one(said: list[str]) -> None:
    assert said[:2] == ["111122223333 eu-west-1 None", "nothing"]


def test_elsewhere_it_is_refused(said: list[str]) -> None:
    assert said[2] == (
        "ours in prod belongs to account 111122223333, and its stack is for 444455556666"
    )
    assert said[3] == "ours in prod belongs to Region eu-west-1, and its stack is for eu-west-3"


def test_where_the_app_leaves_it_open_it_warns(said: list[str]) -> None:
    open_ = "and the app doesn't say where its stack goes"
    account, region = said[4].split(" / ")
    assert account.startswith(f"ours in prod belongs to account 111122223333, {open_}")
    assert region.startswith(f"ours in prod belongs to Region eu-west-1, {open_}")


def test_what_an_environment_needs_must_be_given(said: list[str]) -> None:
    assert said[5:7] == ["nothing", "ours needs `mail` in prod"]


def test_another_stack_is_deployed_first_and_is_in_the_same_place(said: list[str]) -> None:
    assert said[7] == "['A'] 0"
    assert said[8] == (
        "A/M isn't in the environment, account and Region of C/M, which uses what it makes"
    )
