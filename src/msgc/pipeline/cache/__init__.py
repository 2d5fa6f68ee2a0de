"""What builds of many services came to, kept between runs."""

from msgc.pipeline.cache.builds import Builds
from msgc.pipeline.cache.kept import Kept

__all__ = ["Builds", "Kept"]
