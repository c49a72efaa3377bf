"""The blueprint in force with what the check says about it, and a changed one to try."""

from troth.texts import lazy
from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.frame.page import Page
from troth.web.pages.blueprint.acting import MOST_BYTES, BlueprintForm, propose
from troth.web.pages.blueprint.query import BlueprintAnswer, blueprint, words
from troth.web.work.answers import JobAnswer

PAGES = (
    Page(
        name="blueprint",
        address="/data/blueprint",
        title=lazy("Blueprint"),
        answer=BlueprintAnswer,
        query=blueprint,
        package=__name__,
        context=words,
    ),
)
ACTIONS = (
    Action(
        name="blueprint-propose",
        address="/data/blueprint",
        right=Right.CHANGE_DATA,
        answer=JobAnswer,
        perform=propose,
        form=BlueprintForm,
        most_bytes=MOST_BYTES,
    ),
)
