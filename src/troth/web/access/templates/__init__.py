"""The pages that nobody must be signed in for."""
