"""Long work that people begin on a page: what it does, and what they are told of it."""
