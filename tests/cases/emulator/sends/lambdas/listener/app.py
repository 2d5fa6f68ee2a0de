from sends_messaging.consumers import listener


@listener.handler
def handler(message: listener.Message, context: object) -> None:
    print("got", message)
