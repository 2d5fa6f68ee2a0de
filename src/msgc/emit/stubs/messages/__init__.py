"""The modules of messages: dataclasses, the types of their fields, and codecs."""
