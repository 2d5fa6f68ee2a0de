"""One message in, every receiver out, with the reason for each; importing it costs nothing."""
