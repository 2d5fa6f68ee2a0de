"""A CloudWatch Logs group."""

from __future__ import annotations

from msgc.kinds.kind import Cdk, Delivery, Kind, LogPolicy, Role, piped
from msgc.kinds.way import Way

LOG_GROUP = Kind(
    word="log_group",
    noun="log group",
    ways={
        Way.EVENT_RULE: Delivery(
            access=LogPolicy(),
            wants_bare_arn=True,
            options=frozenset({"send"}),
            fields=("timestamp", "message"),
        ),
        **piped(Delivery(access=Role(actions=("logs:CreateLogStream", "logs:PutLogEvents")))),
    },
    scheme="log_group/",
    arn=("logs", "log-group:"),
    cdk=Cdk(
        type="AWS::Logs::LogGroup",
        module="logs",
        interface="ILogGroup",
        importer="LogGroup.from_log_group_arn",
        arn="log_group_arn",
        name="log_group_name",
        alias="LogGroup",
    ),
    is_made=True,
    to="to_log_group",
)
