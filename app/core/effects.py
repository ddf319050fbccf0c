"""What a rule may have done outside the devices: sounds, messages, scenes, alarms.

One rule: plain data, all texts filled in; `outlet` names who carries it out, and never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Effect:
    """Base of all effects."""

    outlet: ClassVar[str]


@dataclass(frozen=True, slots=True)
class PlaySound(Effect):
    """Play a sound of the user's by its name; `level` 0.0 to 1.0."""

    outlet: ClassVar[str] = "sound"
    sound: str
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Speak(Effect):
    """Read a text aloud; `voice` "" is the usual one, `rate` 1.0 the usual speed."""

    outlet: ClassVar[str] = "speech"
    text: str
    voice: str = ""
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Webhook(Effect):
    """Send one HTTP request. `secret` names a secret kept elsewhere, sent as bearer token."""

    outlet: ClassVar[str] = "webhook"
    url: str
    method: str = "POST"
    body: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class PublishMqtt(Effect):
    """Publish one message to the user's broker."""

    outlet: ClassVar[str] = "mqtt"
    topic: str
    text: str = ""
    retain: bool = False


@dataclass(frozen=True, slots=True)
class ShowScene(Effect):
    """Switch OBS to a scene."""

    outlet: ClassVar[str] = "obs"
    scene: str


@dataclass(frozen=True, slots=True)
class ShowSource(Effect):
    """Show or hide a source of an OBS scene; `scene` "" is the current one."""

    outlet: ClassVar[str] = "obs"
    scene: str
    source: str
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Notify(Effect):
    """Show a notification to the streamer."""

    outlet: ClassVar[str] = "notify"
    text: str


@dataclass(frozen=True, slots=True)
class ShowText(Effect):
    """Show a text on the overlay for `seconds`."""

    outlet: ClassVar[str] = "overlay"
    text: str
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class WriteLog(Effect):
    """Write a line to the user's own log."""

    outlet: ClassVar[str] = "log"
    text: str


@dataclass(frozen=True, slots=True)
class RaiseAlarm(Effect):
    """Raise an alarm that stays until the streamer has seen it; `level` "info" to "error"."""

    outlet: ClassVar[str] = "alarm"
    text: str
    level: str = "warning"


def outlet_device(effect: Effect) -> str:
    """Return what a Delivery names instead of a device: "outlet:sound"."""
    return f"outlet:{effect.outlet}"
