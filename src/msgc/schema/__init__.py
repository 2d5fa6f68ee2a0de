"""The shape of messaging.yaml, checked on the positioned tree."""
