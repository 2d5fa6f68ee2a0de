"""Several CloudFormation stacks of one service: what lies in which, and how they go together."""
