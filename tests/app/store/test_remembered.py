"""Signatures and prices of gifts outlive a restart; a damaged file costs only itself."""

import pytest

from app.core.giftlist import GiftKind, GiftList
from app.store.remembered import Remembered

LEARNT = (GiftKind(1, "Hoa hồng \U0001f339", 3, combo=True), GiftKind(2, "", 0, combo=None))


def made(path, *kinds):
    """Return an open memory of a program that knows these gifts from its stream."""
    gifts = GiftList()
    kept = Remembered(path, gifts)
    kept.open()
    for kind in kinds:
        gifts.learn(kind)
    return kept


def reopened(path):
    gifts = GiftList()
    again = Remembered(path, gifts)
    again.open()
    again.close()
    return tuple(again.load()), gifts.learnt()


def test_what_was_saved_is_known_next_time(tmp_path):
    path = tmp_path / "data" / "stream.json"
    first = made(path, *LEARNT)
    assert tuple(first.load()) == ()
    first.save([5, 7])
    first.look()
    first.save([5, 7, 9])
    first.close()
    assert reopened(path) == ((5, 7, 9), LEARNT)


def test_the_last_gift_before_the_end_is_kept_too(tmp_path):
    path = tmp_path / "stream.json"
    made(path, *LEARNT).close()
    assert reopened(path) == ((), LEARNT)


def test_a_name_that_is_no_text_costs_a_letter_and_not_the_file(tmp_path):
    path = tmp_path / "stream.json"
    first = made(path, GiftKind(1, "half \ud83d", 3))
    first.save([5])
    first.close()
    signed, gifts = reopened(path)
    assert signed == (5,)
    assert [(kind.name, kind.coins) for kind in gifts] == [("half ?", 3)]


def test_the_same_again_is_not_written(tmp_path):
    path = tmp_path / "stream.json"
    made(path, *LEARNT).close()
    again = made(path, *LEARNT)
    path.unlink()
    again.close()
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"version": 2}',
        b'{"signed_ms": "x"}',
        b'{"gifts": [{"id": 1}]}',
        b'{"gifts": [{"id": 1, "name": "x", "coins": -1}]}',
        b" " * (9 << 20),
    ],
    ids=range(9),
)
def test_a_damaged_file_means_a_fresh_start_and_is_replaced(tmp_path, content):
    path = tmp_path / "stream.json"
    path.write_bytes(content)
    assert reopened(path) == ((), ())
    again = made(path)
    again.save([1])
    again.close()
    assert reopened(path) == ((1,), ())


def test_when_lists_were_asked_for_and_their_names_are_known_next_time(tmp_path):
    path = tmp_path / "stream.json"
    first = made(path)
    first._gifts.take_list([GiftKind(1, "Hoa hồng", 3, combo=True)], "vi")
    first.note_asked("vi-VN", 7)
    first.note_asked("en-US", 9)
    first.close()
    gifts = GiftList([GiftKind(1, "Rose", 3, combo=True)])
    again = Remembered(path, gifts)
    again.open()
    assert again.asked() == {"vi-VN": 7, "en-US": 9}
    assert gifts.named("hoa hồng").id == gifts.named("rose").id == 1
    assert gifts.get(1).called_in("vi") == "Hoa hồng"
    again.close()


def test_what_comes_after_the_end_is_not_kept_and_hurts_nobody(tmp_path):
    kept = made(tmp_path / "stream.json")
    kept.close()
    kept.note_asked("vi-VN", 7)
    kept.save([3])
    assert not (tmp_path / "stream.json").exists()


def test_more_than_the_file_may_hold_costs_old_gifts_and_not_the_signatures(tmp_path):
    path = tmp_path / "stream.json"
    names = tuple(f"{number}" * 60 for number in range(8))
    long = (
        GiftKind(n, "x" * 300, 1, None, tuple(f"{one}{n}" for one in names)) for n in range(12_000)
    )
    first = made(path, *long)
    first.save([5])
    first.close()
    assert path.stat().st_size <= 8 << 20
    signed, gifts = reopened(path)
    assert signed == (5,)
    assert gifts[-1].id == 11_999


def test_without_a_place_it_is_for_this_run():
    kept = made(None, *LEARNT)
    kept.save([3])
    kept.close()
    assert kept.load() == (3,)


def test_a_place_that_cannot_be_written_costs_nothing_now(tmp_path):
    (tmp_path / "file").write_text("")
    kept = made(tmp_path / "file" / "stream.json")
    kept.save([3])
    kept.close()
    assert kept.load() == (3,)
