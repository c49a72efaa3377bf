"""A shop that this project did not write: django-oscar as its wheel brings it, with a few products."""
