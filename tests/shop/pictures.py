"""Pictures drawn at start, as SVG: products in three views, the logo, payment marks, the seal."""

from tests.shop.stock import Product

_SHAPES = {
    "kettle": (
        '<path d="M120 330q-30-150 80-190h100q110 40 80 190z" fill="{0}"/>'
        '<path d="M180 140q70-90 140 0" fill="none" stroke="{1}" stroke-width="18"/>'
        '<path d="M375 230l85-60-15 110-70 20z" fill="{0}"/><circle cx="250" cy="128" r="16" fill="{1}"/>'
    ),
    "jug": (
        '<path d="M170 120h150l20 60q50 110-30 170h-130q-80-60-30-170z" fill="{0}"/>'
        '<path d="M345 190q90 20 20 110" fill="none" stroke="{0}" stroke-width="22"/>'
        '<path d="M165 210h185" stroke="{1}" stroke-width="14"/>'
    ),
    "cup": (
        '<path d="M120 180h200v90q0 70-70 70h-60q-70 0-70-70z" fill="{0}"/>'
        '<path d="M320 200q80 0 80 50t-90 60" fill="none" stroke="{0}" stroke-width="20"/>'
        '<path d="M120 215h200" stroke="{1}" stroke-width="12"/>'
    ),
}
VIEWS = (
    "translate(0 0)",
    "translate(500 0) scale(-1 1)",
    "translate(-120 -120) scale(1.5)",
)


def picture(product: Product, view: int) -> str:
    """The product seen from one of three sides; 500 by 440."""
    colours = product.colours[view % 3], product.colours[(view + 1) % 3]
    drawn = _SHAPES[product.shape].format(*colours)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="440" viewBox="0 0 500 440">'
        '<rect width="500" height="440" fill="#f3efe8"/>'
        '<rect y="340" width="500" height="100" fill="#e4dccf"/>'
        f'<g transform="{VIEWS[view]}">{drawn}</g></svg>'
    )


def logo(brand: str) -> str:
    """The shop's logo; 220 by 48."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="48" viewBox="0 0 220 48">'
        '<path d="M8 40q-6-22 10-28h12q16 6 10 28z" fill="#2f5d62"/>'
        '<path d="M40 24l8-6v12l-9 4z" fill="#2f5d62"/><circle cx="24" cy="9" r="4" fill="#a44a3f"/>'
        f'<text x="58" y="33" font-family="DejaVu Sans, sans-serif" font-size="24" '
        f'font-weight="700" fill="#22333b">{brand}</text>'
        "</svg>"
    )


def other_logo(brand: str) -> str:
    """A logo of quite another look."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="48" viewBox="0 0 220 48">'
        '<rect width="220" height="48" fill="#7a1f5c"/><path d="M0 48L60 0h30L30 48z" fill="#f6c945"/>'
        f'<text x="100" y="30" font-family="DejaVu Serif, serif" font-size="17" '
        f'fill="#fff">{brand[:6].upper()}</text></svg>'
    )


def mark(text: str, colour: str = "#22333b") -> str:
    """A payment mark; 78 by 30."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="78" height="30" viewBox="0 0 78 30">'
        '<rect x=".5" y=".5" width="77" height="29" rx="4" fill="#fff" stroke="#9aa5ab"/>'
        f'<text x="39" y="19" text-anchor="middle" font-family="DejaVu Sans, sans-serif" '
        f'font-size="11" fill="{colour}">{text}</text></svg>'
    )


def seal() -> str:
    """A trust seal of no real issuer's look; 96 by 96."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">'
        '<circle cx="48" cy="48" r="46" fill="#fff" stroke="#2f5d62" stroke-width="4"/>'
        '<path d="M28 50l14 14 26-32" fill="none" stroke="#2f5d62" stroke-width="8"/></svg>'
    )


def person(colour: str) -> str:
    """Somebody without a face; 200 by 200."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">'
        f'<rect width="200" height="200" fill="#f3efe8"/><circle cx="100" cy="78" r="40" fill="{colour}"/>'
        f'<path d="M30 200q0-76 70-76t70 76z" fill="{colour}"/></svg>'
    )
