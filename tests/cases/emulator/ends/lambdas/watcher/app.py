from ends_messaging.consumers import watcher


@watcher.handler
def handler(message: watcher.Message, context: object) -> None:
    print("got", message)
