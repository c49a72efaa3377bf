"""The browser that looks at shops: finding it, starting it, and what it may not do.

Playwright's ASYNC interface, here and in `gather`: one browser serves many visits at once, each with a
context of its own.
"""
