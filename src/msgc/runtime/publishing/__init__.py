"""Publishers to SNS, SQS and EventBridge."""
