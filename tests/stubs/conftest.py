from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from msgc.source import Disk
from tests.stubs.package import SHOP, imported, stubs_of, written


@pytest.fixture(scope="session")
def shop_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the generated package `shop_messaging` is."""
    root = tmp_path_factory.mktemp("shop")
    written(stubs_of(str(SHOP), Disk()), root)
    return root / "src"


@pytest.fixture(scope="session")
def shop(shop_source: Path) -> Iterator[Any]:
    with imported(shop_source, "shop_messaging") as package:
        yield package
