from ends_messaging.consumers import counter


@counter.handler
def handler(message: counter.Message, context: object) -> None:
    print("got", message)
