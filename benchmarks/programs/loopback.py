"""Answers like SNS and SQS, with the same bytes every time; prints its port."""

from __future__ import annotations

import json
import socketserver
from http.server import BaseHTTPRequestHandler

_SNS = (
    b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>'
    b"<MessageId>00000000-0000-0000-0000-000000000000</MessageId></PublishResult>"
    b"<ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></PublishResponse>"
)
_SQS = json.dumps({"MessageId": "00000000-0000-0000-0000-000000000000"}).encode()


class Handler(BaseHTTPRequestHandler):
    """One answer for each protocol; SQS's is JSON with a target header."""

    protocol_version = "HTTP/1.1"
    # One packet an answer: head and body apart would wait 40 ms for each other.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Read the request to its end and answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        json_protocol = "X-Amz-Target" in self.headers
        body = _SQS if json_protocol else _SNS
        self.send_response(200)
        kind = "application/x-amz-json-1.0" if json_protocol else "text/xml"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its signature
        """Say nothing."""


class Server(socketserver.ThreadingTCPServer):
    """A thread a connection; they end with the process."""

    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
