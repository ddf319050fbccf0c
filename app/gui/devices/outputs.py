"""Outputs to choose from, across all devices. Rule: what is gone says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.gateway.views import OutputRef
from app.gui.devices.wording import output_words
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.models.state import State

_WIDEST: Final = 300
_SIGN: Final = "\n"


def outputs_of(state: State, *, made: bool = False) -> Iterator[tuple[DeviceView, CapabilityView]]:
    """Return everything that can be told to do something; with `made`, groups and scenes too."""
    for device in sorted(state.devices.values(), key=lambda one: one.name.casefold()):
        if made or not device.made:
            for output in device.capabilities:
                if output.kind != "sensor":
                    yield device, output


def output_name(device: DeviceView, output: CapabilityView | None) -> str:
    """Return what an output is called: its device alone where that has only one."""
    if output is None or len(device.capabilities) == 1:
        return device.name
    return tr("{device} · {output}", device=device.name, output=output_words(output))


def ref_name(state: State, ref: OutputRef) -> str:
    """Return what a reference is called, whatever became of it."""
    device = state.devices.get(ref.device_id)
    if device is None:
        return tr("{device} is missing", device=ref.device_id)
    output = next((one for one in device.capabilities if one.id == ref.capability), None)
    return output_name(device, output)


class OutputCombo(ComboBox):
    """One output of all devices; with `made`, groups and scenes are among them."""

    def __init__(self, name_source: str, state: State, *, made: bool = False) -> None:
        super().__init__(name_source)
        self.setMaximumWidth(theme.px(_WIDEST))
        self._state = state
        for device, output in outputs_of(state, made=made):
            self.addItem(output_name(device, output), f"{device.id}{_SIGN}{output.id}")

    def choose(self, ref: OutputRef) -> None:
        """Choose an output, also one that is not there any more."""
        key = f"{ref.device_id}{_SIGN}{ref.capability}"
        if self.findData(key) < 0:
            self.addItem(ref_name(self._state, ref), key)
        self.setCurrentIndex(self.findData(key))

    def ref(self) -> OutputRef | None:
        """Return what is chosen."""
        key = self.currentData()
        if not key:
            return None
        device_id, _, capability = str(key).partition(_SIGN)
        return OutputRef(device_id=device_id, capability=capability)
