"""One emulator process on loopback, with TLS and IAM on, ended by its own process id."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.emulator.waiting import eventually

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
START_TIMEOUT = 60.0


@dataclass(frozen=True)
class Emulator:
    """Where it listens: over TLS, and without for the tests that want to be refused."""

    endpoint: str
    plain_endpoint: str
    certificate: Path
    log: Path


def interpreter() -> Path:
    """The emulator's own Python; that it isn't there is a failure, never a skipped test."""
    python = Path(
        os.environ.get("MSGC_EMULATOR_PYTHON", CHECKOUT / ".venv-emulator" / "bin" / "python")
    )
    if not python.exists():
        message = (
            f"no emulator at {python}: make a virtual environment there from "
            "requirements/emulator.txt, or set MSGC_EMULATOR_PYTHON"
        )
        raise RuntimeError(message)
    return python


@contextmanager
def running(folder: Path) -> Iterator[Emulator]:
    """An emulator with its files under `folder`; gone, with its Lambdas, at the end."""
    python = interpreter()
    subprocess.run([python, HERE / "certificate.py", folder], check=True)
    port, plain_port = _free_ports()
    emulator = Emulator(
        endpoint=f"https://127.0.0.1:{port}",
        plain_endpoint=f"http://127.0.0.1:{plain_port}",
        certificate=folder / "cert.pem",
        log=folder / "emulator.log",
    )
    # hypercorn itself, not the `ministack` command: that one would take port 443 besides.
    command: list[str | Path] = [
        python, "-m", "hypercorn", "ministack.app:app",
        "--bind", f"127.0.0.1:{port}", "--insecure-bind", f"127.0.0.1:{plain_port}",
        "--certfile", folder / "cert.pem", "--keyfile", folder / "key.pem",
        "--keep-alive", "75", "--log-level", "WARNING",
    ]  # fmt: skip
    with emulator.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            env=_environment(folder, port),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            eventually(lambda: _answers(emulator, process), "the emulator is up", START_TIMEOUT)
            yield emulator
        finally:
            _end(process)


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Nothing of the caller's AWS settings; temporary files, Lambdas' code too, in `folder`."""
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "LC_ALL"}}
    certificate = str(folder / "cert.pem")
    return kept | {
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        "USE_SSL": "1",  # so that Lambdas are told an https endpoint
        "MINISTACK_SSL_CERT": certificate,
        "MINISTACK_SSL_KEY": str(folder / "key.pem"),
        "AWS_CA_BUNDLE": certificate,
        "SSL_CERT_FILE": certificate,  # what it calls itself, as API destinations
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _answers(emulator: Emulator, process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        message = f"the emulator ended at once:\n{emulator.log.read_text()}"
        raise RuntimeError(message)
    context = ssl.create_default_context(cafile=str(emulator.certificate))
    try:
        with urllib.request.urlopen(  # noqa: S310 - our own loopback address
            f"{emulator.endpoint}/_ministack/health", context=context, timeout=5
        ) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started: it is the leader of a session of its own.

    Nothing of it is kept, and it would wait ten seconds for connections to close.
    """
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
