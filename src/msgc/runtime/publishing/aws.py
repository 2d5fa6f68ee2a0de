"""boto3's clients, made on first use, and the addresses of places."""

from __future__ import annotations

import os
import re
from _thread import allocate_lock  # not all of threading, for a cold start
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .protocols import SsmClient


_REGION = "([a-z]+(?:-[a-z]+)+-[0-9]+)"
_HOST = rf"https?://(?:(?:[^/]*\.)?sqs(?:-fips)?\.{_REGION}\.|{_REGION}\.queue\.)"
"""Of a queue: also by FIPS, through a VPC endpoint, and as it was until 2014."""


class _Clients:
    """boto3's clients by process, service and Region; its own session isn't made for threads."""

    def __init__(self) -> None:
        self.made: dict[tuple[int, str, str | None], Any] = {}
        self.lock = allocate_lock()

    def unlock(self) -> None:
        """Forget, in a process just forked, that a thread of its parent was making a client."""
        self.lock = allocate_lock()


_CLIENTS = _Clients()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_CLIENTS.unlock)


def client(service: str, region: str | None = None) -> Any:
    """Return boto3's client of a service and Region: one a process, which threads may share.

    A process that was forked makes its own: the parent's connections are the parent's. Without a
    Region it is boto3's default one.
    """
    key = (os.getpid(), service, region)
    made = _CLIENTS.made.get(key)
    if made is None:
        with _CLIENTS.lock:
            made = _CLIENTS.made.get(key)
            if made is None:
                options = {"region_name": region} if region else {}
                made = import_module("boto3").client(service, **options)
                _CLIENTS.made[key] = made
                # Whoever asks for this Region by its name gets the same.
                _CLIENTS.made.setdefault((*key[:2], made.meta.region_name), made)
    return made


def region_of(address: str) -> str | None:
    """Return the Region of a topic's or bus's ARN, or of a queue's URL, if it names one."""
    if address.startswith("arn:"):
        parts = address.split(":")
        return parts[3] or None if len(parts) > 5 else None
    found = re.match(_HOST, address)
    return found and (found[1] or found[2])


def parameter(name: str, ssm: SsmClient | None = None) -> str:
    """Return the value of a Systems Manager parameter."""
    chosen: SsmClient = ssm or client("ssm")
    value: str = chosen.get_parameter(Name=name)["Parameter"]["Value"]
    return value


def queue_url(arn: str) -> str:
    """Return the URL of a queue from its ARN."""
    _, partition, _, region, account, name = arn.split(":")
    domain = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    return f"https://sqs.{region}.{domain}/{account}/{name}"
