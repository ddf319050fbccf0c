"""Another rule is on or off, runs, or ran not long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.forms import Pick, hints
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker
    from app.core.world import RuleFacts

_WORDS: Final[dict[str, str]] = {
    "on": N_("is on"),
    "off": N_("is off"),
    "running": N_("is running"),
    "idle": N_("is not running"),
    "ran": N_("ran within"),
    "never": N_("has not run in this LIVE"),
}


class RuleState(Condition):
    """The rule is so now. One that does not exist is in no state at all."""

    key: ClassVar[str] = "rule_state"
    title: ClassVar[str] = N_("Another rule")
    summary: ClassVar[str] = N_("Only if another rule is on, is running or ran a short while ago.")
    group: ClassVar[Section] = "rules"
    sentence: ClassVar[Say] = Say("the rule {rule} is on", "quy tắc {rule} đang bật")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("the rule {rule} is off", "quy tắc {rule} đang tắt"),
        Say("the rule {rule} is running", "quy tắc {rule} đang chạy"),
        Say("the rule {rule} is not running", "quy tắc {rule} không chạy"),
        Say("the rule {rule} ran within {within}", "quy tắc {rule} đã chạy trong {within} qua"),
        Say(
            "the rule {rule} has not run in this LIVE",
            "quy tắc {rule} chưa chạy trong buổi LIVE này",
        ),
    )
    denials: ClassVar[tuple[Say, ...]] = (
        sentences[0],
        sentence,
        sentences[2],
        sentences[1],
        Say(
            "the rule {rule} did not run within {within}",
            "quy tắc {rule} không chạy trong {within} qua",
        ),
        Say("the rule {rule} has run in this LIVE", "quy tắc {rule} đã chạy trong buổi LIVE này"),
    )
    held: ClassVar[Say] = Say("the rule is as wanted", "quy tắc đúng như mong muốn")
    failed: ClassVar[Say] = Say("the rule is not as wanted", "quy tắc không như mong muốn")
    cases: ClassVar[dict[str, Say]] = {
        "on": Say("the rule {rule} is on", "quy tắc {rule} đang bật"),
        "off": Say("the rule {rule} is off", "quy tắc {rule} đang tắt"),
        "running": Say("the rule {rule} is running", "quy tắc {rule} đang chạy"),
        "idle": Say("the rule {rule} is not running", "quy tắc {rule} không chạy"),
        "ran": Say("the rule {rule} ran {ago_s} ago", "quy tắc {rule} đã chạy cách đây {ago_s}"),
        "runs": Say(
            "the rule {rule} ran {runs} times in this LIVE",
            "quy tắc {rule} đã chạy {runs} lần trong buổi LIVE này",
        ),
        "never": Say(
            "the rule {rule} has not run in this LIVE",
            "quy tắc {rule} chưa chạy trong buổi LIVE này",
        ),
        "not_yet": Say("the rule {rule} has not run yet", "quy tắc {rule} chưa chạy lần nào"),
        "unknown": Say("there is no such rule: {rule}", "không có quy tắc này: {rule}"),
    }

    rule: str = Field(
        default="", max_length=64, title=N_("Rule"), json_schema_extra=hints(Pick.RULE)
    )
    state: Literal["on", "off", "running", "idle", "ran", "never"] = Field(
        default="on", title=N_("State"), json_schema_extra=hints(choices=_WORDS)
    )
    within: float = Field(
        default=60.0,
        gt=0,
        le=86_400,
        title=N_("Within"),
        json_schema_extra=hints(Pick.DURATION, unit="s", shown_if={"state": ["ran"]}),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Look at the rule."""
        seen = facts.state.rule(self.rule)
        passed, case = self._seen(seen)
        values = (("case", case), ("rule", self.rule), ("runs", seen.runs))
        ago = (("ago_s", seen.last_run_ago_s),) if seen.last_run_ago_s is not None else ()
        return answer(passed=passed, values=(*values, *ago))

    def _seen(self, seen: RuleFacts) -> tuple[bool, str]:
        ago = seen.last_run_ago_s
        if not seen.known:
            return False, "unknown"
        match self.state:
            case "on" | "off":
                case = "on" if seen.on else "off"
            case "running" | "idle":
                case = "running" if seen.running else "idle"
            case "ran":
                return ago is not None and ago <= self.within, "not_yet" if ago is None else "ran"
            case _:
                case = "runs" if seen.runs else "never"
        return case == self.state, case

    def says(self) -> Say:
        """Say the state."""
        return (self.sentence, *self.sentences)[list(_WORDS).index(self.state)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the rule."""
        return {"rule": speaker.rule(self.rule), "within": speaker.length(self.within)}
