"""The sender as subscriber."""

from __future__ import annotations

from app.core.conditions.sender_is_subscriber import SenderIsSubscriber
from app.core.events import Viewer
from app.core.outcome import Reason
from tests.app.core.making import facts, gift, said


def test_it_holds_as_tiktok_says():
    yes = gift(viewer=Viewer(1, "a", is_subscriber=True))
    assert SenderIsSubscriber().holds(facts(yes)).passed
    no = SenderIsSubscriber().holds(facts(gift()))
    assert (no.passed, no.reason) == (False, Reason.CONDITION_FALSE)


def test_it_says_so():
    assert said(SenderIsSubscriber()) == (
        "the sender is a subscriber",
        "người gửi đã đăng ký",
    )
    assert "not" in SenderIsSubscriber.failed.en
