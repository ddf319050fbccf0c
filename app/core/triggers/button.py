"""A manual button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import ButtonPressed, Event
from app.core.forms import Pick, hints
from app.core.parts import MATCH, NO_MATCH, Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker


class ButtonIsPressed(Trigger):
    """The streamer presses the button of this name, in the window or on a remote."""

    key: ClassVar[str] = "button"
    title: ClassVar[str] = N_("A button of yours")
    summary: ClassVar[str] = N_("You press a button of your own on the Live page.")
    group: ClassVar[Section] = "devices"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = ButtonPressed
    sentence: ClassVar[Say] = Say("you press the button {name}", "bạn bấm nút {name}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no button is named yet", "chưa đặt tên nút"),
        "other": Say(
            "it is for the button {wanted}, this was {seen}",
            "quy tắc dành cho nút {wanted}, đây là {seen}",
        ),
    }

    name: str = Field(
        default="",
        max_length=60,
        title=N_("Button"),
        description=N_("The button appears on the Live page under this name."),
        json_schema_extra=hints(Pick.BUTTON),
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the name."""
        return (("button", folded(self.name)),) if self.name.strip() else ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the name."""
        return (("button", folded(event.name)),) if isinstance(event, ButtonPressed) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if it is this button."""
        event: ButtonPressed = occasion.event
        mine = bool(self.name.strip()) and folded(event.name) == folded(self.name)
        return MATCH if mine else NO_MATCH

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which button it is for."""
        event: ButtonPressed = occasion.event
        if not self.name.strip():
            return (("case", "unwritten"),)
        return (("case", "other"), ("wanted", self.name), ("seen", event.name))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the name."""
        return {"name": speaker.typed(self.name, "name")}
