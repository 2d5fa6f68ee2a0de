"""One module for all environments says in each of them what a module for it alone would say."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.emit.cdk import emit_stack
from msgc.links.model import Links
from msgc.pipeline.check import analyse
from msgc.stack import plan
from tests.assembly import ROOT
from tests.cdk.specialised import methods
from tests.cdk.synthesis import in_each
from tests.files import dumped, messaging
from tests.services import MESSAGES, PLACES, Draw, Part, services, text

CASE = ROOT / "tests/cases/ok/environments/messaging.yaml"


def says_the_same(variants: tuple[Links, ...]) -> None:
    whole = emit_stack(variants)[0].text
    for links in variants:
        environment = links.topology.environment
        assert environment is not None
        alone = emit_stack((links,))[0].text
        here = methods(whole, environment.name, environment.in_names)
        assert here == methods(alone, environment.name, environment.in_names)


def test_the_case() -> None:
    says_the_same(in_each(CASE))


def test_a_difference_is_seen() -> None:
    whole = emit_stack(in_each(CASE))[0].text
    wrong = whole.replace('"prod": Duration.minutes(6)', '"prod": Duration.minutes(7)')
    assert wrong != whole
    assert methods(wrong, "prod", "") != methods(whole, "prod", "")
    assert methods(wrong, "dev", "dev") == methods(whole, "dev", "dev")


def overlay(document: dict[str, Any], draw: Any) -> dict[str, Any]:
    """Return settings of an environment for whatever a service has."""
    found: dict[str, Any] = {}
    for name, queue in document.get("queues", {}).items():
        if "import" not in (queue or {}) and draw(st.booleans()):
            found.setdefault("queues", {})[name] = {
                "retention": draw(st.sampled_from(["2d", "9d"]))
            }
    for name, edge in document.get("subscriptions", {}).items():
        to, origin = edge.get("to", {}), edge["from"]
        if isinstance(to, dict) and "email" in to and draw(st.booleans()):
            found.setdefault("subscriptions", {})[name] = {"to": {"email": "x@example.com"}}
        elif "topic" in origin and draw(st.booleans()):
            found.setdefault("subscriptions", {})[name] = {"enabled": False}
    for name, consumer in document.get("consumers", {}).items():
        function = consumer.get("function")
        if isinstance(function, dict) and "code" in function and draw(st.booleans()):
            found.setdefault("consumers", {})[name] = {"function": {"memory": 1024}}
    return found


@st.composite
def overlaid(draw: Draw) -> str:
    """Draw a service with three environments."""
    parts: list[Part] = draw(services())
    document = yaml.safe_load(text([*MESSAGES, *PLACES, *parts]))
    document["environments"] = {
        "dev": overlay(document, draw),
        "test": {},
        "prod": {"names": "plain", **overlay(document, draw)},
    }
    return dumped(document)


@settings(max_examples=40, deadline=None)
@given(overlaid())
def test_drawn_services(written: str) -> None:
    outcome = analyse("messaging.yaml", messaging(written))
    if not outcome.ok:  # a name that is set outright, in several environments
        codes = {d.code.name for d in outcome.diagnostics if d.is_error}
        assert codes <= {"environments-clash"}, [d.message for d in outcome.diagnostics]
        return
    assert outcome.value is not None
    variants = outcome.value.variants
    says_the_same(variants)
    existing = [{each.path for each in plan(v.topology, v).resources} for v in variants]
    optional = tuple({s.construct_id for v in variants for s in v.sns_subscriptions} | {"\0"})
    without = [{path for path in one if not path[0].startswith(optional)} for one in existing]
    assert without[0] == without[1] == without[2]


@pytest.mark.parametrize("argument", ["alerts"])
def test_what_some_environments_need_is_an_argument_that_may_be_missing(argument: str) -> None:
    module = emit_stack(in_each(CASE))[0].text
    assert f"{argument}: str | None = None" in module
    assert f'self.given("{argument}", {argument}, ["test"])' in module
