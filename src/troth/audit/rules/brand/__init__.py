"""Brand consistency."""
