from sends_messaging.consumers import worker


@worker.handler
def handler(message: worker.Message, context: object) -> None:
    print("got", message)
