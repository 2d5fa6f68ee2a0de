"""What is worked out over the whole graph: filters, policies, envelopes, limits."""

from msgc.delivery.deliver import deliver, deliver_in_doubt
from msgc.delivery.plan import Delivery

__all__ = ["Delivery", "deliver", "deliver_in_doubt"]
