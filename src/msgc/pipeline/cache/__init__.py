"""What builds of many services came to, kept between runs."""

from msgc.pipeline.cache.builds import Builds, Kept

__all__ = ["Builds", "Kept"]
