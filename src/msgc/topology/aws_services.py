"""AWS services that publish to queues and topics by themselves: what AWS documents of each.

A service that isn't here is let in as it is written.
"""

from __future__ import annotations

from typing import Literal

from msgc.record import Record

SUFFIX = ".amazonaws.com"


class KnownService(Record):
    """What is known of a service that publishes."""

    what: str
    """What it publishes, as the subject of a sentence."""
    to: tuple[Literal["queue", "topic"], ...] = ("topic",)
    """Kinds of places; none has a bus, since AWS's events come to `default` by themselves."""
    fifo: bool = False
    """Whether FIFO places are among them: then it must send a group."""
    arn: tuple[str, ...] = ()
    """The service in the ARNs of what it publishes for; none: they aren't known."""
    resource: str = ""
    """How the resource begins in each of these ARNs."""
    is_global: bool = False
    """Whether these ARNs have neither Region nor account."""
    conditions: tuple[Literal["arn", "account"], ...] = ("arn", "account")
    """What it says of what it publishes for: nothing else may be asked in a policy."""
    by_role: bool = False
    """Whether it assumes a role to publish, and is let in by nothing else."""
    mistaken: tuple[str, ...] = ()
    """Other names that it is looked for under."""
    source: str


_GUIDE = "https://docs.aws.amazon.com"

SERVICES: dict[str, KnownService] = {
    "s3": KnownService(
        what="S3's notifications about a bucket",
        to=("queue", "topic"),
        arn=("s3",),
        is_global=True,
        source=f"{_GUIDE}/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html",
    ),
    "cloudwatch": KnownService(
        what="CloudWatch alarms",
        arn=("cloudwatch",),
        resource="alarm:",
        mistaken=("monitoring", "alarms", "alarms.cloudwatch", "cloudwatch.alarms"),
        source=f"{_GUIDE}/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
    ),
    "ses": KnownService(
        what="SES",
        arn=("ses",),
        mistaken=("email",),
        source=f"{_GUIDE}/ses/latest/dg/receiving-email-permissions.html",
    ),
    "events.rds": KnownService(
        what="RDS events",
        arn=("rds",),
        mistaken=("rds", "rds.events"),
        source=f"{_GUIDE}/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html",
    ),
    "budgets": KnownService(
        what="AWS Budgets",
        arn=("budgets",),
        mistaken=("billing", "budget"),
        source=f"{_GUIDE}/cost-management/latest/userguide/budgets-sns-policy.html",
    ),
    "costalerts": KnownService(
        what="Cost Anomaly Detection",
        conditions=("account",),
        mistaken=("ce", "cost-alerts"),
        source=f"{_GUIDE}/cost-management/latest/userguide/ad-SNS.html",
    ),
    "codestar-notifications": KnownService(
        what="notifications of the developer tools",
        conditions=("account",),
        mistaken=("codestar", "codepipeline", "codebuild", "codecommit", "codedeploy"),
        source=f"{_GUIDE}/dtconsole/latest/userguide/set-up-sns.html",
    ),
    "cloudtrail": KnownService(
        what="CloudTrail",
        arn=("cloudtrail",),
        resource="trail/",
        source=f"{_GUIDE}/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html",
    ),
    "config": KnownService(
        what="AWS Config",
        conditions=("account",),
        source=f"{_GUIDE}/config/latest/developerguide/sns-topic-policy.html",
    ),
    "backup": KnownService(
        what="AWS Backup",
        conditions=(),
        source=f"{_GUIDE}/aws-backup/latest/devguide/backup-notifications.html",
    ),
    "vpce": KnownService(
        what="endpoint services of a VPC",
        arn=("ec2",),
        source=f"{_GUIDE}/vpc/latest/privatelink/configure-endpoint-service.html",
    ),
    "sms-voice": KnownService(
        what="End User Messaging (two-way SMS)",
        arn=("sms-voice",),
        mistaken=("pinpoint", "mobiletargeting"),
        source=f"{_GUIDE}/sms-voice/latest/userguide/phone-numbers-two-way-sms.html",
    ),
    "sns": KnownService(
        what="topics of other stacks",
        to=("queue",),
        fifo=True,
        conditions=("arn",),
        arn=("sns",),
        source=f"{_GUIDE}/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html",
    ),
    "events": KnownService(
        what="EventBridge rules of other stacks",
        to=("queue",),
        fifo=True,
        conditions=("arn",),
        arn=("events",),
        resource="rule/",
        mistaken=("eventbridge",),
        source=f"{_GUIDE}/eventbridge/latest/userguide/eb-use-resource-based.html",
    ),
} | {
    name: KnownService(what=what, by_role=True, source=f"{_GUIDE}/{page}")
    for name, what, page in (
        ("iot", "IoT rules", "iot/latest/developerguide/iot-create-role.html"),
        (
            "apigateway",
            "API Gateway",
            "apigateway/latest/developerguide/permissions.html",
        ),
        ("scheduler", "EventBridge Scheduler", "scheduler/latest/UserGuide/setting-up.html"),
        ("pipes", "EventBridge Pipes", "eventbridge/latest/userguide/eb-pipes-permissions.html"),
        ("states", "Step Functions", "step-functions/latest/dg/procedure-create-iam-role.html"),
        ("appsync", "AppSync", "appsync/latest/devguide/security_iam_service-with-iam.html"),
        ("lambda", "a function", "lambda/latest/dg/lambda-intro-execution-role.html"),
        ("ecs-tasks", "an ECS task", "AmazonECS/latest/developerguide/task-iam-roles.html"),
        ("ec2", "an instance", "AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"),
        ("textract", "Textract", "textract/latest/dg/api-async-roles.html"),
        ("rekognition", "Rekognition", "rekognition/latest/dg/api-video-roles.html"),
    )
}  # fmt: skip
"""By the name of their principal, without `.amazonaws.com`."""


def short(principal: str) -> str:
    """Return `s3` of `s3.amazonaws.com`, also as China has it (`s3.amazonaws.com.cn`)."""
    return principal.removesuffix(".cn").removesuffix(SUFFIX)


def known(principal: str) -> KnownService | None:
    """Return what is known of a service."""
    return SERVICES.get(short(principal))


def foreign_source(service: KnownService, arn: str) -> str | None:
    """Return how the ARN looks of what a service publishes for, if this one can't be one of it."""
    _, _, name, region, account, resource = arn.split(":", 5)
    if service.arn and name not in service.arn:
        like = ":::BUCKET" if service.is_global else ":..."
        return f"arn:aws:{service.arn[0]}{like}"
    if service.is_global and (region.strip("*") or account.strip("*") or "/" in resource):
        return f"arn:aws:{name}:::{resource.partition('/')[0]}"
    begins, _, _ = resource.partition("*")
    known = service.resource[: len(begins)] if "*" in resource else service.resource
    if service.resource and not begins.startswith(known):
        return f"arn:aws:{name}:REGION:ACCOUNT:{service.resource}..."
    return None


def mistaken_for(principal: str) -> str | None:
    """Return the principal that is meant by the name of another, as `rds.amazonaws.com` is."""
    name = short(principal)
    for right, service in SERVICES.items():
        if name in service.mistaken:
            return right + SUFFIX
    return None
