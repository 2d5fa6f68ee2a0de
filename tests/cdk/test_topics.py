"""Topics and subscriptions in the template."""

from __future__ import annotations

import json

from tests.cdk.synthesis import Template, plain

TOPIC, SUBSCRIPTION = "AWS::SNS::Topic", "AWS::SNS::Subscription"


def test_settings(topics: Template) -> None:
    orders = topics.one(TOPIC, "OrdersTopic")
    assert orders["TopicName"] == "fan-orders"
    assert orders["DisplayName"] == 'Orders "of" today'
    assert orders["TracingConfig"] == "Active"
    ordered = topics.one(TOPIC, "OrderedTopic")
    assert ordered["TopicName"] == "fan-ordered.fifo"
    assert ordered["FifoTopic"] is True
    assert ordered["FifoThroughputScope"] == "MessageGroup"
    assert topics.one(TOPIC, "BigTopic")["MaximumMessageSize"] == 1_048_576


def test_imported_topics_are_not_made(topics: Template) -> None:
    assert set(topics.of(TOPIC)) == {"OrdersTopic", "OrderedTopic", "BigTopic"}


def test_topics_take_tls_only_and_stay_with_their_owner(topics: Template) -> None:
    for name in ("OrdersTopic", "OrderedTopic", "BigTopic"):
        document = topics.one("AWS::SNS::TopicPolicy", f"{name}Policy")["PolicyDocument"]
        tls, owner = document["Statement"]
        assert tls["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert tls["Effect"] == "Deny"
        assert plain(owner["Principal"]) == {"AWS": "arn:partition:iam::accountid:root"}
        assert "sns:Subscribe" in owner["Action"]
        assert "sns:Publish" not in owner["Action"]


def test_subscription_to_a_queue(topics: Template) -> None:
    found = plain(topics.one(SUBSCRIPTION, "OrdersTopicToInvoicesQueueSubscription"))
    assert found["Protocol"] == "sqs"
    assert found["Endpoint"] == "{InvoicesQueue}"
    assert found["RawMessageDelivery"] is True
    assert found["FilterPolicy"] == {"message_type": ["Placed"], "total": [{"numeric": [">", 5]}]}
    assert found["RedrivePolicy"] == {"deadLetterTargetArn": "{UndeliveredQueue}"}


def test_filter_on_the_body(topics: Template) -> None:
    found = topics.one(SUBSCRIPTION, "BigTopicToInvoicesQueueSubscription")
    assert found["FilterPolicyScope"] == "MessageBody"
    assert found["FilterPolicy"] == {"customer": {"tier": ["gold"]}}


def test_null_in_a_filter_survives(topics: Template) -> None:
    found = topics.one(SUBSCRIPTION, "BigTopicToNullsQueueSubscription")
    assert json.loads(found["FilterPolicy"]) == {"coupon": [None]}
    assert found["FilterPolicyScope"] == "MessageBody"


def test_fifo_keeps_its_dead_letters_in_a_fifo_queue(topics: Template) -> None:
    found = plain(topics.one(SUBSCRIPTION, "OrderedTopicToOrderedQueueSubscription"))
    assert found["RedrivePolicy"] == {"deadLetterTargetArn": "{UndeliveredFifoQueue}"}
    assert topics.one("AWS::SQS::Queue", "UndeliveredFifoQueue")["FifoQueue"] is True


def test_options(topics: Template) -> None:
    found = topics.one(SUBSCRIPTION, "FoundTopicToAnythingQueueSubscription")
    assert "RedrivePolicy" not in found
    assert "RawMessageDelivery" not in found
    by_protocol = {each["Protocol"]: each for each in topics.of(SUBSCRIPTION).values()}
    assert by_protocol["https"]["DeliveryPolicy"]["healthyRetryPolicy"]["numRetries"] == 7
    assert by_protocol["email-json"]["Endpoint"] == "a@example.com"
    assert by_protocol["sms"]["Endpoint"] == "+31612345678"


def test_imported_topics_are_looked_for_where_they_are(topics: Template) -> None:
    known = topics.one(SUBSCRIPTION, "KnownTopicToAnythingQueueSubscription")
    assert known["TopicArn"] == "arn:aws:sns:us-east-1:999988887777:known"
    assert known["Region"] == "us-east-1"
    found = topics.one(SUBSCRIPTION, "FoundTopicToAnythingQueueSubscription")
    assert found["Region"] == {"Fn::Select": [3, {"Fn::Split": [":", found["TopicArn"]]}]}
    assert "Region" not in topics.one(SUBSCRIPTION, "OrdersTopicToInvoicesQueueSubscription")


def test_functions_are_invoked_for_their_topic_only(topics: Template) -> None:
    permissions = {name: plain(each) for name, each in topics.of("AWS::Lambda::Permission").items()}
    own = permissions["OrdersTopicToFraudFunctionSubscriptionPermission"]
    assert own["Principal"] == "sns.amazonaws.com"
    assert own["SourceArn"] == "{OrdersTopic}"
    assert own["FunctionName"] == "{FraudFunction}"
    assert (
        permissions["OrdersTopicToLentFunctionSubscriptionPermission"]["SourceArn"]
        == "{OrdersTopic}"
    )


def test_failures_of_a_function_behind_a_topic(topics: Template) -> None:
    config = plain(topics.one("AWS::Lambda::EventInvokeConfig", "FraudEventInvokeConfig"))
    assert config["MaximumRetryAttempts"] == 0
    assert config["DestinationConfig"]["OnFailure"]["Destination"] == "{UndeliveredQueue}"
