"""The sender is on a list, or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from pydantic import Field, StringConstraints

from app.core.forms import Pick, hints
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {"on": N_("is one of"), "off": N_("is none of")}


def _handle(name: str) -> str:
    return folded(name).removeprefix("@")


class SenderIsListed(Condition):
    """The sender's user name is on the list, with @ or without, in whatever case."""

    key: ClassVar[str] = "sender_is_listed"
    title: ClassVar[str] = N_("Sender is on a list")
    summary: ClassVar[str] = N_("Only people whose names you write down, or all but them.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say("the sender is {people}", "người gửi là {people}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("the sender is not {people}", "người gửi không phải {people}"),
    )
    denials: ClassVar[tuple[Say, ...]] = (*sentences, sentence)
    held: ClassVar[Say] = Say("{user} may", "{user} được phép")
    seen: ClassVar[Say | None] = Say("the sender is {user}", "người gửi là {user}")
    failed: ClassVar[Say] = Say("{user} may not", "{user} không được phép")
    cases: ClassVar[dict[str, Say]] = {
        "on": Say("{user} is on the list", "{user} có trong danh sách"),
        "off": Say("{user} is not on the list", "{user} không có trong danh sách"),
    }

    listed: Literal["on", "off"] = Field(
        default="on", title=N_("The sender"), json_schema_extra=hints(choices=_WORDS)
    )
    people: tuple[Annotated[str, StringConstraints(max_length=60)], ...] = Field(
        default=(),
        max_length=500,
        title=N_("People"),
        description=N_("User names, with @ or without."),
        json_schema_extra=hints(Pick.PEOPLE),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Look the sender up."""
        handle = _handle(facts.event.viewer.handle)
        found = bool(handle) and any(handle == _handle(name) for name in self.people)
        case = "on" if found else "off"
        values = (("case", case), ("user", facts.event.viewer.handle or "?"))
        return answer(passed=case == self.listed, values=values)

    def says(self) -> Say:
        """Say whether it is for them or for all others."""
        return self.sentence if self.listed == "on" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the people."""
        names = [speaker.named(name) for name in self.people if name.strip()]
        missing = speaker.missing("person")
        return {"people": speaker.listed(names, "more_person") if names else missing}
