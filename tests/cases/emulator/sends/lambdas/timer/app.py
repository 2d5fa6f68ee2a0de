from sends_messaging.consumers import timer


@timer.handler
def handler(message: timer.Message, context: object) -> None:
    print("got", message)
