"""A CDK app of the stack of `large_service.py`: `synthesise.py FOLDER OUTDIR`; prints nothing."""

from __future__ import annotations

import sys
from importlib import import_module

from aws_cdk import App


def main(folder: str, outdir: str) -> None:
    """Synthesise it as a user's app does."""
    sys.path.insert(0, folder)
    generated = import_module("infra.large_messaging_stack")
    app = App(outdir=outdir, analytics_reporting=False)
    generated.LargeMessagingStack(app, "Large")
    app.synth()


if __name__ == "__main__":
    main(*sys.argv[1:])
