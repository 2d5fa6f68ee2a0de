"""Which properties can't change on a resource that is there: CloudFormation makes another one.

As AWS's resource schemas have them, in `createOnlyProperties` and in
`conditionalCreateOnlyProperties`, of the types that an inventory has.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

from __future__ import annotations

REPLACING: dict[str, tuple[str, ...]] = {
    "AWS::DynamoDB::Table": ("KeySchema", "TableName"),
    "AWS::EventSchemas::Registry": ("RegistryName",),
    "AWS::EventSchemas::Schema": ("RegistryName", "SchemaName"),
    "AWS::Events::ApiDestination": ("Name",),
    "AWS::Events::Archive": ("ArchiveName", "SourceArn"),
    "AWS::Events::Connection": ("Name",),
    "AWS::Events::EventBus": ("Name",),
    "AWS::Events::Rule": ("EventBusName", "Name"),
    "AWS::IAM::ManagedPolicy": ("Description", "ManagedPolicyName", "Path"),
    "AWS::KMS::Alias": ("AliasName",),
    "AWS::KMS::Key": (),
    "AWS::Lambda::EventSourceMapping": (
        "EventSourceArn",
        "StartingPosition",
        "StartingPositionTimestamp",
    ),
    "AWS::Lambda::Function": ("FunctionName", "PackageType"),
    "AWS::Logs::LogGroup": ("LogGroupName",),
    "AWS::Pipes::Pipe": (
        "Name",
        "Source",
        "SourceParameters/DynamoDBStreamParameters/StartingPosition",
        "SourceParameters/KinesisStreamParameters/StartingPosition",
        "SourceParameters/KinesisStreamParameters/StartingPositionTimestamp",
    ),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::SNS::Subscription": ("Endpoint", "Protocol", "Region", "TopicArn"),
    "AWS::SNS::Topic": ("FifoTopic", "TopicName"),
    "AWS::SQS::Queue": ("FifoQueue", "QueueName"),
    "AWS::SSM::Parameter": ("Name",),
    "AWS::Scheduler::Schedule": ("Name",),
}
"""By type, the paths of properties."""

DEFAULTS = {"FifoQueue": False, "FifoTopic": False}
"""What a property is where a template doesn't have it, of those that the inventory always says."""
