"""The sender as moderator."""

from __future__ import annotations

from app.core.conditions.sender_is_moderator import SenderIsModerator
from app.core.events import Viewer
from app.core.outcome import Reason
from tests.app.core.making import facts, gift, said


def test_it_holds_as_tiktok_says():
    yes = gift(viewer=Viewer(1, "a", is_moderator=True))
    assert SenderIsModerator().holds(facts(yes)).passed
    no = SenderIsModerator().holds(facts(gift()))
    assert (no.passed, no.reason) == (False, Reason.CONDITION_FALSE)


def test_it_says_so():
    assert said(SenderIsModerator()) == (
        "the sender is a moderator",
        "người gửi là người kiểm duyệt",
    )
    assert "not" in SenderIsModerator.failed.en
