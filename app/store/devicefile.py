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

VERSION = 2


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
    rest: float | None = None


class SavedBudget(BaseModel):
    """What an output may use up: `app.devices.budgets.Budget`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on_s_per_day: float | None = Field(default=None, gt=0)
    shots: int | None = Field(default=None, ge=1)
    service_after_s: float | None = Field(default=None, gt=0)


class SavedDevice(BaseModel):
    """One device. `limits` by capability id: fields of `drivers.contract.Limits` that are set.

    {"secret": its name} stands for a secret in `settings`. `were` is what the hardware before it
    could do, `delays` by capability id are measured times in ms. A consent is not in here: who
    copies a file has typed nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    name: str
    driver: str
    role: str = ""
    settings: dict[str, Any] = {}
    limits: dict[str, dict[str, float]] = {}
    capabilities: tuple[SavedCapability, ...] = ()
    were: tuple[SavedCapability, ...] = ()
    fallback: str = ""
    budgets: dict[str, SavedBudget] = {}
    delays: dict[str, tuple[float, ...]] = {}
    names: dict[str, str] = {}


class SavedOutput(BaseModel):
    """One output of one device."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device: str = Field(min_length=1)
    output: str = ""


class SavedGroup(BaseModel):
    """Several outputs that do the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    name: str
    members: tuple[SavedOutput, ...] = ()


class SavedStep(SavedOutput):
    """One instruction of a scene, by its verb (`app.core.verbs`)."""

    do: str
    args: dict[str, float | int | bool | str] = {}
    after_s: float = Field(default=0.0, ge=0, le=600)
    for_s: float | None = Field(default=None, gt=0, le=600)


class SavedScene(BaseModel):
    """Instructions under one name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    name: str
    steps: tuple[SavedStep, ...] = ()


class SavedInterlock(BaseModel):
    """Two outputs that never run together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    one: SavedOutput
    other: SavedOutput


class SavedWatts(SavedOutput):
    """What an output draws."""

    watts: float = Field(ge=0)


class DeviceFile(BaseModel):
    """All configured devices, in the order they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[2] = 2
    devices: tuple[SavedDevice, ...] = ()
    groups: tuple[SavedGroup, ...] = ()
    scenes: tuple[SavedScene, ...] = ()
    never_together: tuple[SavedInterlock, ...] = ()
    power_w: float | None = Field(default=None, gt=0)
    watts: tuple[SavedWatts, ...] = ()

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
