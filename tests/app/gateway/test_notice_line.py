"""Every notice has its line for people without a window."""

import re

import pytest

from app.core.notices import NOTICE_WORDS, Notice, NoticeCode
from app.core.notices import Level as NoticeLevel
from app.gateway.mapping import notice_view
from app.gateway.noticeboard import NoticeBoard
from app.gateway.plain import notice_line, status_lines
from app.gateway.views import NoticeView, Snapshot


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_is_a_sentence_with_its_values_filled_in(code):
    words = NOTICE_WORDS[code]
    slots = re.findall(r"\{(\w+)\}", words.sentence + words.hint)
    values = {slot: f"<{slot}>" for slot in slots}
    line = notice_line(notice_view(Notice("key", NoticeLevel.INFO, code, values), 0))
    assert line.startswith("Note: ")
    assert "{" not in line
    assert all(value in line for value in values.values())


def test_a_notice_of_a_newer_core_is_shown_by_its_code():
    assert "from_the_future" in notice_line(
        NoticeView(key="k", level="info", code="from_the_future")
    )


def test_the_state_tells_the_notices():
    notice = notice_view(Notice("disk", NoticeLevel.WARNING, NoticeCode.DISK_FULL), 0)
    lines = status_lines(Snapshot(version="1", pid=1, started_ms=0, notices=(notice,)))
    assert any("The disk is full." in line for line in lines)


def test_who_listens_hears_every_notice_also_one_that_replaces_another():
    heard = []
    board = NoticeBoard(lambda: 5, heard.append)
    for code in (NoticeCode.DISK_FULL, NoticeCode.FILES_LOCKED):
        board.tell(Notice("storage", NoticeLevel.WARNING, code))
    assert [view.code for view in heard] == ["disk_full", "files_locked"]
    assert [view.code for view in board.views()] == ["files_locked"]
