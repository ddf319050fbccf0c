"""What the core shows of buttons and keys, and of what rules use outside the devices.

One rule: names only; a secret itself is never shown.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.gateway.message import Message


class ControlView(Message):
    """A button or a key combination that rules wait for; `live` if one of them is on now.

    `name` is the button's, or the keys as portable text ("Ctrl+Alt+F1"). `rules` are ids in the
    order of the document.
    """

    kind: Literal["button", "hotkey"]
    name: str
    rules: tuple[str, ...] = ()
    live: bool = False


class UsesResult(Message):
    """Which rules (ids) name which variables and secrets, and which secrets are kept."""

    variables: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    secrets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    kept: tuple[str, ...] = ()


class HomeAssistantView(Message):
    """How the devices are shown in Home Assistant; `devices` counts those at the broker.

    `stage`: "off", "clearing" (off, and a broker that is away must still forget them),
    "not_set_up" (no broker), "waiting" (the broker is away), "refused" (by it), "online".
    """

    stage: Literal["off", "clearing", "not_set_up", "waiting", "refused", "online"] = "off"
    devices: int = 0


class SettingView(Message):
    """A setting as a form shows it. Title and text are English sources that faces translate.

    `kind` share: 0.0 to 1.0. A secret is told as "set" or "" only. `longest` and `pattern` are of
    texts, `low` and `high` of numbers.
    """

    key: str
    kind: Literal["switch", "number", "share", "text", "secret"]
    title: str = ""
    text: str = ""
    low: float = 0
    high: float = 1_000_000
    longest: int = 200
    pattern: str = ""
