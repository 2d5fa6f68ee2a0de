"""Which files of a repository are services, and which are copies, however they are written."""

from __future__ import annotations

import pytest

from msgc.workspace.members import copies, members
from tests.files import Memory


def services(text: str | bytes) -> dict[str, list[str]]:
    return members("b/messaging.yaml", Memory({"a/messaging.yaml": text})).services


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nservice: shop\n",
        "# yaml-language-server: $schema=x.json\n---\nversion: '1'\n\nservice: 'shop' # ours\n",
        'owner: a@example.com\nservice: "shop"',
        b"\xef\xbb\xbfversion: 1\r\nservice: shop\r\n",
        '"service": shop\n',
        "'service': shop\n",
        "service : shop\n",
        "service:\n  shop\n",
        "service: &name shop\nsource: *name\n",
        "x-name: &name shop\nservice: *name\n",
        "service: !!str shop\n",
        "? service\n: shop\n",
        '{"version": 1, "service": "shop"}',
        "# flow\n{version: 1,\n service: shop}",
        "--- {service: shop}\n",
        "{messages: {A: {description: 'service: depot'}}, service: shop}",
        "{x-one: {service: depot}, service: shop}",
        'description: "of old\nservice: depot"\nservice: shop\n',
        "description: 'of old\nservice: depot'\nservice: shop\n",
        "x-list: [a,\nservice: depot]\nservice: shop\n",
        "description: |\n  service: depot\nservice: shop\n",
        "description: of old\n  service\nservice: shop\n",
        '"s\\u0065rvice": shop\n',
        'service: "sh\\u006fp"\n',
        "messages: {A: {}}\nservice: shop\n",
        "version: 1\nservice: shop\nmessages: {A: {\n",
        "messages: {A: {\nservice: shop\n",
        "{version: 1, service: shop",
    ],
)
def test_the_name_is_found(text: str | bytes) -> None:
    assert services(text) == {"shop": ["a/messaging.yaml"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version: 1\n",
        "# service: shop\n",
        "description: |\n  x\n  service: shop\n",
        "messages:\n  service: shop\n",
        "service:\nversion: 1\n",
        "service: [shop]\n",
        "[service]\n",
        b"\xff\xfe",
    ],
)
def test_a_file_without_a_name(text: str | bytes) -> None:
    assert services(text) == {}


@pytest.mark.parametrize(
    "importing",
    [
        "messages: {A: {import: {file: vendor/x/messaging.yaml}}}",
        'messages: {A: {"import": {"file": "vendor/x/messaging.yaml"}}}',
        "messages: {A: {import: {file: ./vendor//x/messaging.yaml}}}",
        "messages:\n  A:\n    import:\n      file:\n        vendor/x/messaging.yaml\n",
        "x-copy: &copy {file: vendor/x/messaging.yaml}\nmessages: {A: {import: *copy}}",
        "include: [parts/a.yaml]",
        "include: ['parts/*.yaml']",
    ],
)
def test_a_copy_is_found(importing: str) -> None:
    files = {
        "shop/messaging.yaml": f"version: 1\nservice: shop\n{importing}\n",
        "shop/vendor/x/messaging.yaml": "version: 1\nservice: x\n",
        "shop/parts/a.yaml": "messages: {A: {import: {file: ../vendor/x/messaging.yaml}}}\n",
        "y/messaging.yaml": "version: 1\nservice: y\n",
    }
    found = members("y/messaging.yaml", Memory(files))
    assert found.copies == {"shop/vendor/x/messaging.yaml"}
    assert found.services == {"shop": ["shop/messaging.yaml"], "y": ["y/messaging.yaml"]}


@pytest.mark.parametrize(
    "importing",
    [
        "# import: {file: vendor/x/messaging.yaml}",
        "description: 'import: {file: vendor/x/messaging.yaml}'",
        "messages: {A: {description: 'import: {file: vendor/x/messaging.yaml}'}}",
        "messages: {A: {import: {file: ../y/messaging.yaml}}}",
        "messages: {A: {import: {file: messaging.yaml}}}",
    ],
)
def test_no_copy(importing: str) -> None:
    files = {
        "shop/messaging.yaml": f"version: 1\nservice: shop\n{importing}\n",
        "shop/vendor/x/messaging.yaml": "version: 1\nservice: x\n",
        "y/messaging.yaml": "version: 1\nservice: y\n",
    }
    assert copies(files, Memory(files)) == frozenset()
