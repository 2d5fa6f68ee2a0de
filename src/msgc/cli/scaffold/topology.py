"""The messaging.yaml of a new project: one queue, a function that reads it, tests."""

from __future__ import annotations

MESSAGE = "OrderPlaced"
CONSUMER = "order-handler"
HANDLER = "lambdas/order_handler/app.py"

MESSAGING = """\
# yaml-language-server: $schema=messaging.schema.json
version: 1
service: {service}

build:
{build}

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
  order-handler:                # the stack makes its AWS Lambda function from this folder
    from: {{queue: orders}}
    function: {{code: lambdas/order_handler}}

producers:
  shop:                         # whoever publishes; a managed policy with the grants is exported
    publishes: [{{queue: orders}}]

tests:                          # run by `msgc test` and `msgc validate`
  - name: orders are handled
    publish: {{queue: orders, message: OrderPlaced, example: 0}}
    reaches: [consumer/order-handler]

# For more than one account: the same service in each, with what differs. `environment=` is then an
# argument of the stack in app.py; without app.py, `msgc init` writes one that makes both.
# environments:
#   dev: {{}}
#   prod: {{account: "111122223333", region: eu-west-1, queues: {{orders: {{retention: 14d}}}}}}
"""
