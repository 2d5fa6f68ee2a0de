"""The app that `msgc init` writes beside a file with several stacks."""

from __future__ import annotations

from msgc.cli.scaffold.cdk_app import cdk_app, wanted_in_an_app
from msgc.cli.scaffold.project import Project, project_of
from msgc.pipeline.check import analyse
from tests.files import Memory

SHOP = """\
version: 1
service: shop
messages:
  Placed: {schema: {type: object, required: [id], properties: {id: {type: string}}}}
topics: {placed: {messages: [Placed]}}
queues: {bills: {external: subscribe}}
subscriptions: {to-bills: {from: {topic: placed}, to: {queue: bills}}}
producers: {web: {publishes: [{topic: placed}]}}
stacks: {billing: {queues: [bills]}}
"""


def project(text: str) -> Project:
    found = analyse("messaging.yaml", Memory({"messaging.yaml": text})).value
    assert found is not None
    return project_of(found.variants)


def test_each_stack_comes_after_those_that_it_uses() -> None:
    app = cdk_app(project(SHOP))
    assert app.endswith("""
app = cdk.App()
main = ShopMessagingStack(app, "ShopMessaging")
ShopBillingMessagingStack(app, "ShopBillingMessaging", main_messaging=main.messaging)
app.synth()
""")
    assert (
        "from infra.shop_messaging_stack import ShopBillingMessagingStack, ShopMessagingStack"
        in (app)
    )


def test_what_is_provided_is_found_in_its_own_stack() -> None:
    provided = SHOP.replace("[bills]}}", "[bills], consumers: [fraud]}}") + (
        "consumers: {fraud: {from: {topic: placed}, function: provided}}\n"
    )
    app = cdk_app(project(provided))
    compile(app, "app.py", "exec")
    assert "class ShopBilling(cdk.Stack):" in app
    assert "main_messaging: ShopMessaging" in app
    assert 'ShopBilling(app, "ShopBilling", main_messaging=main.messaging)' in app


def test_an_app_that_is_there_lacks_the_stacks() -> None:
    wanted = wanted_in_an_app(project(SHOP))
    assert "ShopBillingMessagingStack(app," in wanted
