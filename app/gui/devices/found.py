"""What is there to be added, as rows to choose from. Rule: a port is offered once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.devices.families import LIKELIEST, PickRow
from app.gui.text import tr

if TYPE_CHECKING:
    from app.gateway.messages import FoundView


class FoundRow(PickRow):
    """Something that is there and could be added."""

    def __init__(self, found: FoundView, kind: str) -> None:
        icon, role = ("wand", "do") if found.simulated else ("plug", "when")
        about = " · ".join(filter(None, (tr(found.detail), kind)))
        super().__init__(icon, role, tr(found.title), about)
        self.found = found


def one_a_port(found: list[FoundView]) -> list[FoundView]:
    """Return what is found without naming a port twice; its form asks what hangs on it."""
    shown: dict[str, FoundView] = {}
    for number, one in enumerate(found):
        key = port_of(one) or str(number)
        if key not in shown or one.driver == LIKELIEST:
            shown[key] = one
    return list(shown.values())


def port_of(one: FoundView) -> str:
    """Return the port that a find is, "" if it is none."""
    return str(one.settings.get("port", "")) if set(one.settings) == {"port"} else ""
