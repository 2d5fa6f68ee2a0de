"""A partner's HTTP endpoint on loopback: it keeps what is sent to it."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.emulator.waiting import eventually


@dataclass(frozen=True)
class Request:
    """What came: `/orders/o-1`, its headers by their names in lower case, its JSON."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Endpoint:
    """Where it listens, and what came, the oldest first."""

    host: str
    """With the port: `127.0.0.1:40123`."""
    requests: list[Request] = field(default_factory=list)

    def called(self, path: str) -> Request:
        """Wait for the first call of a path that nobody has asked for yet, and return it."""

        def probe() -> Request | None:
            return next((each for each in self.requests if each.path == path), None)

        found = eventually(probe, f"{path} of {self.host} is called")
        assert found is not None
        self.requests.remove(found)
        return found


@contextmanager
def listening(certificate: Path | None) -> Iterator[Endpoint]:
    """An endpoint, with TLS where it has a certificate, whose key lies beside it."""

    class Handler(BaseHTTPRequestHandler):
        def _kept(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.requests.append(Request(self.command, self.path, headers, json.loads(body)))
            self.send_response(200)
            self.end_headers()

        do_POST = do_PUT = _kept  # noqa: N815  # names of the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found = Endpoint(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
