"""Reads golden files: instructions and the exact bytes a driver makes of them.

One rule: what is right comes from the source the file names, never from our own code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.verbs import instruction_from

if TYPE_CHECKING:
    from drivers.contract import Instruction

FOLDER = Path(__file__).parents[1] / "data" / "golden"


@dataclass(frozen=True)
class Golden:
    """One case: an instruction to an output of a device with `settings`, and what it makes.

    `frames` are bytes (hex in the file); `more` is whatever else the case says.
    """

    output: str
    instruction: Instruction
    duration_s: float | None
    frames: tuple[bytes, ...]
    settings: dict[str, Any]
    more: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.output} {self.instruction}"


def read(key: str) -> list[Golden]:
    """Return the cases of a driver's golden file; each names its source, or the file does.

    [[case]]
    source = "where the bytes are from"
    settings = { unit = 1 }
    output = "relay1"
    instruction = { switch = { on = true } }
    duration_s = 1.0
    frames = ["01 05 00 00 FF 00 8C 3A"]
    """
    return cases(FOLDER / f"{key}.toml")


def cases(path: Path) -> list[Golden]:
    """Return the cases of one file."""
    told = tomllib.loads(path.read_text("utf-8"))
    return [_case(one, told.get("source", "")) for one in told["case"]]


def _case(told: dict[str, Any], source: str) -> Golden:
    if not told.get("source", source):
        raise ValueError("a golden case names its source")
    ((verb, args),) = told.pop("instruction").items()
    return Golden(
        output=told.pop("output"),
        instruction=instruction_from(verb, args),
        duration_s=told.pop("duration_s", None),
        frames=tuple(bytes.fromhex(frame) for frame in told.pop("frames")),
        settings=told.pop("settings", {}),
        more=told,
    )
