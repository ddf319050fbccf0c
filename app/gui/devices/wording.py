"""Words for what devices are and how they can hurt. Rule: "Relay 3" is worded once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import CapabilityView

_SOCKET: Final = N_("always plug it into this USB socket")
# A number, a pin such as A0, an axis such as X.
_NUMBER: Final = re.compile(r"\d+|[A-Z]\d{0,2}")
# How an output can hurt, in a word or two; what cannot hurt is not in here.
HAZARDS: Final[dict[str, str]] = {
    "light": N_("bright light"),
    "heat": N_("heat"),
    "motion": N_("moves"),
    "mains": N_("mains power"),
    "body": N_("on the body"),
    "pain": N_("can hurt"),
}
HAZARD_WORDS: Final[dict[str, str]] = {
    "none": N_("Harmless: it ends by itself after a minute at most."),
    "light": N_("Bright light: never more than 3 flashes a second."),
    "heat": N_("Gets hot: short times and long rests."),
    "motion": N_("Moves: fingers and hair stay away, and it ends by itself."),
    "mains": N_("Mains power: short times, so that nothing burns or floods."),
    "body": N_("Touches the body: half the strength, short times."),
    "pain": N_("Can hurt: off until you agree, then weak, short and rare."),
}
KINDS: Final[dict[str, str]] = {
    "switch": N_("On and off"),
    "level": N_("Level"),
    "light": N_("Light"),
    "motor": N_("Motor"),
    "pulse": N_("Pulse"),
    "effect": N_("Effects"),
    "position": N_("Position"),
    "sensor": N_("Sensor"),
}


def output_words(output: CapabilityView) -> str:
    """Return what an output is called: by its user, else by its device in the language in force."""
    return output.title if output.named else output_title(output.title)


def output_title(title: str) -> str:
    """Return an output's name in the language in force: "Relay 3" is translated but for its 3.

    So are "Pin A0" and "Motor X".
    """
    whole = tr(title)
    head, _, tail = title.rpartition(" ")
    if whole != title or not head or not _NUMBER.fullmatch(tail):
        return whole
    return f"{tr(head)} {tail}"


def about_port(detail: str, key: object) -> str:
    """Return what is said of a port that was found; a board without a number is its socket."""
    socket_only = isinstance(key, str) and key.startswith("usb:") and "@" in key
    return f"{detail} · {tr(_SOCKET)}" if socket_only else detail
