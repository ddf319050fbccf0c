"""The sender belongs to the streamer's team."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class SenderIsTeamMember(Condition):
    """The sender is a member of the team, of this level or above."""

    key: ClassVar[str] = "sender_is_team_member"
    title: ClassVar[str] = N_("Sender is a team member")
    summary: ClassVar[str] = N_("Only members of your fan team, from a level on.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say("the sender is a team member", "người gửi là thành viên đội fan")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "the sender is a team member of level {level} or more",
            "người gửi là thành viên đội fan từ cấp {level} trở lên",
        ),
    )
    denials: ClassVar[tuple[Say, ...]] = (
        Say("the sender is not a team member", "người gửi không phải thành viên đội fan"),
        Say(
            "the sender is not a team member of level {level} or more",
            "người gửi không phải thành viên đội fan từ cấp {level} trở lên",
        ),
    )
    held: ClassVar[Say] = Say(
        "the sender is a team member of level {fan_level}",
        "người gửi là thành viên đội fan cấp {fan_level}",
    )
    failed: ClassVar[Say] = Say("only for team members", "chỉ dành cho thành viên đội fan")
    cases: ClassVar[dict[str, Say]] = {
        "low": Say(
            "the sender's team level is {fan_level}, {at_least} is needed",
            "cấp fan của người gửi là {fan_level}, cần {at_least}",
        )
    }

    level: int = Field(
        default=1,
        ge=1,
        le=1000,
        title=N_("Level at least"),
        description=N_("1: every member."),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Look at what TikTok said of the sender."""
        level = facts.event.viewer.fan_level
        values = (("fan_level", level), ("at_least", self.level))
        if 0 < level < self.level:
            return answer(passed=False, values=(("case", "low"), *values))
        return answer(passed=level >= self.level, values=values)

    def says(self) -> Say:
        """Leave the level out when any will do."""
        return self.sentences[0] if self.level > 1 else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the level."""
        return {"level": speaker.number(self.level)}
