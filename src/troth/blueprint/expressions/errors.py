"""What is wrong with an expression, and where in it."""

from collections.abc import Iterable

from troth.errors import UsageError


class ExpressionError(UsageError):
    """An expression that may not run.

    Args:
        text: The whole expression.
        offset: The place in `text`, counted from 0.
        message: What is wrong, translated.
        hint: How to mend it, translated.
        allowed: What would have been accepted there.
        rule: The code of an unknown name, such as `TB405`.
    """

    def __init__(
        self,
        text: str,
        offset: int,
        message: str,
        hint: str = "",
        rule: str = "",
        *,
        allowed: Iterable[str] = (),
    ) -> None:
        super().__init__("expression-invalid", message, hint, allowed=allowed)
        self.args = (text, offset, message, hint, rule)
        self.text = text
        self.offset = offset
        self.rule = rule
