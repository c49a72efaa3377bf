"""Webhooks that come in: signed by their senders, taken once."""
