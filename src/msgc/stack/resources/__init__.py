"""Plan the resources of each part of a topology, with CloudFormation's properties."""
