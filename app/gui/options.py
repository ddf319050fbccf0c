"""What the window remembers for itself: look, language, closing, size. Rule: never loses a start.

A missing, damaged or unwritable file means the usual values; the window opens all the same.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.gui.hotkeys import read_keys

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "window.json"
# The core keeps these for every desk; our copy is for the time before it answers.
SHARED: Final = (
    *("theme", "language", "text_percent", "reduce_motion", "close_to_tray"),
    "stop_keys",
)
_STOP_KEYS: Final = "Ctrl+Alt+X"


class Options(BaseModel):
    """The window's own settings; unknown keys of a newer version are left out."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    theme: Literal["system", "dark", "light"] = "dark"
    language: Literal["system", "en", "vi"] = "system"
    text_percent: Literal[100, 115, 130] = 100
    reduce_motion: bool = False
    close_to_tray: bool = True
    stop_keys: str = _STOP_KEYS
    tray_told: bool = False
    size: tuple[int, int] = Field(default=(1280, 800))

    @field_validator("stop_keys")
    @classmethod
    def _usable(cls, text: str) -> str:
        """Take the usual keys for those that cannot be pressed: STOP always has some."""
        return text if read_keys(text) is not None else _STOP_KEYS


class OptionsFile:
    """Loads and saves the options; `save` answers whether it worked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE_NAME
        self.values = self._load()

    def save(self, **changes: object) -> bool:
        """Change options and write them at once; False when the folder cannot be written."""
        for name, value in changes.items():
            setattr(self.values, name, value)
        draft = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(self.values.model_dump_json(indent=2), encoding="utf-8")
            os.replace(draft, self._path)  # noqa: PTH105 - atomic on every system
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True

    def _load(self) -> Options:
        try:
            return Options.model_validate_json(self._path.read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError):
            return Options()
