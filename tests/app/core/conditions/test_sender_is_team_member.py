"""The sender as member of the team."""

from __future__ import annotations

import pytest

from app.core.conditions.sender_is_team_member import SenderIsTeamMember
from app.core.events import Viewer
from tests.app.core.making import facts, gift, said
from tests.app.core.places import told


def of_level(level):
    return facts(gift(viewer=Viewer(1, "a", fan_level=level)))


@pytest.mark.parametrize(
    ("level", "seen", "passed", "en", "vi"),
    [
        (
            1,
            3,
            True,
            "the sender is a team member of level 3",
            "người gửi là thành viên đội fan cấp 3",
        ),
        (1, 0, False, "only for team members", "chỉ dành cho thành viên đội fan"),
        (5, 0, False, "only for team members", "chỉ dành cho thành viên đội fan"),
        (
            5,
            3,
            False,
            "the sender's team level is 3, 5 is needed",
            "cấp fan của người gửi là 3, cần 5",
        ),
    ],
)
def test_it_holds_from_its_level_on(level, seen, passed, en, vi):
    condition = SenderIsTeamMember(level=level)
    assert condition.holds(of_level(seen)).passed is passed
    assert told(condition, of_level(seen)) == (en, vi)


def test_it_says_the_level_where_it_matters():
    assert said(SenderIsTeamMember()) == (
        "the sender is a team member",
        "người gửi là thành viên đội fan",
    )
    assert said(SenderIsTeamMember(level=5)) == (
        "the sender is a team member of level 5 or more",
        "người gửi là thành viên đội fan từ cấp 5 trở lên",
    )
