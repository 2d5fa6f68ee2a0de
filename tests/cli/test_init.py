from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from msgc.cli.scaffold import service_name
from tests.cli.conftest import GOOD, Msgc, environment, files

pytestmark = pytest.mark.once

ALL = {
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "app.py",
    "cdk.json",
    "lambdas/order_handler/app.py",
    "messaging.schema.json",
    "messaging.yaml",
    "pyproject.toml",
    "tests/conftest.py",
    "tests/test_order_handler.py",
}
AROUND = ALL - {"messaging.yaml", "lambdas/order_handler/app.py", "tests/test_order_handler.py"}


def pytest_says(folder: Path) -> str:
    """What pytest says in a folder, without this checkout on the path, or any plugin."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=environment(PYTHONPATH="", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()[-1].partition(" in ")[0]


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("shop", "shop"),
        ("my shop", "my-shop"),
        ("2nd", "my-2nd"),
        ("class", "class"),
        ("Bücher", "bucher"),
        ("注文", "service"),
        ("o'clock", "o-clock"),
        ("lambdas", "lambdas"),
        ("-x", "x"),
        ("a" * 120, "a" * 40),
    ],
)
def test_what_init_writes_builds_and_passes_its_test(
    msgc: Msgc, tmp_path: Path, name: str, service: str
) -> None:
    done = msgc("init", "--", name)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / name
    assert set(files(folder)) == ALL
    text = (folder / "messaging.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=messaging.schema.json\n")
    assert f"service: {service}\n" in text
    build = msgc("build", "--strict", cwd=folder)
    assert (build.returncode, build.stderr) == (0, "")
    assert (folder / f"src/{service.replace('-', '_')}_messaging/__init__.py").is_file()
    assert pytest_says(folder) == "1 passed"
    again = msgc("init", "--", name)
    assert again.stdout.startswith("nothing is missing\n")


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
@pytest.mark.parametrize("name", ["shop", "my shop", "it's", "-x", "a/b"])
def test_what_is_next_can_be_pasted(msgc: Msgc, tmp_path: Path, name: str) -> None:
    said = msgc("init", "--", name).stdout.splitlines()[-1]
    command = said.removeprefix("Next: ").replace("msgc build", f"'{sys.executable}' -m msgc build")
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / name / "infra").is_dir()


def test_here_there_is_nowhere_to_go(msgc: Msgc) -> None:
    assert msgc("init").stdout.endswith("\n\nNext: msgc build\n")


def test_the_schema_is_the_one_that_msgc_prints(msgc: Msgc, tmp_path: Path) -> None:
    msgc("init")
    printed = msgc("schema").stdout
    assert (tmp_path / "messaging.schema.json").read_text() == printed
    assert json.loads(printed)["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("name", sorted(ALL - {"messaging.yaml"}))
def test_init_overwrites_nothing(msgc: Msgc, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    done = msgc("init")
    assert done.returncode == 0
    assert path.read_text() == "mine"
    assert f"created   {name}" not in done.stdout
    assert "created   messaging.yaml" in done.stdout


def test_a_symbolic_link_that_leads_nowhere_is_no_gap(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    assert msgc("init").returncode == 0
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["messaging.yaml", "messaging.yml"])
def test_beside_a_file_of_ones_own_what_is_missing_is_written(
    msgc: Msgc, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(GOOD)
    done = msgc("init", "--", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(files(tmp_path)) == AROUND | {name}
    assert (tmp_path / name).read_text() == GOOD
    assert "from infra.shop_messaging_stack import" in (tmp_path / "app.py").read_text()
    (tmp_path / "cdk.json").unlink()
    assert msgc("init").stdout == "created   cdk.json\n\nNext: msgc build\n"


def test_what_a_file_says_of_paths_is_followed(msgc: Msgc, tmp_path: Path) -> None:
    build = "build: {stack: deploy-it/stack, stubs: python/lib/events}\n"
    (tmp_path / "messaging.yaml").write_text(GOOD + build)
    assert msgc("init").returncode == 0
    written = {name: content.decode() for name, content in files(tmp_path).items()}
    assert 'import_module("deploy-it.stack").ShopMessagingStack' in written["app.py"]
    assert 'pytest_plugins = ["events.testing.fixtures"]' in written["tests/conftest.py"]
    assert 'pythonpath = ["python/lib", "."]' in written["pyproject.toml"]
    assert "deploy-it/stack/** text eol=lf" in written[".gitattributes"]
    assert "python/lib/events/** text eol=lf" in written[".gitattributes"]


def test_a_handler_that_is_missing_is_written(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(
        GOOD.replace(", external: true", "")
        + """\
consumers:
  packer:
    from: {queue: orders}
    function: {code: functions/packing, handler: tools.entry.packer}
"""
    )
    done = msgc("init")
    assert "created   functions/packing/tools/entry.py\n" in done.stdout
    text = (tmp_path / "functions/packing/tools/entry.py").read_text()
    assert "from shop_messaging.consumers import packer as consumer\n" in text
    assert "def packer(message: consumer.Message, context: MessageContext) -> None:" in text
    assert msgc("build", "--strict").returncode == 0


def test_what_is_provided_is_found_by_arn(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(
        GOOD.replace("orders: {messages: [OrderPlaced], external: true}", "orders: {}")
        .replace("queues:", "queues:\n  jobs: {messages: [OrderPlaced]}")
        .replace("{queue: orders}]}", "{queue: jobs}], role: provided}")
        .replace("  orders: {}\n", "")
        + "consumers:\n  worker: {from: {queue: jobs}, function: provided}\n"
    )
    assert msgc("init").returncode == 0
    text = (tmp_path / "app.py").read_text()
    assert 'function_arn=arn("worker_function_arn"),' in text
    assert 'web_role = iam.Role.from_role_arn(self, "WebRole", arn("web_role_arn"))' in text


def test_there_is_a_stack_for_each_environment(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD + "environments: {dev: {}, test: , prod: {}}\n")
    assert msgc("init").returncode == 0
    text = (tmp_path / "app.py").read_text()
    assert 'ShopMessagingStack(app, "ShopMessaging-dev", environment="dev")\n' in text
    assert 'ShopMessagingStack(app, "ShopMessaging-test", environment="test")\n' in text
    assert 'ShopMessagingStack(app, "ShopMessaging-prod", environment="prod")\n' in text


def test_a_stack_that_was_deployed_keeps_its_name(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(
        GOOD + "environments: {dev: {}, prod: {names: plain}, live: {was: old}}\n"
    )
    (tmp_path / "app.py").write_text("import aws_cdk\n")
    said = msgc("init").stdout
    assert 'ShopMessagingStack(app, "ShopMessaging", environment="prod")\n' in said
    assert 'ShopMessagingStack(app, "ShopMessaging-old", environment="live")\n' in said


INPUTS = """\
inputs: {mail: {}, board: {}}
topics: {news: {messages: [OrderPlaced], external: publish}}
subscriptions:
  mail: {from: {topic: news}, to: {email: "${mail}"}}
  board: {from: {topic: news}, to: {email: "${board}"}}
environments: {dev: {}, prod: {inputs: {mail: ops@example.com}}}
"""


def test_inputs_come_from_the_context(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD + INPUTS)
    done = msgc("init")
    assert done.returncode == 0, done.stdout
    text = (tmp_path / "app.py").read_text()
    assert 'Shop(app, "Shop-dev", environment="dev")\n' in text
    assert "super().__init__(scope, construct_id, env=ShopMessaging.home(environment))" in text
    assert 'mail = self.node.try_get_context("mail")\n' in text  # prod does without
    assert 'board = self.node.get_context("board")\n' in text
    assert "arn = " not in text
    compile(text, "app.py", "exec")


def test_a_file_with_errors_comes_first(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD + "quues: {}\n")
    done = msgc("init")
    assert done.returncode == 1
    assert "messaging.yaml:10:1: error[" in done.stderr
    assert done.stderr.endswith("nothing was written: mend the file first\n")
    assert set(files(tmp_path)) == {"messaging.yaml"}


def test_a_schema_from_elsewhere_is_enough(msgc: Msgc, tmp_path: Path) -> None:
    modeline = "# yaml-language-server: $schema=../schemas/messaging.schema.json\n"
    (tmp_path / "messaging.yaml").write_text(modeline + GOOD)
    assert msgc("init").returncode == 0
    assert set(files(tmp_path)) == AROUND - {"messaging.schema.json"} | {"messaging.yaml"}


def test_the_service_of_a_file_is_in_the_file(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "messaging.yaml").write_text(GOOD)
    done = msgc("init", "--service", "other")
    assert done.returncode == 2
    assert "names the service itself" in done.stderr


def test_init_leaves_settings_alone_and_says_what_to_add(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\n')
    (tmp_path / ".gitignore").write_text("cdk.out/\n")
    done = msgc("init")
    assert done.returncode == 0
    assert ".pre-commit-config.yaml exists already; add to it:" in done.stdout
    assert "id: msgc-validate" in done.stdout
    assert "\n\npyproject.toml exists already; add to it:\n\n    [tool.pytest" in done.stdout
    assert ".gitignore exists already" not in done.stdout
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_hooks_belong_to_the_top_of_a_repository(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = msgc("init", "services/shop")
    assert not (tmp_path / "services/shop/.pre-commit-config.yaml").exists()
    assert "\n.pre-commit-config.yaml is where pre-commit looks; add to it:\n" in done.stdout
    msgc("init", ".", "--service", "top").check_returncode()
    assert (tmp_path / ".pre-commit-config.yaml").is_file()
    assert msgc("init", "services/shop").stdout.startswith("nothing is missing\n")


def test_an_app_of_ones_own_is_left_the_only_one(msgc: Msgc, tmp_path: Path) -> None:
    """What `cdk.json` names is the app; and an `app.py` without the CDK isn't for `cdk.json`."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/cdk.json").write_text('{"app": "python deploy/main.py"}\n')
    done = msgc("init", "a", "--service", "shop")
    assert not (tmp_path / "a/app.py").exists()
    assert "a/cdk.json names the app; add to it:" in done.stdout
    assert '    ShopMessagingStack(app, "ShopMessaging")\n' in done.stdout
    (tmp_path / "b").mkdir()
    (tmp_path / "b/app.py").write_text("import flask\n")
    done = msgc("init", "b", "--service", "shop")
    assert not (tmp_path / "b/cdk.json").exists()
    assert "b/app.py exists already; add to it:" in done.stdout


def test_a_folder_that_takes_nothing(msgc: Msgc, tmp_path: Path) -> None:
    (tmp_path / "tests").write_text("a file")
    done = msgc("init")
    assert done.returncode == 1
    assert done.stderr.endswith("; nothing was written\n")
    assert files(tmp_path) == {"tests": b"a file"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shop", "shop"),
        ("My Shop_2", "my-shop-2"),
        ("2nd", "my-2nd"),
        ("--", "service"),
        ("Straße", "strasse"),
        ("x" * 39 + "-yz", "x" * 39),
    ],
)
def test_the_name_of_the_service(text: str, name: str) -> None:
    assert service_name(text) == name
