"""First impression."""
