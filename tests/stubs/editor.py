"""An editor without a window: it asks pyright's language server what an editor would show.

The protocol is https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

CURSOR = "‸"
"""Where the cursor is in a text that is asked about."""
PATIENCE = 60
"""Seconds for an answer; the first takes some, when the machine is busy."""


class Editor:
    """A language server of a folder, and one file in it, that need not be on the disk."""

    def __init__(self, folder: Path) -> None:
        self._uri = (folder / "written.py").as_uri()
        self._version = 0
        self._number = 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyright.langserver", "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        given = {
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
                "signatureHelp": {"signatureInformation": {"documentationFormat": ["markdown"]}},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        opened = [{"uri": folder.as_uri(), "name": folder.name}]
        self._ask(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": given, "workspaceFolders": opened},
        )
        self._tell("initialized")

    def close(self) -> None:
        """Leave as the protocol wants it, and wait for the server's end."""
        self._ask("shutdown")
        self._tell("exit")
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def offers(self, text: str) -> list[str]:
        """Return what is offered at the cursor, without what Python itself has everywhere."""
        offered = [each["label"] for each in self._offered(text)]
        return [name for name in offered if not name.startswith("_")]

    def keywords(self, text: str) -> list[str]:
        """Return the arguments of a call that are offered at the cursor, to be given by keyword."""
        return [name.removesuffix("=") for name in self.offers(text) if name.endswith("=")]

    def said_of_offer(self, text: str, name: str) -> str:
        """Return what is shown beside one of the names that are offered at the cursor."""
        (chosen,) = [each for each in self._offered(text) if each["label"] == name]
        return str(self._ask("completionItem/resolve", chosen)["documentation"]["value"])

    def hover(self, text: str) -> str:
        """Return what is shown of the name at the cursor."""
        (shown,) = self.hovers(text)
        return shown

    def hovers(self, text: str) -> list[str]:
        """Return what is shown of each name at which there is a cursor."""
        answers = self._at("textDocument/hover", text)
        return [str(answer["contents"]["value"]) if answer else "" for answer in answers]

    def signature(self, text: str) -> tuple[str, str]:
        """Return what is shown while the arguments of a call are written: its form, and words."""
        (answer,) = self._at("textDocument/signatureHelp", text)
        signature = answer["signatures"][answer.get("activeSignature") or 0]
        return signature["label"], signature["documentation"]["value"]

    def definition(self, text: str) -> tuple[Path, str]:
        """Return the file to which the editor jumps from the cursor, and the line of it."""
        ((place,),) = self._at("textDocument/definition", text)
        path = Path(unquote(urlsplit(place["uri"]).path))
        line: int = place["range"]["start"]["line"]
        return path, path.read_text(encoding="utf-8").splitlines()[line].strip()

    def _offered(self, text: str) -> list[dict[str, Any]]:
        (answer,) = self._at("textDocument/completion", text)
        offered: list[dict[str, Any]] = answer["items"] if answer else []
        return offered

    def _at(self, method: str, text: str) -> list[Any]:
        """Ask about each place at which there is a cursor in the file, when it has this text."""
        *pieces, last = text.split(CURSOR)
        assert pieces, "there is no cursor in the text"
        whole = "".join((*pieces, last))
        self._version += 1
        file: dict[str, Any] = {"uri": self._uri, "version": self._version}
        if self._version == 1:
            file |= {"languageId": "python", "text": whole}
            self._tell("textDocument/didOpen", {"textDocument": file})
        else:
            changes = {"textDocument": file, "contentChanges": [{"text": whole}]}
            self._tell("textDocument/didChange", changes)
        answers, before = [], ""
        for piece in pieces:
            before += piece
            line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
            place = {"line": line, "character": character}
            asked = {"textDocument": {"uri": self._uri}, "position": place}
            answers.append(self._ask(method, asked))
        return answers

    def _ask(self, method: str, parameters: dict[str, Any] | None = None) -> Any:
        """Ask for something, and wait for the answer."""
        self._number += 1
        self._write({"id": self._number, "method": method, "params": parameters or {}})
        answer = self._answers.get(timeout=PATIENCE)
        assert answer["id"] == self._number, answer
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: dict[str, Any] | None = None) -> None:
        """Say something that has no answer."""
        self._write({"method": method, "params": parameters or {}})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stdin.flush()

    def _listen(self) -> None:
        """Pass on answers; answer what the server asks: nothing is configured."""
        stdout = self._process.stdout
        assert stdout is not None
        while header := stdout.readline():
            while stdout.readline().strip():
                pass
            message = json.loads(stdout.read(int(header.split(b":")[1])))
            if "method" not in message:
                self._answers.put(message)
            elif "id" in message:
                items = message.get("params", {}).get("items")
                result = None if items is None else [_settings(each) for each in items]
                self._write({"id": message["id"], "result": result})


def _settings(item: dict[str, Any]) -> dict[str, Any] | None:
    section = item.get("section")
    if section == "python":
        return {"pythonPath": sys.executable}
    if section == "python.analysis":
        return {"diagnosticMode": "openFilesOnly", "autoImportCompletions": False}
    return None
