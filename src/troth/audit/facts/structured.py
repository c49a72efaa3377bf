"""What each page says of itself to machines: products, offers, ratings, organizations, breadcrumbs."""

from dataclasses import dataclass, field

from troth.audit.facts.site import Site
from troth.audit.parsing.nodes import nodes
from troth.audit.parsing.schema_org import breadcrumbs, is_organization, organization, products
from troth.audit.parsing.things import Organization, Product


@dataclass(frozen=True, slots=True)
class Marked:
    """What one page says to machines. `faults` as in `parsing.nodes`; `types`: every type that occurs."""

    page: str
    products: tuple[Product, ...] = ()
    organizations: tuple[Organization, ...] = ()
    breadcrumbs: tuple[tuple[str, ...], ...] = ()
    people: tuple[str, ...] = ()
    opengraph: dict[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structured:
    """Every page of the first visit, in its order."""

    pages: tuple[Marked, ...]

    def of(self, page: str) -> Marked:
        """What the page with this id says; nothing for an unknown one."""
        return next((marked for marked in self.pages if marked.page == page), Marked(page))


def structured(site: Site) -> Structured:
    """The structured data of the pages that could be seen."""
    return Structured(tuple(marked(page.id, page.seen.html) for page in site.pages if page.seen))


def marked(page: str, html: str) -> Marked:
    """What the page with the id `page` says in its HTML. Never raises for what stands there."""
    found = nodes(html)
    all_nodes = tuple(found.walk())
    return Marked(
        page,
        products(found),
        tuple(organization(node) for node in all_nodes if is_organization(node)),
        tuple(breadcrumbs(node) for node in all_nodes if node.is_a("BreadcrumbList")),
        tuple(
            dict.fromkeys(
                node.text("name") for node in all_nodes if node.is_a("Person") and node.text("name")
            )
        ),
        dict(reversed(found.opengraph)),
        tuple(dict.fromkeys(type_ for node in all_nodes for type_ in node.types)),
        found.faults,
    )


FACTS = (structured,)
