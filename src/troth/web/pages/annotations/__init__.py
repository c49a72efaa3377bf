"""Notes in the charts: made and removed here, shown on the pages of the overview and of touchpoints."""

from troth.web.access.rights import Right
from troth.web.frame.action import Action
from troth.web.pages.annotations.acting import Annotation, AnnotationForm, Removed, add, remove

PAGES = ()
ACTIONS = (
    Action("annotation-add", "/annotations", Right.CHANGE_DATA, Annotation, add, AnnotationForm),
    Action("annotation-remove", "/annotations/{id}/remove", Right.CHANGE_DATA, Removed, remove),
)
