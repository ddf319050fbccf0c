"""A value that a device tells rises above a line, or falls below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.events import Event, Reading
from app.core.forms import Pick, hints
from app.core.outcome import Reason
from app.core.outputs import DeviceRef
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {"above": N_("rises above"), "below": N_("falls below")}


class ReadingCrosses(Trigger):
    """A reading crosses the line; again only after it was on the other side by the margin."""

    key: ClassVar[str] = "telemetry_crosses"
    title: ClassVar[str] = N_("A device's value crosses a line")
    summary: ClassVar[str] = N_("Something a device measures goes above or below a line.")
    group: ClassVar[Section] = "devices"
    event: ClassVar[type[Event]] = Reading
    latches: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say(
        "{name} of {device} rises above {line}", "{name} của {device} vượt quá {line}"
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("{name} of {device} falls below {line}", "{name} của {device} xuống dưới {line}"),
    )
    cases: ClassVar[dict[str, Say]] = {
        "unchosen": Say("no value is chosen yet", "chưa chọn số đo"),
        "device": Say("it is for {device}", "quy tắc dành cho {device}"),
        "value": Say(
            "it is for the value {wanted}, this was {name}",
            "quy tắc dành cho số đo {wanted}, đây là {name}",
        ),
        "not_above": Say("{reading} is not above {line}", "{reading} chưa vượt quá {line}"),
        "not_below": Say("{reading} is not below {line}", "{reading} chưa xuống dưới {line}"),
        "first": Say(
            "this is the first value, nothing is crossed yet", "đây là số đo đầu, chưa vượt mức nào"
        ),
        "above_before": Say("it was above {line} before", "trước đó đã vượt quá {line}"),
        "below_before": Say("it was below {line} before", "trước đó đã dưới {line}"),
        "waits": Say(
            "it has run; first the value must go back to {back}",
            "đã chạy rồi; trước hết số đo phải về {back}",
        ),
    }

    device: DeviceRef = ""
    name: str = Field(
        default="",
        max_length=60,
        title=N_("Value"),
        description=N_("As the device calls it, for example rpm."),
        json_schema_extra=hints(Pick.READING),
    )
    side: Literal["above", "below"] = Field(
        default="above", title=N_("Direction"), json_schema_extra=hints(choices=_WORDS)
    )
    line: float = Field(
        default=0.0, ge=-1e9, le=1e9, title=N_("Line"), json_schema_extra=hints(unit="reading")
    )
    margin: float = Field(
        default=0.0,
        ge=0,
        le=1e9,
        title=N_("Margin"),
        description=N_("It must go back by this much before it counts again."),
        json_schema_extra=hints(unit="reading"),
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the device and the value's name."""
        return (("reading", self.device, self.name),) if self.device and self.name else ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the name with everything the device is called."""
        if not isinstance(event, Reading):
            return ()
        return tuple(("reading", who, event.name) for who in (event.device_id, *event.roles))

    def match(self, occasion: Occasion) -> Verdict:
        """Fit when the line is crossed and the trigger is armed."""
        event: Reading = occasion.event
        values = (("name", event.name), ("reading", event.value), ("line", self.line))
        mine = event.name == self.name and self.device in (event.device_id, *event.roles)
        if not mine or not self.device or not self.name:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        sign = 1.0 if self.side == "above" else -1.0
        over = (event.value - self.line) * sign
        crossed = over > 0 and self._was_beyond(occasion, sign)
        if crossed and occasion.armed:
            return Verdict(passed=True, values=values, armed=False)
        armed = True if over <= -self.margin else None
        return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0, armed=armed)

    def _was_beyond(self, occasion: Occasion, sign: float) -> bool:
        before: float | None = occasion.event.before
        return occasion.pretended if before is None else (before - self.line) * sign <= 0

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which value it is for, or on which side of the line it is."""
        event: Reading = occasion.event
        if not self.device or not self.name:
            return (("case", "unchosen"),)
        if self.device not in (event.device_id, *event.roles):
            return (("case", "device"), ("device", self.device))
        if event.name != self.name:
            return (("case", "value"), ("wanted", self.name))
        return self._uncrossed(event, armed=occasion.armed)

    def _uncrossed(self, event: Reading, *, armed: bool) -> Values:
        sign = 1.0 if self.side == "above" else -1.0
        if (event.value - self.line) * sign <= 0:
            return (("case", f"not_{self.side}"),)
        if event.before is None:
            return (("case", "first"),)
        if not armed:
            return (("case", "waits"), ("back", self.line - sign * self.margin))
        return (("case", f"{self.side}_before"),)

    def says(self) -> Say:
        """Say the direction."""
        return self.sentence if self.side == "above" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the value and the device."""
        name = speaker.named(self.name) if self.name else speaker.missing("reading")
        line = speaker.number(self.line)
        return {"name": name, "device": speaker.device(self.device), "line": line}
