"""What comes from somebody's export is shown in a terminal, and never obeyed there."""

_SPELLED = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def visible(text: str) -> str:
    """`text` with control characters spelled out: no id or header may move the cursor or name the window."""
    return text.translate(_SPELLED)
