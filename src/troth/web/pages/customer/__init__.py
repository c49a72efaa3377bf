"""One customer: the curve of trust, every experience's part of the balance, and what is still promised."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.page import Page
from troth.web.pages.customer.query import CustomerAnswer, customer, rows
from troth.web.pages.customer.view import words

PAGES = (
    Page(
        name="customer",
        address="/customers/{customer}",
        title=lazy("Customer"),
        answer=CustomerAnswer,
        query=customer,
        package=__name__,
        takes=("at", "since", "page", "size"),
        right=Right.SEE_PEOPLE,
        rows=rows,
        context=words,
        about_person="customer",
    ),
)
