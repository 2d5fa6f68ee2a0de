"""Derive Python names, environment variables and AWS names from the names in the file.

Both emitters and the checks ask here, so that a logical id, an environment variable and a Python
name are the same wherever they stand.
"""

from __future__ import annotations

import re
from binascii import crc32
from functools import cache
from keyword import iskeyword

from msgc.kinds import Kind
from msgc.payloads.identifiers import humps


@cache
def pascal(name: str) -> str:
    """`big-orders` → `BigOrders`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))


@cache  # asked for again and again, in services of thousands of names
def snake(name: str) -> str:
    """`big-orders`, `BigOrders` → `big_orders`; a Python keyword gets an underscore."""
    word = re.sub(r"[^A-Za-z0-9]+", "_", humps(name, "_")).lower()
    return f"{word}_" if iskeyword(word) else word


def host(url: str) -> str:
    """The host of a URL; the empty text for what is none."""
    found = url.partition("://")[2]
    for end in "/?#:":
        found = found.partition(end)[0]
    return found


def digest(text: str) -> str:
    """Eight characters that stand for a text, the same in every run."""
    return f"{crc32(text.encode()):08X}"


def upper(name: str) -> str:
    """`big-orders` → `BIG_ORDERS`."""
    return snake(name).rstrip("_").upper()


def poll(consumer: str) -> str:
    """The key of an edge from a queue, which has no name of its own: `consumer/invoicing`."""
    return f"consumer/{consumer}"


def target(subscription: str, index: int) -> str:
    """The key of the edge to one of several targets: `fan-out`, `fan-out/1`, `fan-out/2`."""
    return f"{subscription}/{index}" if index else subscription


def physical(service: str, name: str, *, suffix: str = "", fifo: bool = False) -> str:
    """The name in AWS: `checkout-orders`, `checkout-orders.fifo`; with `-dev` of an environment."""
    return f"{service}-{name}{suffix}" + (".fifo" if fifo else "")


def environment_variable(service: str, kind: Kind, name: str) -> str:
    """The variable that carries an address: `CHECKOUT_ORDERS_TOPIC_ARN`; a queue's is its URL."""
    address = "URL" if kind.has_url else "ARN"
    return f"{upper(service)}_{upper(name)}_{kind.word.upper()}_{address}"


def claim_table(service: str, argument: str | None, *, suffix: str = "") -> str:
    """The name of the table of what was handled; of one that is handed over, its argument's."""
    return physical(service, "idempotency", suffix=suffix) if argument is None else argument


def claim_variable(service: str, argument: str | None) -> str:
    """The variable that has the table's name: `CHECKOUT_IDEMPOTENCY_TABLE`."""
    return f"{upper(service)}_{upper(argument or 'idempotency')}_TABLE"


def payload_bucket(service: str, *, suffix: str = "") -> str:
    """What the name of the bucket of large messages begins with: `checkout-payloads-prod`."""
    return physical(service, "payloads", suffix=suffix)


def payload_variable(service: str) -> str:
    """The variable that has the bucket's name: `CHECKOUT_PAYLOADS_BUCKET`."""
    return f"{upper(service)}_PAYLOADS_BUCKET"


def parameter(service: str, kind: Kind, name: str, *, root: str = "") -> str:
    """The Systems Manager parameter that has the ARN: `/checkout/messaging/topics/orders`.

    `root` is what those of an environment begin with: `/dev`.
    """
    return f"{root}/{service}/messaging/{kind.section}/{name}"


def policy_parameter(service: str, publisher: str, *, root: str = "") -> str:
    """The parameter that has the ARN of a managed policy: `/checkout/messaging/policies/shop`."""
    return f"{root}/{service}/messaging/policies/{publisher}"
