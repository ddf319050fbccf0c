"""Another program on this computer calls a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Called, Event
from app.core.forms import Pick, hints
from app.core.parts import MATCH, NO_MATCH, Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker


class NameIsCalled(Trigger):
    """A program calls this name at the local door, perhaps with a text and numbers."""

    key: ClassVar[str] = "called"
    title: ClassVar[str] = N_("A call from another program")
    summary: ClassVar[str] = N_("A program on this computer calls a name of yours.")
    group: ClassVar[Section] = "outside"
    outlet: ClassVar[str] = "door"
    event: ClassVar[type[Event]] = Called
    sentence: ClassVar[Say] = Say("a program calls {name}", "có chương trình gọi {name}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no name is written yet", "chưa nhập tên"),
        "other": Say(
            "it is for {wanted}, the call was for {seen}",
            "quy tắc dành cho {wanted}, lệnh gọi là {seen}",
        ),
    }

    name: str = Field(
        default="",
        max_length=60,
        pattern=r"^[A-Za-z0-9_.-]*$",
        title=N_("Name"),
        description=N_("Letters and digits, for example spin. Programs on this computer call it."),
        json_schema_extra=hints(Pick.NAME, placeholder="spin"),
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the name."""
        return (("called", folded(self.name)),) if self.name else ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the name."""
        return (("called", folded(event.name)),) if isinstance(event, Called) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if it is this name."""
        event: Called = occasion.event
        return MATCH if self.name and folded(event.name) == folded(self.name) else NO_MATCH

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which name it is for."""
        event: Called = occasion.event
        if not self.name.strip():
            return (("case", "unwritten"),)
        return (("case", "other"), ("wanted", self.name), ("seen", event.name))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the name."""
        return {"name": speaker.typed(self.name, "name")}
