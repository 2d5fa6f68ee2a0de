from depot_messaging.consumers import weighing


@weighing.handler
def handler(message, context):
    pass
