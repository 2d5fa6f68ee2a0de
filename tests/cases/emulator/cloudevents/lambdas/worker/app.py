from events_messaging import MessageContext
from events_messaging.consumers import worker


@worker.handler
def handler(message: worker.Message, context: MessageContext) -> None:
    event = context.cloud_event
    assert event is not None
    print("got", message, "of", event.source, "about", event.subject, "for", context.correlation_id)
