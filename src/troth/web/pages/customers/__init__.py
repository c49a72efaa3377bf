"""Customers: looked for by their id, and listed by what they are owed."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.customers.query import CustomersAnswer, customers, noted, rows, words

PAGES = (
    Page(
        name="customers",
        address="/customers",
        title=lazy("Customers"),
        answer=CustomersAnswer,
        query=customers,
        package=__name__,
        takes=("at", "segment", "touchpoint", "mechanism", "search", "page", "size"),
        warms=True,
        right=Right.SEE_PEOPLE,
        menu=40,
        rows=rows,
        context=words,
        noted=noted,
    ),
)
