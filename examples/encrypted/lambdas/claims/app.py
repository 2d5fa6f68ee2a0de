"""Decides about claims: small ones are paid at once."""

from __future__ import annotations

from claims_messaging import ClaimFiled, ClaimPaid, DecisionsBus, MessageContext
from claims_messaging.consumers import claims

AT_ONCE = 500

decisions = DecisionsBus()


@claims.handler
def handler(message: ClaimFiled, context: MessageContext) -> None:
    print(f"claim {message.claim_id}: {message.amount:.2f}")
    if message.amount <= AT_ONCE:
        decisions.publish(ClaimPaid(claim_id=message.claim_id, amount=message.amount))
