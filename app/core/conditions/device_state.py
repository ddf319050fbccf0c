"""A device is there or away, runs or rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.forms import hints
from app.core.outputs import DeviceRef
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {
    "online": N_("is connected"),
    "offline": N_("is not connected"),
    "active": N_("is running"),
    "idle": N_("is connected and at rest"),
}


class DeviceState(Condition):
    """The device is so now. One that does not exist is in no state at all."""

    key: ClassVar[str] = "device_state"
    title: ClassVar[str] = N_("State of a device")
    summary: ClassVar[str] = N_("Only if a device is connected, runs or is at rest.")
    group: ClassVar[Section] = "devices"
    sentence: ClassVar[Say] = Say("{device} is connected", "{device} đã kết nối")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("{device} is not connected", "{device} chưa kết nối"),
        Say("{device} is running", "{device} đang chạy"),
        Say("{device} is at rest", "{device} đang rảnh"),
    )
    denials: ClassVar[tuple[Say, ...]] = (
        sentences[0],
        sentence,
        Say("{device} is not running", "{device} không chạy"),
        Say("{device} is not at rest", "{device} không rảnh"),
    )
    held: ClassVar[Say] = Say("{device} is as wanted", "{device} đúng như mong muốn")
    failed: ClassVar[Say] = Say("{device} is not as wanted", "{device} không như mong muốn")
    cases: ClassVar[dict[str, Say]] = {
        "offline": Say("{device} is not connected", "{device} chưa kết nối"),
        "active": Say("{device} is running", "{device} đang chạy"),
        "idle": Say("{device} is connected and at rest", "{device} đã kết nối và đang rảnh"),
        "unknown": Say("there is no such device: {device}", "không có thiết bị này: {device}"),
    }

    device: DeviceRef = ""
    state: Literal["online", "offline", "active", "idle"] = Field(
        default="online", title=N_("State"), json_schema_extra=hints(choices=_WORDS)
    )

    def holds(self, facts: Facts) -> Verdict:
        """Look at the device."""
        seen = facts.world.device(self.device)
        if not seen.known:
            case, states = "unknown", frozenset[str]()
        elif not seen.online:
            case, states = "offline", frozenset({"offline"})
        else:
            case = "active" if seen.active else "idle"
            states = frozenset({"online", case})
        values = (("case", case), ("device", self.device))
        return answer(passed=self.state in states, values=values)

    def says(self) -> Say:
        """Say the state."""
        return (self.sentence, *self.sentences)[list(_WORDS).index(self.state)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the device."""
        return {"device": speaker.device(self.device)}
