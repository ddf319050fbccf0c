"""The sender gave enough coins in this stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.forms import hints
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class SenderGave(Condition):
    """All the sender's gifts of this stream, this one counted in, are worth the number."""

    key: ClassVar[str] = "sender_gave"
    title: ClassVar[str] = N_("Sender gave in this LIVE")
    summary: ClassVar[str] = N_("Only viewers who have given so many coins in this LIVE.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say(
        "the sender gave {coins} or more in this LIVE",
        "người gửi đã tặng từ {coins} trở lên trong buổi LIVE này",
    )
    denials: ClassVar[tuple[Say, ...]] = (
        Say(
            "the sender gave less than {coins} in this LIVE",
            "người gửi đã tặng dưới {coins} trong buổi LIVE này",
        ),
    )
    held: ClassVar[Say] = Say(
        "the sender gave {gave} coins in this LIVE",
        "người gửi đã tặng {gave} xu trong buổi LIVE này",
    )
    seen: ClassVar[Say | None] = held
    failed: ClassVar[Say] = Say(
        "the sender gave {gave} coins in this LIVE, {at_least} are needed",
        "người gửi đã tặng {gave} xu trong buổi LIVE này, cần {at_least} xu",
    )

    coins: int = Field(
        default=100,
        ge=0,
        le=1_000_000_000,
        title=N_("Coins at least"),
        description=N_("All gifts of this viewer in this LIVE together."),
        json_schema_extra=hints(unit="coins", step=10),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Compare what the sender gave."""
        gave = facts.world.viewer(facts.event.viewer).coins
        return answer(passed=gave >= self.coins, values=(("gave", gave), ("at_least", self.coins)))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the coins."""
        return {"coins": speaker.counted(self.coins, "coin")}
