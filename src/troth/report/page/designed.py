"""Trust as designed beside trust as lived, in rows and sentences."""

from troth.audit import names
from troth.report.page import words
from troth.report.twin.designed import DesignedCell, PromiseLived
from troth.report.twin.shape import Twin
from troth.texts import _, percent


def cells(twin: Twin) -> list[DesignedCell]:
    """First where the site shows more than customers live; last what is not known."""
    found = twin.designed.cells if twin.designed else ()
    return sorted(found, key=lambda cell: (not cell.known, (cell.lived or 0.0) - cell.designed))


def promised(promise: PromiseLived) -> str:
    """“Delivery time: the site says 2 days; nine of ten waited up to 5 days (4.6 to 5.4), …”."""
    lived = promise.lived
    said = _("%(kind)s: the site says %(days)s days;") % {
        "kind": words.coded(promise.kind, names.PROMISES),
        "days": _span(promise.least, promise.most),
    }
    if lived.most is None or lived.low is None:
        return f"{said} " + _("too few were kept to tell: %(kept)s kept, %(open)s open.") % {
            "kept": words.number(lived.kept),
            "open": words.number(lived.open),
        }
    waited = _("nine of ten waited up to %(most)s days (%(limits)s), half up to %(middle)s.") % {
        "most": words.number(lived.most, 1),
        "limits": words.limits(lived.low, lived.high or lived.most, 1),
        "middle": words.number(lived.middle or 0.0, 1),
    }
    if lived.within is None:
        return f"{said} {waited}"
    return f"{said} {waited} " + _("%(share)s waited no longer than that.") % {"share": percent(lived.within)}


def _span(least: float, most: float) -> str:
    digits = 0 if least == int(least) and most == int(most) else 1
    return words.number(most, digits) if least == most else words.limits(least, most, digits)
