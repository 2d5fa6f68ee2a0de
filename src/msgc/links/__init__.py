"""What edges become in AWS (the links), and what arrives at their ends."""

from msgc.links.link import link, link_recovered
from msgc.links.model import Links

__all__ = ["Links", "link", "link_recovered"]
