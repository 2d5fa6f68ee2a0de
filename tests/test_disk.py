from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from msgc import disk
from msgc.disk import (
    NotRegularError,
    OutsideError,
    TooLargeError,
    read_head,
    read_regular,
    read_within,
)
from msgc.pipeline.check import check
from msgc.report.text import text_report
from msgc.source import Disk
from msgc.syntax import load

OUTSIDE = "what lies outside"


def said(path: Path | str) -> str:
    return text_report(load(str(path), Disk()).diagnostics)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)  # its path may not be long
        server.bind(path.name)


SPECIAL: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a socket": a_socket,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("kind", SPECIAL)
def test_special_files_are_not_opened(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    SPECIAL[kind](tmp_path / "special")
    with pytest.raises(NotRegularError, match=kind):
        read_regular(str(tmp_path / "special"))


@pytest.fixture
def impatient() -> Iterator[None]:
    """A test that fails where it would wait for ever."""

    def fail(*_: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("impatient")
def test_a_pipe_that_takes_the_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at isn't what is opened; still nobody waits."""
    path = tmp_path / "a.yaml"
    path.write_text("version: 1")
    seen = os.stat

    def swapped(name: str) -> os.stat_result:
        status = seen(name)
        path.unlink()
        os.mkfifo(path)
        return status

    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", swapped)
        with pytest.raises(NotRegularError, match="a pipe"):
            read_regular(str(path))


def test_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(TooLargeError, match=r"3072\.0 MiB"):
        read_regular(str(path))
    assert "the file has 3072.0 MiB, msgc reads up to 16 MiB" in said(path)


def test_the_limit_holds_for_files_without_a_size() -> None:
    """Such as those in /proc."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("no /proc")
    with pytest.raises(TooLargeError, match="more than"):
        read_regular("/proc/self/maps", 100)


def test_a_file_of_exactly_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_regular(str(tmp_path / "a"), 100) == b"x" * 100


@pytest.mark.parametrize("size", [0, 1, 1024**2 - 1, 1024**2, 1024**2 + 1, 3 * 1024**2])
def test_a_file_is_read_to_its_end(tmp_path: Path, size: int) -> None:
    content = bytes(i % 251 for i in range(1000)) * (size // 1000 + 1)
    (tmp_path / "a").write_bytes(content[:size])
    assert read_regular(str(tmp_path / "a")) == content[:size]
    assert read_head(str(tmp_path / "a"), 100) == content[: min(size, 100)]


def test_files_are_closed_again(tmp_path: Path) -> None:
    """Also those that turn out to be too large, or no files."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc")
    (tmp_path / "a").write_bytes(b"x" * 100)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        read_regular(str(tmp_path / "a"))
        read_head(str(tmp_path / "a"), 10)
        with pytest.raises(TooLargeError):
            read_regular("/proc/self/maps", 100)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_limit_of_a_file_without_another(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(16 * 1024**2)
    assert len(read_regular(str(tmp_path / "a"))) == 16 * 1024**2
    with (tmp_path / "a").open("ab") as file:
        file.write(b"x")
    with pytest.raises(TooLargeError, match=r"16\.0 MiB"):
        read_regular(str(tmp_path / "a"))


def test_nul_in_a_path(tmp_path: Path) -> None:
    for read in (read_regular, lambda path: read_within(path, str(tmp_path))):
        with pytest.raises(OSError, match="NUL"):
            read(f"{tmp_path}/a\0b")


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_devices_as_messaging_yaml(name: str) -> None:
    if not Path(name).exists():
        pytest.skip("no such device")
    assert f"`{name}` is a device, not a file" in said(name)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a service in it, and a secret beside the repository."""
    (tmp_path / "secret.json").write_text(OUTSIDE)
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / ".git/config").write_text(OUTSIDE)
    (top / "services/shop").mkdir(parents=True)
    (top / "shared.json").write_text('{"type": "object"}')
    return top


def checked(service: Path, *references: str) -> str:
    messages = "".join(
        f'  M{i}: {{schema: {{$ref: "{one}"}}}}\n' for i, one in enumerate(references)
    )
    path = service / "messaging.yaml"
    path.write_text(f"version: 1\nservice: shop\nmessages:\n{messages}")
    return text_report([d for d in check(str(path), Disk()).diagnostics if d.is_error])


def test_references_in_the_repository(repository: Path) -> None:
    assert checked(repository / "services/shop", "../../shared.json") == ""


def test_references_out_of_the_repository(repository: Path) -> None:
    service = repository / "services/shop"
    (service / "link.json").symlink_to(repository.parent / "secret.json")
    (service / "folder").symlink_to(repository.parent)
    outside = (
        "/dev/zero", "../../../secret.json", "../../../none.json", "link.json",
        "folder/secret.json", "../../.git/config", "../../.GIT/config",
    )  # fmt: skip
    text = checked(service, *outside)
    assert text.count("schema-file-outside-repository") == len(outside)
    assert OUTSIDE not in text


def test_without_a_repository_the_folder_is_the_border(repository: Path) -> None:
    (repository / ".git/config").unlink()
    (repository / ".git").rmdir()
    text = checked(repository / "services/shop", "../../shared.json")
    assert text.count("schema-file-outside-repository") == 1


def test_the_hint_for_a_missing_file_does_not_look_outside(repository: Path) -> None:
    """`_` for `-` and the like are tried: what is outside isn't, though it is there."""
    (repository / "services/shop/order-placed.json").symlink_to(repository.parent / "secret.json")
    text = checked(repository / "services/shop", "order_placed.json")
    assert "schema-file-not-found" in text
    assert "did you mean" not in text
    assert OUTSIDE not in text


def test_special_files_in_the_repository(repository: Path) -> None:
    os.mkfifo(repository / "pipe.json")
    text = checked(repository / "services/shop", "../../pipe.json", "a%00b.json", "../../services")
    assert text.count("schema-file-not-regular") == 1
    assert text.count("schema-file-not-found") == 2


def test_a_link_as_messaging_yaml(repository: Path) -> None:
    """A stranger's change can make messaging.yaml a link to what CI may read."""
    link = repository / "services/shop/messaging.yaml"
    link.symlink_to(repository.parent / "secret.json")
    text = said(link)
    assert "link-out-of-repository" in text
    assert OUTSIDE not in text
    link.unlink()
    (repository / "base.yaml").write_text("version: 1\nservice: shop\n")
    link.symlink_to(repository / "base.yaml")
    assert said(link) == ""


def test_a_folder_whose_name_begins_like_the_repository(repository: Path) -> None:
    beside = repository.parent / "repository-of-others"
    beside.mkdir()
    (beside / "a.json").write_text(OUTSIDE)
    with pytest.raises(OutsideError):
        read_within(str(beside / "a.json"), str(repository))


def test_the_repository_of_a_folder_that_is_a_link(repository: Path) -> None:
    (repository.parent / "link").symlink_to(repository / "services/shop")
    assert disk.repository(str(repository.parent / "link")) == os.path.realpath(repository)
