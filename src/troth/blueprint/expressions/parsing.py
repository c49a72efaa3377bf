"""From text to a syntax tree, through a gate that lets only harmless tokens pass.

The gate comes first, so that the parser never sees a statement, a subquery, a comment or a nesting that
could exhaust the stack.
"""

import re
from collections.abc import Collection
from itertools import zip_longest

from sqlglot import Token, exp
from sqlglot.dialects import DuckDB
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import TokenType as T

from troth.blueprint.expressions.errors import ExpressionError
from troth.texts import _

MAX_LENGTH = 4000
MAX_TOKENS = 1000
MAX_NESTING = 24

_ALLOWED = frozenset({
    T.VAR, T.IDENTIFIER, T.NUMBER, T.STRING, T.L_PAREN, T.R_PAREN, T.COMMA, T.DOT,
    T.PLUS, T.DASH, T.STAR, T.SLASH, T.MOD, T.DPIPE, T.DCOLON, T.ALIAS,
    T.EQ, T.NEQ, T.LT, T.LTE, T.GT, T.GTE, T.AND, T.OR, T.NOT, T.BETWEEN, T.IN, T.IS, T.LIKE, T.ILIKE,
    T.NULL, T.TRUE, T.FALSE, T.CASE, T.WHEN, T.THEN, T.ELSE, T.END, T.INTERVAL, T.DISTINCT, T.FROM,
    T.REPLACE, T.INT, T.BIGINT, T.DOUBLE, T.TEXT, T.VARCHAR, T.BOOLEAN, T.DATE, T.TIMESTAMP, T.TIMESTAMPNTZ,
})  # fmt: skip
_OPENING = frozenset({T.L_PAREN, T.CASE})
_CLOSING = frozenset({T.R_PAREN, T.END})
_OPERANDS = frozenset({T.VAR, T.IDENTIFIER, T.NUMBER, T.STRING, T.R_PAREN, T.END, T.NULL, T.TRUE, T.FALSE})
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_CLOCK = {"current_date", "current_timestamp", "current_time", "now", "today", "get_current_timestamp"}


def parse(text: str, names: Collection[str]) -> exp.Expr:
    """The syntax tree of one scalar expression in DuckDB's dialect.

    Args:
        text: The expression.
        names: Declared names, which may be SQL keywords (`comment`, `format`).

    Raises:
        ExpressionError: Too long, too deeply nested, not an expression, or made of what no expression needs.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            text,
            MAX_LENGTH,
            _("The expression has %(length)d characters; at most %(most)d are allowed.")
            % {"length": len(text), "most": MAX_LENGTH},
        )
    tokens = _tokens(text)
    _check(text, tokens, names)
    try:
        trees: list[exp.Expr | None] = DuckDB().parser().parse_into(exp.Condition, tokens, text)
    except ParseError as error:
        raise _explained(error, text, tokens, names) from None
    except RecursionError:
        raise ExpressionError(text, 0, _("The expression is nested too deeply.")) from None
    if len(trees) != 1 or trees[0] is None:
        raise ExpressionError(text, 0, _("This is not one expression."))
    return trees[0]


def _tokens(text: str) -> list[Token]:
    try:
        tokens: list[Token] = DuckDB().tokenize(text)
    except TokenError:
        raise ExpressionError(text, len(text), _("The expression ends inside quotes or a comment.")) from None
    if not tokens:
        raise ExpressionError(text, 0, _("The expression is empty."))
    if len(tokens) > MAX_TOKENS:
        raise ExpressionError(
            text,
            tokens[MAX_TOKENS].start,
            _("The expression has more than %(most)d words and signs.") % {"most": MAX_TOKENS},
        )
    return tokens


def _check(text: str, tokens: list[Token], names: Collection[str]) -> None:
    depth = prefixes = 0
    for token, following in zip_longest(tokens, tokens[1:]):
        word, kind = token.text.casefold(), token.token_type
        if "\0" in token.text:
            raise ExpressionError(text, token.start, _("A NUL character is not allowed."))
        if token.comments:
            raise ExpressionError(
                text,
                token.start,
                _("A comment is not allowed inside an expression."),
                _("Write it behind a # in the YAML."),
            )
        if kind is T.VAR and not _WORD.match(token.text):
            raise ExpressionError(text, *_strange(token))
        if word in _CLOCK and word not in names and kind is not T.STRING:
            raise ExpressionError(
                text,
                token.start,
                _("“%(word)s” reads the clock, and an experience may not depend on when one looks.")
                % {"word": token.text},
                _("Use a time of the record; an open promise past its due time is broken by itself."),
            )
        bare_if = (
            word == "if" and kind is T.VAR and (following is None or following.token_type is not T.L_PAREN)
        )
        if bare_if or (kind not in _ALLOWED and word not in names):
            raise ExpressionError(
                text, token.start, _("“%(word)s” is not allowed in an expression.") % {"word": token.text}
            )
        depth += (kind in _OPENING) - (kind in _CLOSING)
        prefixes = 0 if kind in _OPERANDS else prefixes + 1
        if depth > MAX_NESTING or prefixes > 2 * MAX_NESTING:
            raise ExpressionError(text, token.start, _("The expression is nested too deeply."))


def _strange(token: Token) -> tuple[int, str]:
    strange = ((i, c) for i, c in enumerate(token.text) if not _WORD.match("_" + c))
    place, sign = next(strange, (0, token.text[0]))  # the first sign of a word may not be a digit
    message = _("The character “%(sign)s” (U+%(number)04X) is not allowed outside quotes.")
    return token.start + place, message % {"sign": sign, "number": ord(sign)}


def _explained(error: ParseError, text: str, tokens: list[Token], names: Collection[str]) -> ExpressionError:
    """The parser's complaint in our words."""
    first = error.errors[0] if error.errors else {}
    place = (first.get("line"), first.get("col"))
    token = next((token for token in tokens if (token.line, token.col) == place), None)
    if token is None:
        return ExpressionError(text, tokens[-1].start, _("The expression cannot be understood here."))
    hint = ""
    for word in (
        t for t in tokens if t.text.casefold() in names and t.token_type not in {T.VAR, T.IDENTIFIER}
    ):
        hint = _("The column “%(name)s” is a word of SQL: write it in double quotes.") % {"name": word.text}
    return ExpressionError(text, token.start, _("“%(word)s” does not fit here.") % {"word": token.text}, hint)
