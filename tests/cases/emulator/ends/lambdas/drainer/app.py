from ends_messaging.consumers import drainer


@drainer.handler
def handler(message: drainer.Message, context: object) -> None:
    print("got", message)
