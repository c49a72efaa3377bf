"""The server: pages for people, an API for programs, and the way in for records."""
