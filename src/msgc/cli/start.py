"""What `msgc init` writes: a topology of one queue, and the settings around it."""

from __future__ import annotations

import re

MESSAGING = """\
# yaml-language-server: $schema=messaging.schema.json
version: 1
service: {service}

build:
  stack: infra/{package}_messaging_stack.py
  stubs: src/{package}_messaging

messages:
  OrderPlaced:
    description: A customer placed an order.
    schema:
      type: object
      required: [order_id, total]
      properties:
        order_id: {{type: string, minLength: 1}}
        total: {{type: number, minimum: 0}}
      additionalProperties: false
    examples:
      - {{order_id: o-1, total: 12.5}}

queues:
  orders:                       # encrypted, TLS only, with a dead-letter queue `orders-dlq`
    messages: [OrderPlaced]

consumers:
  order-handler:                # its AWS Lambda function is handed to the generated construct
    from: {{queue: orders}}
    function: provided

producers:
  shop:                         # whoever publishes; a managed policy with the grants is exported
    publishes: [{{queue: orders}}]

tests:                          # run by `msgc test` and `msgc validate`
  - name: orders are handled
    publish: {{queue: orders, message: OrderPlaced, example: 0}}
    reaches: [consumer/order-handler]
"""

ATTRIBUTES = """\
messaging.schema.json text eol=lf linguist-generated
infra/{package}_messaging_stack.py text eol=lf linguist-generated
src/{package}_messaging/** text eol=lf linguist-generated
"""


def pre_commit(version: str) -> str:
    """Return hooks for a .pre-commit-config.yaml, below `repos:`."""
    return f"""\
  - repo: local
    hooks:
      - id: msgc-validate
        name: msgc validate
        entry: msgc validate
        language: python
        additional_dependencies: [msgc=={version}]
        files: (^|/)messaging\\.yaml$
      - id: msgc-build-check
        name: msgc build --check
        entry: msgc build --check
        language: python
        additional_dependencies: [msgc=={version}]
        pass_filenames: false
        files: \\.(ya?ml|json|py)$
"""


def service_name(text: str) -> str:
    """Return the nearest name that the language takes: kebab-case, a letter first."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "service"
    return name if name[0].isalpha() else f"my-{name}"
