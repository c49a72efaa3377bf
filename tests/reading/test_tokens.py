from hypothesis import given
from hypothesis import strategies as st

from troth.reading.tokens import TOKEN, tokenised

LETTERS = "abzAZ09 .,:;!?'`@[](){}<>|/\\-_=^#$%&*+~\"\n\t"
SIGNS = st.sampled_from([*LETTERS, "http://", ":-)", "[e-mail]", "</3", "der 2. Klasse"])


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_a_text_of_ascii_has_the_same_tokens_as_any_other_way(text: str) -> None:
    tokens, starts = tokenised(text)
    assert tokens == TOKEN.findall(text)
    assert [text[begin : begin + len(token)] for begin, token in zip(starts, tokens, strict=True)] == tokens


def test_signs_outside_ascii_stay_tokens() -> None:
    assert tokenised("Top 😀 – oké")[0] == ["Top", "😀", " –", "oké"]
