"""What a consumer's app compiles until it has handled its first message, and published one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "checkout"

PROGRAM = """
import json, sys
import app
from checkout_messaging import ReceiptsQueue

class Client:
    def send_message(self, **parameters):
        return {"MessageId": "1"}

def loaded():
    start = "checkout_messaging._runtime."
    return {
        name.rpartition(".")[2] for name, module in sys.modules.items()
        if name.startswith(start) and not hasattr(module, "__path__")
    }

imported = loaded()
app.receipts = ReceiptsQueue(url="https://sqs.eu-west-1.amazonaws.com/1/q", client=Client())
body = {
    "order_id": "o-1", "event_id": "e-1", "total": 1.5, "customer": {"tier": "gold"},
    "items": [{"sku": "a", "quantity": 2}],
}
record = {"messageId": "m-1", "body": json.dumps(body), "attributes": {}}
sys.stdout, out = sys.stderr, sys.stdout
answer = app.handler({"Records": [record]})
heavy = {"boto3", "dataclasses", "datetime", "enum", "inspect", "logging", "uuid"} & {*sys.modules}
json.dump([answer, sorted(imported), sorted(loaded() - imported), sorted(heavy)], out)
"""

ALWAYS = [
    "arrays", "attributed", "checks", "codec", "errors", "handlers", "incoming", "json_text",
    "numeric", "objects", "publisher", "queues", "records", "running", "scalars", "wire",
]  # fmt: skip


def test_a_cold_start_imports_what_it_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM],
        cwd=EXAMPLE / "lambdas" / "invoicing",
        env={"PYTHONPATH": str(EXAMPLE / "src")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer, imported, later, heavy = json.loads(done.stdout)
    assert answer == {"batchItemFailures": []}
    assert imported == ALWAYS
    assert later == ["encoders"]
    assert heavy == ["enum"]  # of which "re" is made, and so "json"
