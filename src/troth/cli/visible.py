"""What comes from somebody's export is shown in a terminal, and never obeyed there."""

_SPELLED = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"},
    **{
        code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },  # turn a line around
}


def visible(text: str) -> str:
    """`text` with control characters spelled out: none may move the cursor, name the window, turn a line."""
    return text.translate(_SPELLED)
