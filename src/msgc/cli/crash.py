"""The report of a bug in msgc: everything a maintainer needs, ready to paste."""

from __future__ import annotations

import platform
import shlex
import traceback

from msgc import __version__


def report(error: BaseException, arguments: list[str]) -> str:
    """Return the report of a crash, as Markdown."""
    trace = "".join(traceback.format_exception(error)).rstrip()
    return f"""\
msgc stopped: this is a bug in msgc, not in your files. Nothing was written after it happened.
Please report it with the text below and, if you can, the messaging.yaml.

---- 8< ----
msgc {__version__}, Python {platform.python_version()}, {platform.platform()}
command: {shlex.join(["msgc", *arguments])}

```
{trace}
```
---- >8 ----"""
