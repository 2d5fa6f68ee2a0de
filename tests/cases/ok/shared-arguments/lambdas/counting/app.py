from depot_messaging.consumers import counting


@counting.handler
def handler(message, context):
    pass
