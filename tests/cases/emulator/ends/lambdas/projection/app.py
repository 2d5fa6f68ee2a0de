from ends_messaging.consumers import projection


@projection.handler
def handler(message: projection.Message, context: object) -> None:
    print("got", message)
