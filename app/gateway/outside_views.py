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
