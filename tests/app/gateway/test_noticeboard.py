"""Notices stand until a later one of the same key replaces or cures them."""

import itertools
import threading

import pytest

from app.core.notices import Level, Notice, NoticeCode
from app.gateway.noticeboard import NoticeBoard


@pytest.fixture
def board():
    return NoticeBoard(itertools.count(1).__next__)


def notice(key="storage", code=NoticeCode.DISK_FULL, level=Level.WARNING):
    return Notice(key, level, code, {"file": "x"})


def codes(board):
    return [one.code for one in board.views()]


def test_a_notice_is_shown_with_its_words_time_and_values(board):
    board.tell(notice())
    (view,) = board.views()
    assert (view.key, view.level, view.code) == ("storage", "warning", "disk_full")
    assert (view.values, view.at_ms) == ({"file": "x"}, 1)


def test_a_later_notice_of_the_same_key_takes_the_place(board):
    board.tell(notice())
    board.tell(notice("other", NoticeCode.CLOCK_JUMPED))
    board.tell(notice(code=NoticeCode.FILES_LOCKED))
    assert codes(board) == ["clock_jumped", "files_locked"]


def test_a_trouble_that_is_over_takes_its_notice_along(board):
    board.tell(notice())
    board.tell(notice("other", NoticeCode.CLOCK_JUMPED))
    board.tell(notice(code=NoticeCode.SAVED_AGAIN, level=Level.INFO))
    assert codes(board) == ["clock_jumped"]


def test_changes_are_taken_once(board):
    assert board.take() is None
    board.tell(notice())
    assert [one.code for one in board.take()] == ["disk_full"]
    assert board.take() is None
    assert codes(board) == ["disk_full"]


def test_it_is_bounded_and_keeps_the_newest(board):
    for number in range(50):
        board.tell(notice(str(number)))
    assert [one.key for one in board.views()] == [str(number) for number in range(30, 50)]


def test_many_threads_may_tell_at_once(board):
    def tell(name):
        for number in range(200):
            board.tell(notice(f"{name}-{number % 3}"))

    threads = [threading.Thread(target=tell, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {one.key for one in board.views()} == {f"{a}-{b}" for a in "abcd" for b in range(3)}
