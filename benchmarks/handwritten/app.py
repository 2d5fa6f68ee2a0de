"""examples/checkout as a person would write it with the CDK: the yardstick of `msgc synth`.

Run it in the example's folder; it has the same resources as the generated stack, and uses the
CDK's own constructs wherever they do what is wanted.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_ssm as ssm
from constructs import Construct

SERVICE = "checkout"
SOURCE = "com.example.checkout"
TWO_WEEKS = cdk.Duration.days(14)


class CheckoutStack(cdk.Stack):
    """All of it in one stack."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, "CheckoutMessagingStack")
        fraud = lambda_.Function.from_function_attributes(
            self,
            "Fraud",
            function_arn=self.format_arn(
                service="lambda",
                resource="function",
                resource_name="fraud",
                arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
            ),
            same_environment=True,
        )
        api = iam.Role.from_role_name(self, "Api", "checkout-api")
        self._queues()
        self._topics(fraud)
        self._bus()
        self._functions()
        self._grants(api)

    def _queues(self) -> None:
        self.undelivered = self._queue("undelivered", retention=TWO_WEEKS)
        self.receipts = self._with_dead_letters("receipts", 4, delay=cdk.Duration.seconds(10))
        self.invoicing = self._with_dead_letters("invoicing", 5, visibility=180)
        self.audit = self._with_dead_letters("audit", 3, retention=TWO_WEEKS)
        self.warehouse = self._with_dead_letters("warehouse", 5, visibility=120)
        self.tracking = self._with_dead_letters("tracking", 3)

    def _queue(
        self,
        name: str,
        *,
        retention: cdk.Duration | None = None,
        delay: cdk.Duration | None = None,
        visibility: int = 30,
        dead_letters: sqs.DeadLetterQueue | None = None,
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            f"{name.title()}Queue",
            queue_name=f"{SERVICE}-{name}",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=retention or cdk.Duration.days(4),
            delivery_delay=delay,
            visibility_timeout=cdk.Duration.seconds(visibility),
            receive_message_wait_time=cdk.Duration.seconds(20),
            dead_letter_queue=dead_letters,
        )

    def _with_dead_letters(
        self,
        name: str,
        after: int,
        *,
        retention: cdk.Duration | None = None,
        delay: cdk.Duration | None = None,
        visibility: int = 30,
    ) -> sqs.Queue:
        dead = self._queue(f"{name}-dlq", retention=TWO_WEEKS)
        queue = self._queue(
            name,
            retention=retention,
            delay=delay,
            visibility=visibility,
            dead_letters=sqs.DeadLetterQueue(queue=dead, max_receive_count=after),
        )
        self._parameter("queues", name, queue.queue_arn)
        return queue

    def _topics(self, fraud: lambda_.IFunction) -> None:
        self.orders = self._topic("orders")
        self.operations = self._topic("orders-ops")
        shipments = sns.Topic.from_topic_arn(
            self,
            "ShipmentsTopic",
            ssm.StringParameter.value_for_string_parameter(
                self, "/logistics/messaging/topics/shipments"
            ),
        )
        placed = sns.SubscriptionFilter.string_filter(allowlist=["OrderPlaced"])
        self.orders.add_subscription(
            subscriptions.SqsSubscription(
                self.invoicing,
                raw_message_delivery=True,
                dead_letter_queue=self.undelivered,
                filter_policy={
                    "message_type": placed,
                    "total": sns.SubscriptionFilter.numeric_filter(greater_than_or_equal_to=100),
                    "customer.tier": sns.SubscriptionFilter.string_filter(
                        allowlist=["gold", "platinum"]
                    ),
                },
            )
        )
        self.orders.add_subscription(
            subscriptions.EmailSubscription(
                "ops@example.com",
                filter_policy={
                    "message_type": sns.SubscriptionFilter.string_filter(
                        allowlist=["OrderCancelled"]
                    )
                },
            )
        )
        self.orders.add_subscription(
            subscriptions.UrlSubscription(
                "https://partner.example.com/hooks/orders", dead_letter_queue=self.undelivered
            )
        )
        self.orders.add_subscription(
            subscriptions.LambdaSubscription(
                fraud, dead_letter_queue=self.undelivered, filter_policy={"message_type": placed}
            )
        )
        self.operations.add_subscription(subscriptions.EmailSubscription("on-call@example.com"))
        shipments.add_subscription(
            subscriptions.SqsSubscription(
                self.tracking, raw_message_delivery=True, dead_letter_queue=self.undelivered
            )
        )

    def _topic(self, name: str) -> sns.Topic:
        topic = sns.Topic(
            self, f"{name.title()}Topic", topic_name=f"{SERVICE}-{name}", enforce_ssl=True
        )
        self._parameter("topics", name, topic.topic_arn)
        return topic

    def _bus(self) -> None:
        self.commerce = events.EventBus(self, "CommerceBus", event_bus_name=f"{SERVICE}-commerce")
        self._parameter("buses", "commerce", self.commerce.event_bus_arn)
        events.CfnArchive(
            self, "CommerceArchive", source_arn=self.commerce.event_bus_arn, retention_days=90
        )
        self._rule_to_queue("Audit", {"source": [{"prefix": ""}]}, self.audit, None)
        self._rule_to_queue(
            "Warehouse",
            {"source": [SOURCE], "detail-type": ["OrderPlaced"]},
            self.warehouse,
            events.CfnRule.RetryPolicyProperty(
                maximum_retry_attempts=20, maximum_event_age_in_seconds=3600
            ),
        )
        publish = iam.PolicyStatement(
            actions=["sns:Publish"], resources=[self.operations.topic_arn]
        )
        role = iam.Role(
            self,
            "FindingsRole",
            assumed_by=iam.ServicePrincipal("events.amazonaws.com"),
            inline_policies={"Send": iam.PolicyDocument(statements=[publish])},
        )
        events.CfnRule(
            self,
            "FindingsRule",
            event_pattern={
                "source": ["aws.inspector2"],
                "detail-type": ["Inspector2 Finding"],
                "detail": {"severity": ["HIGH"]},
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="Target",
                    arn=self.operations.topic_arn,
                    role_arn=role.role_arn,
                    dead_letter_config=self._dead_letters(),
                )
            ],
        )

    def _rule_to_queue(
        self,
        name: str,
        pattern: dict[str, list[object]],
        queue: sqs.Queue,
        retry: events.CfnRule.RetryPolicyProperty | None,
    ) -> None:
        # CfnRule, since Rule's own target would put a statement a rule into the queues' policies.
        rule = events.CfnRule(
            self,
            f"{name}Rule",
            event_bus_name=self.commerce.event_bus_name,
            event_pattern=pattern,
            targets=[
                events.CfnRule.TargetProperty(
                    id="Target",
                    arn=queue.queue_arn,
                    retry_policy=retry,
                    dead_letter_config=self._dead_letters(),
                )
            ],
        )
        for receiver in (queue, self.undelivered):
            receiver.add_to_resource_policy(
                iam.PolicyStatement(
                    principals=[iam.ServicePrincipal("events.amazonaws.com")],
                    actions=["sqs:SendMessage"],
                    resources=[receiver.queue_arn],
                    conditions={"ArnEquals": {"aws:SourceArn": rule.attr_arn}},
                )
            )

    def _dead_letters(self) -> events.CfnRule.DeadLetterConfigProperty:
        return events.CfnRule.DeadLetterConfigProperty(arn=self.undelivered.queue_arn)

    def _functions(self) -> None:
        self.invoicing_function = self._function("invoicing", 30)
        self.invoicing_function.add_environment(
            "CHECKOUT_RECEIPTS_QUEUE_URL", self.receipts.queue_url
        )
        self.receipts.grant_send_messages(self.invoicing_function)
        self.invoicing_function.add_event_source(
            sources.SqsEventSource(
                self.invoicing, batch_size=10, max_concurrency=20, report_batch_item_failures=True
            )
        )
        self._function("warehouse", 20).add_event_source(
            sources.SqsEventSource(self.warehouse, batch_size=10, report_batch_item_failures=True)
        )

    def _function(self, name: str, timeout: int) -> lambda_.Function:
        return lambda_.Function(
            self,
            f"{name.title()}Function",
            code=_code(name),
            handler="app.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            timeout=cdk.Duration.seconds(timeout),
            memory_size=256,
        )

    def _grants(self, api: iam.IRole) -> None:
        self.orders.grant_publish(api)
        self.commerce.grant_put_events_to(api)
        self.receipts.grant_send_messages(api)

    def _parameter(self, folder: str, name: str, arn: str) -> None:
        ssm.StringParameter(
            self,
            f"{name.title()}{folder.title()}Parameter",
            parameter_name=f"/{SERVICE}/messaging/{folder}/{name}",
            string_value=arn,
        )


def _code(name: str) -> lambda_.Code:
    """The handler's folder with the stubs beside it."""
    staged = Path(tempfile.mkdtemp())
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path("lambdas", name), staged, dirs_exist_ok=True, ignore=ignore)
    shutil.copytree(Path("src", "checkout_messaging"), staged / "checkout_messaging", ignore=ignore)
    return lambda_.Code.from_asset(str(staged))


app = cdk.App()
CheckoutStack(app)
app.synth()
