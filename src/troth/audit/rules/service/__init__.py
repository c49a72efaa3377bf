"""Service, technology, relationship."""
