"""Answers like SNS and SQS after a while, if one is given in seconds; prints its port."""

from __future__ import annotations

import json
import socketserver
import sys
import time
from http.server import BaseHTTPRequestHandler

_SNS = (
    b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>'
    b"<MessageId>00000000-0000-0000-0000-000000000000</MessageId></PublishResult>"
    b"<ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></PublishResponse>"
)
_ID = {"MessageId": "00000000-0000-0000-0000-000000000000"}
_SQS = json.dumps(_ID).encode()


class Handler(BaseHTTPRequestHandler):
    """One answer for each protocol; SQS's is JSON with a target header."""

    protocol_version = "HTTP/1.1"
    # One packet an answer: head and body apart would wait 40 ms for each other.
    wbufsize = -1
    disable_nagle_algorithm = True
    latency = 0.0

    def do_POST(self) -> None:
        """Read the request to its end and answer."""
        request = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.latency)
        operation = self.headers.get("X-Amz-Target", "")
        json_protocol = bool(operation)
        body = _SQS if json_protocol else _SNS
        if operation.endswith("Batch"):
            taken = [{"Id": each["Id"], **_ID} for each in json.loads(request)["Entries"]]
            body = json.dumps({"Successful": taken, "Failed": []}).encode()
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
    Handler.latency = float([*sys.argv, "0"][1])
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
