"""A Step Functions state machine, of which each message starts an execution."""

from __future__ import annotations

from msgc.kinds.kind import Cdk, Delivery, Kind, Role, piped
from msgc.kinds.way import Way

STATE_MACHINE = Kind(
    word="state_machine",
    noun="state machine",
    ways={
        Way.EVENT_RULE: Delivery(
            access=Role(actions=("states:StartExecution",)), options=frozenset({"send"})
        ),
        Way.SCHEDULE: Delivery(
            access=Role(actions=("states:StartExecution",)), options=frozenset({"send"})
        ),
        **piped(
            Delivery(
                access=Role(actions=("states:StartExecution",)),
                parameters={
                    "StepFunctionStateMachineParameters": {"InvocationType": "FIRE_AND_FORGET"}
                },
            )
        ),
    },
    scheme="state_machine/",
    arn=("states", "stateMachine:"),
    cdk=Cdk(
        type="AWS::StepFunctions::StateMachine",
        module="stepfunctions",
        interface="IStateMachineRef",
        importer="StateMachine.from_state_machine_arn",
        arn="state_machine_ref.state_machine_arn",
    ),
)
"""Express and standard ones alike are started, and nobody waits for their result.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
"""
