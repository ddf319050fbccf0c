"""All that this run counts is worth enough coins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Gift
from app.core.outcome import Reason
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class CoinsAtLeast(Condition):
    """Price times count reaches the number. Events without coins are worth 0."""

    key: ClassVar[str] = "coins_at_least"
    title: ClassVar[str] = N_("Worth at least")
    summary: ClassVar[str] = N_("Only if the gift or the combo is worth so much.")
    group: ClassVar[Section] = "values"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("worth {coins} or more", "trị giá từ {coins} trở lên")
    denials: ClassVar[tuple[Say, ...]] = (Say("worth less than {coins}", "trị giá dưới {coins}"),)
    held: ClassVar[Say] = Say(
        "worth {value} coins, {at_least} or more", "trị giá {value} xu, từ {at_least} trở lên"
    )
    seen: ClassVar[Say | None] = Say("worth {value} coins", "trị giá {value} xu")
    failed: ClassVar[Say] = Say(
        "worth {value} coins only, {at_least} are needed",
        "chỉ trị giá {value} xu, cần {at_least} xu",
    )

    coins: int = Field(
        default=1,
        ge=0,
        le=1_000_000_000,
        title=N_("Coins at least"),
        description=N_("Price of one times how many."),
        json_schema_extra={"unit": "coins"},
    )

    def holds(self, facts: Facts) -> Verdict:
        """Compare coins times amount."""
        value = facts.event.coins * facts.amount if isinstance(facts.event, Gift) else 0
        values = (("value", value), ("at_least", self.coins))
        return answer(passed=value >= self.coins, values=values, reason=Reason.BELOW_COINS)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the coins."""
        return {"coins": speaker.counted(self.coins, "coin")}
