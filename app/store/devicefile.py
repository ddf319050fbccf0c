"""The file of configured devices, as it is saved.

One rule: drivers check their own settings; here they are whatever JSON they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.store import upgrades
from app.store.documents import Document, model_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.notices import Notice

VERSION = 1


class SavedCapability(BaseModel):
    """What an output could do when its device was last open: `drivers.contract.Capability`.

    `limits` are the driver's own that are set.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    kind: str
    title: str
    hazard: str = "none"
    self_timed: bool = False
    readback: bool = False
    policy: str = "queue"
    limits: dict[str, float] = {}
    effects: tuple[str, ...] = ()


class SavedDevice(BaseModel):
    """One device. `limits` by capability id: fields of `drivers.contract.Limits` that are set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    name: str
    driver: str
    role: str = ""
    settings: dict[str, Any] = {}
    limits: dict[str, dict[str, float]] = {}
    capabilities: tuple[SavedCapability, ...] = ()


class DeviceFile(BaseModel):
    """All configured devices, in the order they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    devices: tuple[SavedDevice, ...] = ()

    @field_validator("devices")
    @classmethod
    def _unique(cls, devices: tuple[SavedDevice, ...]) -> tuple[SavedDevice, ...]:
        if len({device.id for device in devices}) < len(devices):
            raise ValueError("two devices have the same id")
        return devices


def device_document(path: Path, on_notice: Callable[[Notice], None]) -> Document[DeviceFile]:
    """Return the document of devices at `path`."""
    form = model_format(VERSION, DeviceFile, DeviceFile, upgrades.DEVICES)
    return Document(path, form, on_notice)
