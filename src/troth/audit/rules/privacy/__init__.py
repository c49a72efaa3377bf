"""Privacy and consent."""
