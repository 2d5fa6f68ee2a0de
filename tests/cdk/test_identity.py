"""Logical ids, physical names and policies: from service, kind and name, and from nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from msgc.emit.outputs import STUBS
from msgc.stack import plan
from msgc.synth.provided import provided
from msgc.topology import names
from tests.assembly import cdk_environment, synthesised
from tests.cdk.given import write_given
from tests.cdk.synthesis import GIVE, STACKS, built, write_handlers, write_stack

APP = """\
import json
from pathlib import Path

from aws_cdk import App, Stack, Stage
from aws_cdk import aws_lambda as lambda_
from constructs import Construct
from give import give

app = App(context={"@aws-cdk/core:stackResourceLimit": 0})  # all of them stand in one, too
everywhere, services = json.loads(Path("services.json").read_text())


def add(service, stack, scope):
    module, construct, given = services[service]
    code, found = lambda_.Code.from_inline("handler = print"), __import__(module)
    arguments = {
        name: give(stack, f"{service}-{name}", kind, code, module) for name, kind in given.items()
    }
    getattr(found, construct)(scope, f"The{service}", **arguments)


for service in services:
    alone = Stack(app, f"alone-{service}")
    add(service, alone, alone)

stage = Stage(app, "Production")
together = Stack(app, "together")
for service in services if everywhere else ():
    staged = Stack(stage, f"staged-{service}")
    add(service, staged, staged)
    nesting = Stack(app, f"nested-{service}")
    add(service, nesting, Construct(Construct(nesting, "Outer"), "Inner"))
    add(service, together, together)
app.synth()
"""

Resources = dict[str, dict[str, Any]]


def write(folder: Path, files: dict[str, Path], *, everywhere: bool) -> None:
    """Write an app that stands the constructs of all files in four surroundings, or just alone."""
    services = {}
    for path in files.values():
        topology, links = built(path)
        module = f"{topology.service.replace('-', '_')}_stack"
        build = topology.build.replace(written={"stack": module})
        write_stack(folder, topology.replace(build=build), links)
        write_handlers(folder, build.path(STUBS))
        construct = f"{names.pascal(topology.service)}Messaging"
        services[topology.service] = (module, construct, provided(plan(topology, links)))
    (folder / "services.json").write_text(json.dumps([everywhere, services]))
    (folder / "give.py").write_text(GIVE)
    write_given(folder)
    (folder / "app.py").write_text(APP)


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identity") / "surroundings"
    folder.mkdir()
    write(folder, {path.stem: path for path in STACKS.glob("*.yaml")}, everywhere=True)
    return synthesised(folder, validated=False)


def ours(template: Path, ids: set[str]) -> Resources:
    """The resources of a service, without what says where CDK has made them."""
    found: Resources = json.loads(template.read_text())["Resources"]
    return {key: found[key] for key in found if key in ids}


def template(assembly: Path, kind: str, service: str) -> Path:
    (found,) = assembly.rglob(f"*{kind}*{service}*.template.json")
    return found


@pytest.mark.parametrize("path", sorted(STACKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_same_wherever_it_stands(surroundings: Path, path: Path) -> None:
    topology, links = built(path)
    stack = plan(topology, links)
    predicted = {stack.logical_id(each): each.type for each in stack.resources}
    alone = ours(template(surroundings, "alone", topology.service), set(predicted))
    assert {key: each["Type"] for key, each in alone.items()} == predicted
    for kind in ("staged", "nested"):
        assert ours(template(surroundings, kind, topology.service), set(predicted)) == alone
    assert ours(surroundings / "together.template.json", set(predicted)) == alone


def test_nothing_but_what_is_predicted_is_made(surroundings: Path) -> None:
    for path in STACKS.glob("*.yaml"):
        topology, links = built(path)
        stack = plan(topology, links)
        predicted = {stack.logical_id(each) for each in stack.resources}
        given = {name.replace("_", "") for name in provided(stack)}
        found = json.loads(template(surroundings, "nested", topology.service).read_text())
        others = [
            key
            for key in set(found["Resources"]) - predicted
            if not key.startswith(tuple(f"{topology.service}{name}" for name in given) or ("-",))
        ]
        assert others == []


def test_services_that_import_one_parameter_share_it(surroundings: Path) -> None:
    parameters = json.loads((surroundings / "together.template.json").read_text())["Parameters"]
    paths = [each["Default"] for each in parameters.values()]
    assert len(paths) == len(set(paths))
    assert "/other/topics/found" in paths


def changed(path: Path, folder: Path, change: Any) -> Path:
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    written = folder / path.name
    written.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    return written


def add_more(content: dict[str, Any]) -> None:
    """Add a flow of its own, in front of everything and behind it."""
    schema = {"type": "object", "properties": {"id": {"type": "string"}}}
    content["messages"] = {"Extra": {"schema": schema}} | content["messages"]
    for name in ("a-first", "z-last"):
        own = {"messages": ["Extra"], "dead_letter": False, "external": True}
        for kind, entry in (("queues", own), ("topics", {"messages": ["Extra"]})):
            entries = content.get(kind, {})
            pair = {name: entry}
            content[kind] = pair | entries if name == "a-first" else entries | pair
        edge = {"from": {"topic": name}, "to": {"queue": name}, "dead_letter": False}
        content["subscriptions"] = {f"{name}-edge": edge} | content.get("subscriptions", {})
        consumer = {
            "from": {"queue": name},
            "function": {"code": "lambdas/worker"},
            "publishes": [{"topic": name}],
        }
        content["consumers"] = {name: consumer} | content.get("consumers", {})


def turn_round(content: dict[str, Any]) -> None:
    """Write every section, and everybody's edges, in the opposite order."""
    for kind in ("messages", "queues", "topics", "buses", "subscriptions", "consumers"):
        content[kind] = dict(reversed(content.get(kind, {}).items()))
    content["producers"] = dict(reversed(content.get("producers", {}).items()))
    for kind in ("consumers", "producers"):
        for entry in content[kind].values():
            if "publishes" in entry:
                entry["publishes"].reverse()


@pytest.mark.parametrize("change", [add_more, turn_round])
def test_an_edit_elsewhere_changes_nothing(surroundings: Path, tmp_path: Path, change: Any) -> None:
    folder, project = tmp_path / "files", tmp_path / f"edited-{change.__name__}"
    folder.mkdir()
    project.mkdir()
    files = {path.stem: changed(path, folder, change) for path in STACKS.glob("*.yaml")}
    write(project, files, everywhere=False)
    assembly = synthesised(project, validated=False)
    for path in STACKS.glob("*.yaml"):
        topology, links = built(path)
        stack = plan(topology, links)
        ids = {stack.logical_id(each) for each in stack.resources}
        before = ours(template(surroundings, "alone", topology.service), ids)
        after = ours(template(assembly, "alone", topology.service), ids)
        assert after == before


def test_services_whose_ids_would_meet_are_refused(tmp_path: Path) -> None:
    """`shop-eu` with a queue `orders`, and `shop` with a queue `eu-orders`."""
    text = """\
version: 1
service: {service}
messages: {{A: {{schema: {{type: object}}}}}}
queues: {{{queue}: {{messages: [A], external: true}}}}
producers: {{web: {{publishes: [{{queue: {queue}}}]}}}}
"""
    files = {}
    for service, queue in (("shop", "eu-orders"), ("shop-eu", "orders")):
        path = files[service] = tmp_path / f"{service}.yaml"
        path.write_text(text.format(service=service, queue=queue))
    write(tmp_path, files, everywhere=True)
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=tmp_path,
        env=cdk_environment(tmp_path / "cdk.out", validated=False),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "section 'Resources' already contains 'ShopEuOrders" in done.stderr
