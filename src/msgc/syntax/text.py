"""From bytes to text: the file is read, bounded and decoded, or said to be unreadable."""

from __future__ import annotations

from msgc.diagnostics import Diagnostic
from msgc.disk import MAX_FILE_BYTES, NotRegularError, OutsideError, TooLargeError
from msgc.source import Reader, Source, Span
from msgc.syntax import codes

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read(path: str, files: Reader) -> Source | Diagnostic:
    """Return the text of a file without a byte-order mark, or what stops it from being read."""
    try:
        data = files.read(path)
    except OSError as error:
        return _unreadable(path, error)
    if len(data) > MAX_FILE_BYTES:  # not from the disk
        return _too_large(path, f"the file has {len(data) / 1024 / 1024:.1f} MiB")
    try:
        return Source(path, data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        return _undecodable(path, data, error.start)


def _nowhere(path: str) -> Span:
    return Span(Source(path, ""), 0, 0)


def _too_large(path: str, size: str) -> Diagnostic:
    return codes.FILE_TOO_LARGE.at(
        _nowhere(path),
        f"{size}, msgc reads up to {MAX_FILE_BYTES // 1024 // 1024} MiB",
        help="is this the right file? split a topology by service, one folder for each",
    )


def _unreadable(path: str, error: OSError) -> Diagnostic:
    if isinstance(error, TooLargeError):
        return _too_large(path, error.strerror or "")
    if isinstance(error, NotRegularError):
        return codes.NOT_REGULAR.at(
            _nowhere(path),
            f"`{path}` is {error.strerror}, not a file",
            help="write what comes out of it to a file first",
        )
    if isinstance(error, OutsideError):
        return codes.LINK_OUT.at(
            _nowhere(path),
            f"`{path}` is a link out of its repository",
            help="name the file that it leads to, if you trust it",
        )
    if isinstance(error, FileNotFoundError):
        return codes.FILE_UNREADABLE.at(
            _nowhere(path),
            f"there is no file `{path}`",
            help="check the path: it is relative to the folder that you stand in",
        )
    if isinstance(error, IsADirectoryError):
        return codes.FILE_UNREADABLE.at(
            _nowhere(path), f"`{path}` is a folder, not a file", help="name a file in it"
        )
    reason = (error.strerror or type(error).__name__).lower()
    return codes.FILE_UNREADABLE.at(_nowhere(path), f"`{path}` can't be read: {reason}")


def _undecodable(path: str, data: bytes, offset: int) -> Diagnostic:
    if data.startswith(_WIDE_MARKS):
        return codes.NOT_TEXT.at(
            _nowhere(path), "the file is UTF-16, not UTF-8", help="save it as UTF-8"
        )
    if b"\0" in data:
        return codes.NOT_TEXT.at(
            _nowhere(path), "the file is binary, not text", help="is this the right file?"
        )
    good = data[:offset].decode("utf-8")
    text = good + data[offset:].decode("utf-8", "replace")
    start = len(good)
    if text.startswith("\ufeff"):
        text, start = text[1:], start - 1
    return codes.NOT_TEXT.at(
        Span(Source(path, text), start, start + 1),
        f"byte 0x{data[offset]:02X} is not UTF-8 text",
        help="save the file as UTF-8",
    )
