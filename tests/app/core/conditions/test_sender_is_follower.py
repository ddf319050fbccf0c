"""The sender as follower."""

from __future__ import annotations

from app.core.conditions.sender_is_follower import SenderIsFollower
from app.core.events import Viewer
from app.core.outcome import Reason
from tests.app.core.making import facts, gift, said


def test_it_holds_as_tiktok_says():
    yes = gift(viewer=Viewer(1, "a", is_follower=True))
    assert SenderIsFollower().holds(facts(yes)).passed
    no = SenderIsFollower().holds(facts(gift()))
    assert (no.passed, no.reason) == (False, Reason.CONDITION_FALSE)


def test_it_says_so():
    assert said(SenderIsFollower()) == ("the sender is a follower", "người gửi đã theo dõi bạn")
    assert "not" in SenderIsFollower.failed.en
