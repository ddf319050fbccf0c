"""Publish a message to the user's MQTT broker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import PublishMqtt
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import BodyTemplate
from app.core.topics import Topic
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class PublishMessage(Action):
    """Publish a message to the user's MQTT broker."""

    key: ClassVar[str] = "mqtt_publish"
    title: ClassVar[str] = N_("Send an MQTT message")
    summary: ClassVar[str] = N_("Send a message over MQTT, to home devices for example.")
    group: ClassVar[Section] = "outside"
    outlet: ClassVar[str] = "mqtt"
    sentence: ClassVar[Say] = Say("send an MQTT message to {topic}", "gửi tin MQTT tới {topic}")

    topic: Topic = ""
    text: BodyTemplate = Field(default=BodyTemplate("{count}"), title=N_("Message"))
    retain: bool = Field(
        default=False,
        title=N_("Keep at the broker"),
        description=N_("Whoever subscribes later gets it too."),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Publish it if a topic is written."""
        if self.topic:
            yield Emit(PublishMqtt(self.topic, self.text.fill(facts.texts()), self.retain))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the topic."""
        return {"topic": speaker.typed(self.topic, "topic")}
