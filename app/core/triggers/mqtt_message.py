"""A message comes from the user's MQTT broker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.events import Event, MqttMessage
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import folded
from app.core.topics import TopicFilter, fits
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {
    "any": N_("is anything"),
    "equals": N_("is"),
    "contains": N_("contains"),
}


class MqttArrives(Trigger):
    """A message whose topic fits, and whose text does in whatever case."""

    key: ClassVar[str] = "mqtt_message"
    title: ClassVar[str] = N_("An MQTT message")
    summary: ClassVar[str] = N_("A message comes in over MQTT, from home devices for example.")
    group: ClassVar[Section] = "outside"
    outlet: ClassVar[str] = "mqtt"
    event: ClassVar[type[Event]] = MqttMessage
    sentence: ClassVar[Say] = Say("an MQTT message arrives on {topic}", "nhận tin MQTT ở {topic}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("the MQTT message {text} arrives on {topic}", "nhận tin MQTT {text} ở {topic}"),
        Say("an MQTT message with {text} arrives on {topic}", "nhận tin MQTT có {text} ở {topic}"),
    )
    cases: ClassVar[dict[str, Say]] = {
        "unchosen": Say("no topic is written yet", "chưa nhập chủ đề"),
        "topic": Say(
            "it is for the topic {wanted}, this was {topic}",
            "quy tắc dành cho chủ đề {wanted}, đây là {topic}",
        ),
        "equals": Say("the message is not {wanted}", "nội dung tin không phải {wanted}"),
        "contains": Say("the message does not contain {wanted}", "tin không chứa {wanted}"),
    }

    topic: TopicFilter = ""
    payload: Literal["any", "equals", "contains"] = Field(
        default="any", title=N_("The message"), json_schema_extra=hints(choices=_WORDS)
    )
    text: str = Field(
        default="",
        max_length=200,
        title=N_("Text"),
        json_schema_extra=hints(shown_if={"payload": ["equals", "contains"]}),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if topic and text do."""
        event: MqttMessage = occasion.event
        values = (("topic", event.topic), ("text", event.text[:200]))
        passed = fits(self.topic, event.topic) and self._text_fits(event.text)
        if not passed:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which topic or text it is for."""
        event: MqttMessage = occasion.event
        if not self.topic:
            return (("case", "unchosen"),)
        if not fits(self.topic, event.topic):
            return (("case", "topic"), ("wanted", self.topic))
        return (("case", self.payload), ("wanted", self.text))

    def _text_fits(self, text: str) -> bool:
        if self.payload == "any":
            return True
        wanted, found = folded(self.text), folded(text)
        if self.payload == "equals":
            return found == wanted
        return bool(wanted) and wanted in found

    def says(self) -> Say:
        """Say the text where it matters."""
        return (self.sentence, *self.sentences)[list(_WORDS).index(self.payload)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote topic and text."""
        text = speaker.quoted(self.text) if self.text else speaker.missing("text")
        return {"topic": speaker.typed(self.topic, "topic"), "text": text}
