"""msgc compiles a messaging.yaml into an AWS CDK stack and typed Python stubs."""

__version__ = "0.1.0"
