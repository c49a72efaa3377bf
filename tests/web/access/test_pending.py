from troth.web.access.pending import MOST, MOST_OF_ONE, Pending


def test_a_value_is_taken_once() -> None:
    pending: Pending[int] = Pending(lambda: 0)
    pending.put("a", 1, "me")
    assert pending.has("a")
    assert [pending.take("a"), pending.take("a"), pending.take("b")] == [1, None, None]


def test_a_value_is_gone_after_its_time() -> None:
    now = [0]
    pending: Pending[int] = Pending(lambda: now[0], 1_000)
    pending.put("a", 1, "me")
    now[0] = 1_000
    assert not pending.has("a")
    assert pending.take("a") is None


def test_one_owner_pushes_out_only_what_is_their_own() -> None:
    pending: Pending[int] = Pending(lambda: 0)
    pending.put("other", 0, "other")
    for n in range(MOST_OF_ONE * 3):
        pending.put(f"mine {n}", n, "me")
    assert len(pending._kept) == MOST_OF_ONE + 1
    assert pending.take("other") == 0
    assert pending.take(f"mine {MOST_OF_ONE * 2}") == MOST_OF_ONE * 2
    assert pending.take("mine 0") is None


def test_it_does_not_grow_without_end() -> None:
    pending: Pending[int] = Pending(lambda: 0)
    for n in range(MOST + 10):
        pending.put(str(n), n, str(n))
    assert len(pending._kept) == MOST
