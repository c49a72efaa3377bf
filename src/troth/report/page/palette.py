"""The page's colours, each for light and for dark, and the way charts take them.

Blue and orange stay apart in every common colour blindness; text reaches a contrast of 4.5 on every ground.
"""

PALETTE: dict[str, tuple[str, str]] = {
    "paper": ("#fdfcfa", "#14181d"),
    "panel": ("#f5f3ee", "#1c2127"),
    "ink": ("#1b2127", "#e9e7e2"),
    "muted": ("#565e68", "#a7afb8"),
    "rule": ("#dad6ce", "#373e46"),
    "line": ("#8d8a84", "#767e87"),
    "link": ("#1d5a8a", "#82b8e8"),
    "above": ("#1f5c8c", "#7fb6e6"),
    "below": ("#a5480f", "#f0a169"),
    "level": ("#666d76", "#9aa2ab"),
    "band": ("#c9d3dc", "#3a4652"),
    "hatch": ("#c3beb4", "#4a525b"),
    "above-1": ("#dce8f2", "#1c3044"),
    "above-2": ("#aecbe4", "#23486a"),
    "above-3": ("#78add6", "#2b6191"),
    "below-1": ("#fae6d8", "#3d2819"),
    "below-2": ("#f3c19d", "#5f381c"),
    "below-3": ("#e6965c", "#864a1d"),
    "level-0": ("#eceae5", "#2a3037"),
    "willing": ("#4d4a94", "#b3b0f0"),
    "able": ("#00756a", "#58c9bb"),
    "assessable": ("#806200", "#d9b84a"),
}
"""Name → (light, dark). No light value is used twice, so a chart drawn in them can be told apart again."""


def custom_properties() -> str:
    """CSS that defines `--name` for every colour: light, and both where a browser knows `light-dark()`."""
    light = "".join(f"--{name}:{colours[0]};" for name, colours in PALETTE.items())
    both = "".join(f"--{name}:light-dark({colours[0]},{colours[1]});" for name, colours in PALETTE.items())
    return f":root{{{light}}}\n@supports (color:light-dark(red,red)){{:root{{{both}}}}}\n"


def themed(drawing: str) -> str:
    """`drawing` (SVG or JSON in light colours) with each colour replaced by its custom property."""
    for name, (light, _dark) in PALETTE.items():
        drawing = drawing.replace(light, f"var(--{name})")
    return drawing
