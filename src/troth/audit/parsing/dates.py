"""Days named in running text: weekdays, and a day with its month."""

import re

_WEEKDAYS = (
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|morgen|overmorgen|übermorgen|tomorrow"
)
_MONTHS = (
    r"jan(?:uar[iy]?|\.)?|feb(?:ruar[iy]?|\.)?|m(?:aart|ärz|arch|rt\.?|är\.?|ar\.?)|apr(?:il|\.)?|ma[iy]|mei"
    r"|jun[ei]?\.?|jul[iy]?\.?|aug(?:ust(?:us)?|\.)?|sep(?:t(?:ember)?|\.)?\.?|o[kc]t(?:ober|\.)?"
    r"|nov(?:ember|\.)?|de[czs](?:ember|\.)?"
)
_DAY = re.compile(
    rf"(?<!\w)(?:{_WEEKDAYS}|\d{{1,2}}\.? ?(?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{1,2}[/-]\d{1,2}[/-]\d{2,4})(?!\w)",
    re.IGNORECASE,
)


def names_day(text: str) -> bool:
    """Whether `text` names a day.

    >>> names_day("Lieferung bis Mi., 3. Dez."), names_day("Lieferzeit 3 Tage")
    (True, False)
    """
    return _DAY.search(text) is not None
