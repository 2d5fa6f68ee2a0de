"""Runs a CDK app with cdk-nag's packs, as if the app had added them: `python nag.py app.py`.

They belong to whoever audits, not to the app: this puts them on the `App` that it makes.
"""

from __future__ import annotations

import os
import runpy
import sys
from typing import Any

import aws_cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

made = aws_cdk.App


def audited(**given: Any) -> Any:
    """Make an app whose synthesis fails if one of the packs finds something."""
    app = made(**given)
    plugins = (AwsSolutionsChecks(app), ServerlessChecks(app))
    aws_cdk.Validations.of(app).add_plugins(*plugins)
    return app


if __name__ == "__main__":
    sys.path[0] = os.getcwd()  # noqa: PTH109  # what it is where the app runs by itself
    aws_cdk.App = audited
    runpy.run_path(sys.argv[1], run_name="__main__")
