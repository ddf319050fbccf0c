"""A key combination is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.core.events import Event, HotkeyPressed
from app.core.hotkeys import Keys
from app.core.parts import MATCH, NO_MATCH, Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker


class KeysArePressed(Trigger):
    """The streamer presses the combination, whichever window is in front."""

    key: ClassVar[str] = "hotkey"
    title: ClassVar[str] = N_("A key combination")
    summary: ClassVar[str] = N_("You press keys on the keyboard, even while you play a game.")
    group: ClassVar[Section] = "devices"
    event: ClassVar[type[Event]] = HotkeyPressed
    sentence: ClassVar[Say] = Say("you press {combination}", "bạn nhấn {combination}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no keys are chosen yet", "chưa chọn phím tắt"),
        "other": Say(
            "it is for {wanted}, this was {seen}",
            "quy tắc dành cho {wanted}, đây là {seen}",
        ),
    }

    combination: Keys = ""

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the combination."""
        return (("keys", self.combination),) if self.combination else ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the combination."""
        return (("keys", event.keys),) if isinstance(event, HotkeyPressed) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if it is this combination."""
        event: HotkeyPressed = occasion.event
        return MATCH if self.combination and event.keys == self.combination else NO_MATCH

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which combination it is for."""
        event: HotkeyPressed = occasion.event
        if not self.combination.strip():
            return (("case", "unwritten"),)
        return (("case", "other"), ("wanted", self.combination), ("seen", event.keys))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the keys."""
        return {"combination": self.combination or speaker.missing("keys")}
