"""Event patterns and filter policies, matched as AWS matches them."""
