"""What keeps gifts from a device that can do harm. Rule: it says how long one press lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.devices.wording import output_words
from app.gui.text import tr
from app.gui.widgets.basic import Button, Label, row
from app.gui.widgets.controls import HoldButton
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import CapabilityView, DeviceView

_HOLD_MS: Final = 1000
CONSENT: Final = N_("It can hurt, so it stays off until you have read and agreed.")
# By how long one press holds: what is said until then, and what while it holds.
_UNARMED: Final[dict[str, str]] = {
    "each_session": N_("It can hurt. Arm it when everybody is ready. It is off until then."),
    "each_start": N_("It gets hot. Arm it when you can watch it. It is off until then."),
    "first_use": N_(
    "Gifts do not use it yet. Try it by hand once, to see that nothing is in its way."
),
}  # fmt: skip
_ARMED: Final[dict[str, str]] = {
    "each_session": N_("Armed, until you press STOP or close Giftwire."),
    "each_start": N_("Armed, until you close Giftwire."),
}
_HAZARDS: Final[dict[str, tuple[str, ...]]] = {
    "each_session": ("pain",),
    "each_start": ("heat",),
    "first_use": ("motion", "body"),
}
# A test by hand is not enough for these.
_ARMED_FIRST: Final = ("heat", "pain")


def may_be_tried(device: DeviceView, output: CapabilityView) -> bool:
    """Say whether an output may be tested by hand now, as far as harm goes."""
    if output.hazard not in _ARMED_FIRST:
        return True
    return device.armed and not (output.hazard == "pain" and device.consent == "needed")


def concerned(device: DeviceView, arming: str) -> str:
    """Return the outputs that wait for this arming, "" if it is all that the device has."""
    outputs = [one for one in device.capabilities if one.kind != "sensor"]
    found = [one for one in outputs if one.hazard in _HAZARDS.get(arming, ())]
    if len(found) in (0, len(outputs)):
        return ""
    return ", ".join(output_words(one) for one in found)


class ArmingLine(QWidget):
    """The sentence and its button; hidden where there is nothing to arm."""

    # "consent", "arm" or "disarm".
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = Label(kind="small", wrap=True)
        self.agree = Button(N_("Read and agree…"), "", "lock")
        self.hold = HoldButton(N_("Hold to arm"), "lock", hold_ms=_HOLD_MS)
        self.arm = Button(N_("Arm"), "", "lock")
        self.let = Button(N_("Let gifts use it"), "", "check")
        self.disarm = Button(N_("Disarm"), "", "lock")
        line = row(self.text, self.agree, self.hold, self.arm, self.let, self.disarm, gap=12)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hold.held.connect(self._on_arm)
        self.arm.clicked.connect(self._on_arm)
        self.let.clicked.connect(self._on_arm)
        self.agree.clicked.connect(self._on_agree)
        self.disarm.clicked.connect(self._on_disarm)

    def show_device(self, device: DeviceView, *, away: bool, stopped: bool) -> None:
        """Show what is to be done before gifts may use a device, or how long they may."""
        asked = device.consent == "needed"
        how = "" if asked or away else device.arming
        told = CONSENT if asked else (_ARMED if device.armed else _UNARMED).get(how, "")
        which = "" if device.armed else concerned(device, "each_session" if asked else how)
        said = tr(told) if told else ""
        self.text.show_text(tr("{what}: {why}", what=which, why=said) if which else said)
        self.agree.setVisible(asked)
        self.hold.setVisible(how == "each_session" and not device.armed)
        self.hold.setEnabled(not stopped)
        self.arm.setVisible(how == "each_start" and not device.armed)
        self.let.setVisible(how == "first_use" and not device.armed)
        self.disarm.setVisible(device.armed and how in _ARMED)
        self.setVisible(bool(told))

    def _on_agree(self) -> None:
        self.chosen.emit("consent")

    def _on_arm(self) -> None:
        self.chosen.emit("arm")

    def _on_disarm(self) -> None:
        self.chosen.emit("disarm")
