"""One message in, every receiver out, with the reason for each."""

from msgc.routing.given import Given, example, understood
from msgc.routing.matrix import Matrix, matrix
from msgc.routing.route import Route, Router, Way
from msgc.routing.tests import TestResult, run_tests

__all__ = [
    "Given", "Matrix", "Route", "Router", "TestResult", "Way", "example", "matrix", "run_tests",
    "understood",
]  # fmt: skip
