"""What the forms of a text are called, and what to say where a text lacks one."""

from __future__ import annotations

from msgc.diagnostics import Code
from msgc.kinds import KINDS
from msgc.record import Record
from msgc.schema import codes


class Format(Record):
    """A form of text: `means` goes on after "must be"."""

    code: Code
    means: str
    help: str | None = None


_ID = "/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
"""What EventBridge adds to the name of a connection or an API destination."""
_NAME = "lower-case words joined by hyphens, like `order-events`"

FORMATS: dict[str, Format] = {
    "name": Format(code=codes.BAD_NAME, means=_NAME),
    "message-name": Format(
        code=codes.BAD_NAME,
        means="in PascalCase, like `OrderPlaced`",
        help="it is also the name of a class: letters A to Z and digits, and no word of Python",
    ),
    "aws-name": Format(
        code=codes.BAD_NAME,
        means="made of letters, digits, `_` and `-`",
        help="AWS allows no other characters; the `.fifo` of a FIFO queue or topic comes by itself",
    ),
    "aws-bus-name": Format(code=codes.BAD_NAME, means="made of letters, digits, `.`, `_` and `-`"),
    "dashboard-name": Format(code=codes.BAD_NAME, means="made of letters, digits, `_` and `-`"),
    "bucket-name": Format(
        code=codes.BAD_NAME,
        means="made of lower-case letters, digits, `.` and `-`, 3 to 63 of them",
        help="S3 allows no other names of buckets",
    ),
    "key-prefix": Format(
        code=codes.BAD_FORMAT,
        means="made of letters, digits, `/` and `!_.()-`, like `checkout/`",
    ),
    "variable": Format(
        code=codes.BAD_NAME,
        means="made of letters, digits and `_`, a letter first, at least two of them",
        help="Lambda allows no other names of environment variables",
    ),
    "duration": Format(code=codes.BAD_DURATION, means="a duration, like `30s`, `5m`, `12h`, `14d`"),
    "minutes": Format(code=codes.BAD_DURATION, means="whole minutes, like `15m`"),
    "days": Format(code=codes.BAD_DURATION, means="whole days, like `90d`"),
    "envelope": Format(
        code=codes.UNKNOWN_VALUE,
        means="`cloudevents`, `none`, or a mapping, like `{cloudevents: {subject: order_id}}`",
    ),
    "default-envelope": Format(code=codes.UNKNOWN_VALUE, means="`cloudevents` or `none`"),
    "extension": Format(
        code=codes.BAD_NAME,
        means="1 to 20 lower-case letters and digits, and no attribute that an event has anyway",
        help="CloudEvents allow no other names of extension attributes: `partitionkey`",
    ),
    "log-level": Format(code=codes.UNKNOWN_VALUE, means="`error`, `info` or `trace`"),
    "content-type": Format(
        code=codes.BAD_FORMAT, means="a media type, like `application/json; charset=UTF-8`"
    ),
    "size": Format(code=codes.BAD_SIZE, means="a size, like `256KiB` or `1MiB`"),
    "field-path": Format(
        code=codes.BAD_FORMAT, means="the name of a field, or a path, like `customer.id`"
    ),
    "source": Format(
        code=codes.BAD_FORMAT,
        means="one word that doesn't start with `aws.`",
        help="AWS keeps `aws.` for its services; write a domain backwards: `com.example.orders`",
    ),
    "path": Format(
        code=codes.BAD_FORMAT,
        means="a path with `/` between its folders, and no control character such as a line break",
    ),
    "requirement": Format(
        code=codes.BAD_FORMAT, means="a range of versions, like `~=1.2` or `>=1.2, <1.5`"
    ),
    "stack-path": Format(
        code=codes.BAD_FORMAT,
        means="a folder whose last part is a Python name, like `infra/messaging_stack`",
    ),
    "package-path": Format(
        code=codes.BAD_FORMAT,
        means="a folder whose last part is a Python name, like `src/checkout_messaging`",
    ),
    "arn": Format(
        code=codes.BAD_FORMAT,
        means="an ARN, like `arn:aws:sns:eu-west-1:111122223333:shipments`",
    ),
    "stream-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of a table's stream or of a Kinesis stream, like"
        " `arn:aws:kinesis:eu-west-1:111122223333:stream/clicks`",
    ),
    "key": Format(
        code=codes.BAD_FORMAT,
        means="`managed-by-stack`, `provided`, or a mapping, like `{arn: ...}`",
        help="a key that exists is named by its ARN; with AWS's own (`alias/aws/...`) no service"
        " may deliver, and SNS and EventBridge would lose every message",
    ),
    "key-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of a KMS key, like"
        " `arn:aws:kms:eu-west-1:111122223333:key/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed`",
        help="rights on a key name the key and not an alias: `aws kms describe-key --key-id"
        " alias/...` tells its ARN",
    ),
    "role-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of a role, like `arn:aws:iam::111122223333:role/checkout-api`",
    ),
    "region": Format(code=codes.BAD_FORMAT, means="a Region of AWS, like `us-east-1`"),
    "account": Format(
        code=codes.BAD_FORMAT,
        means="the id of an AWS account, twelve digits like `444455556666`",
    ),
    "organization": Format(
        code=codes.BAD_FORMAT,
        means="the id of an organization, like `o-exampleorg1`",
    ),
    "principal-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of a role or a user, like `arn:aws:iam::444455556666:role/shop-*`",
    ),
    "service-principal": Format(
        code=codes.BAD_FORMAT,
        means="a service as IAM names it, like `s3.amazonaws.com`",
    ),
    "source-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of what the service publishes for, like `arn:aws:s3:::uploads`",
    ),
    "attribute": Format(
        code=codes.BAD_NAME,
        means="a name of letters, digits, `_`, `-` and `.`, without `AWS.` before it",
        help="SNS and SQS allow no other names of message attributes",
    ),
    "parameter": Format(
        code=codes.BAD_FORMAT,
        means="a Systems Manager parameter, like `/logistics/messaging/topics/parcels`",
    ),
    "imported-name": Format(
        code=codes.BAD_FORMAT,
        means="a name in AWS, like `shipments`, `jobs.fifo` or a partner's bus",
    ),
    "https": Format(code=codes.BAD_FORMAT, means="an address that starts with `https://`"),
    "http": Format(code=codes.BAD_FORMAT, means="an address that starts with `http://`"),
    "email": Format(code=codes.BAD_FORMAT, means="an e-mail address, like `ops@example.com`"),
    "phone": Format(
        code=codes.BAD_FORMAT,
        means="an international phone number, like `+31612345678`",
        help="write `+`, the country and the number, without spaces or hyphens",
    ),
    "log-group": Format(
        code=codes.BAD_FORMAT, means="the name of a log group, like `/aws/events/orders`"
    ),
    "header": Format(
        code=codes.BAD_NAME,
        means="the name of an HTTP header, like `x-order-id`",
        help="HTTP allows letters, digits, `-` and `_`, and no spaces or colons",
    ),
    "header-value": Format(
        code=codes.BAD_FORMAT,
        means="text of printable characters of ASCII",
        help="HTTP allows no others in a header; encode them, as in `%C3%A9`",
    ),
    "query-name": Format(
        code=codes.BAD_NAME, means="the name of a parameter, without control characters"
    ),
    "connection": Format(
        code=codes.BAD_FORMAT,
        means="`provided`, or a mapping, like `{basic: {secret: partner/login}}`",
    ),
    "connection-arn": Format(
        code=codes.BAD_FORMAT,
        means="the ARN of a connection of EventBridge, like"
        f" `arn:aws:events:eu-west-1:111122223333:connection/partner{_ID}`",
    ),
    "secret": Format(
        code=codes.BAD_FORMAT,
        means="the name or the ARN of a secret in Secrets Manager, like `partner/api-key`",
        help="the secret itself never stands here",
    ),
    "field": Format(
        code=codes.BAD_FORMAT, means="the name of a field of the secret's JSON, like `api_key`"
    ),
    "receiver": Format(
        code=codes.BAD_FORMAT,
        means="a kind and a name, like `queue/invoicing`",
        help="the kinds are `queue`, `topic`, `bus`, `consumer` and `subscription`",
    ),
    "handler": Format(code=codes.BAD_FORMAT, means="a module and a function, like `app.handler`"),
}


def _article(noun: str) -> str:
    return "an" if noun[0] in "AEIO" else "a"


FORMATS |= {
    f"{kind.word.replace('_', '-')}-arn": Format(
        code=codes.BAD_FORMAT,
        means=f"the ARN of {_article(kind.noun)} {kind.noun}, like"
        f" `arn:aws:{kind.arn[0]}:eu-west-1:111122223333:{kind.arn[1]}orders"
        f"{_ID if kind.is_called else ''}`",
    )
    for kind in KINDS.values()
    if kind.arn[0] and kind.cdk is not None
}
