"""A shop whose customers write: reviews in Dutch and German, this quarter worse than the one before."""

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.serving import Served

from troth.web.application import application
from troth.workspace.live import Live

BLUEPRINT = """\
troth: "1"
journey:
  name: {en: Tea shop, de: Teeladen, nl: Theewinkel}
  phases: [{id: use, name: {en: Using, de: Nutzen, nl: Gebruiken}}]
touchpoints:
  - {id: product, phase: use, name: {en: Product, de: Produkt, nl: Product}}
  - {id: delivery, phase: use, name: {en: Delivery, de: Lieferung, nl: Bezorging}}
  - {id: service, phase: use, name: {en: Service, de: Service, nl: Service}}
records:
  reviews:
    key: id
    customer: who
    columns: {id: text, who: text, at: date, stars: integer, country: text, comment: comment}
rules:
  - {id: review, from: reviews, touchpoint: product, mechanism: ability, at: at, read: comment,
     rating: {column: stars, worst: 1, best: 5}}
segments:
  - {id: country, name: Country, from: reviews, value: country, latest: at}
"""
PRIVATE = BLUEPRINT + "privacy: {people: segments, least_group: 20}\n"
LAST = dt.date(2026, 3, 31)
LATE, QUICK = "De levering kwam veel te laat. Bel 06-12345678.", "De levering was snel en op tijd."
FINE, RUDE = "Das Produkt funktioniert perfekt.", "Der Kundenservice war sehr unfreundlich."
COURIER = "De levering kwam te laat, de koerier belde niet aan."


def reviews(folder: Path) -> Path:
    """Each by another customer: by quarter, text and number."""
    path = folder / "reviews.csv"
    plan = [
        (5, 40, COURIER, 1), (8, 20, LATE, 1), (11, 60, QUICK, 5), (14, 45, FINE, 5), (17, 8, RUDE, 2),
        (20, 6, "Le colis est arrivé beaucoup trop tard, je suis vraiment très déçu de ce magasin.", 1),
        (100, 20, LATE, 1), (110, 80, QUICK, 5), (120, 50, FINE, 5),
    ]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "who", "at", "stars", "country", "comment"])
        n = 0
        for ago, number, text, stars in plan:
            for place in range(number):
                day = LAST - dt.timedelta(ago + place % 3 - (1 if ago == 5 else 0))
                out.writerow([f"r{n}", f"c{n}", day, stars, "NL" if n % 4 else "DE", text])
                n += 1
    return path


@contextmanager
def served(folder: Path, blueprint: str = BLUEPRINT) -> Iterator[Served]:
    """The shop, served."""
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("reviews", reviews(folder))
        yield Served(live, application(live))
