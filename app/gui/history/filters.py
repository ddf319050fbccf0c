"""Which past events to show: of which stream, what kind, on which device, what came of them.

Rule: it chooses; the page asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.backtest import wording
from app.gui.text import tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, row
from app.gui.widgets.fields import ComboBox
from app.gui.widgets.trace_lines import OUTLET, OUTLETS
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.gateway.views import StreamLine

KINDS: Final = (
    ("gift", N_("Gifts")),
    ("", N_("Everything")),
    ("follow", N_("Follows")),
    ("chat", N_("Comments")),
    ("like", N_("Likes")),
    ("share", N_("Shares")),
    ("join", N_("Joins")),
    ("subscribe", N_("Subscriptions")),
    ("battle", N_("Battles")),
    ("stream", N_("Start and end")),
    ("viewers", N_("Viewer count")),
    ("button", N_("Buttons")),
    ("hotkey", N_("Hotkeys")),
    ("called", N_("Calls from programs")),
    ("mqtt", N_("MQTT messages")),
    ("reading", N_("Measured values")),
    ("tick", N_("Timers")),
)
ONLY: Final = (
    ("", N_("Whatever came of it")),
    ("did", N_("Something was done")),
    ("trouble", N_("Skipped or failed")),
)
# Date, name and totals of a stream in one line, however narrow the list itself is.
_STREAM_WIDTH: Final = 460
_NONE: Final[dict[str, str]] = {"kind": "gift", "room_id": "", "device_id": "", "only": ""}


class Filters(QWidget):
    """Four lists in a row. `changed` tells that somebody chose."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stream = ComboBox(N_("Stream"))
        self.stream.view().setMinimumWidth(theme.px(_STREAM_WIDTH))
        self.kind = ComboBox(N_("Kind of event"))
        self.device = ComboBox(N_("Device"))
        self.only = ComboBox(N_("What came of it"))
        self.clear = Button(N_("Show all"), "link")
        self._streams: tuple[StreamLine, ...] = ()
        self._devices: dict[str, str] = {}
        boxes = row(self.stream, self.kind, self.device, self.only, self.clear, gap=8)
        for place, share in enumerate((4, 3, 3, 3)):
            boxes.setStretch(place, share)
        boxes.setContentsMargins(0, 0, 0, 0)
        self.setLayout(boxes)
        self.retranslate()
        for box in self._boxes():
            box.activated.connect(self._on_chosen)
        self.clear.clicked.connect(self.reset)

    def chosen(self) -> dict[str, Any]:
        """Return what PastGifts is to be asked with."""
        return {
            "kind": str(self.kind.currentData()),
            "room_id": str(self.stream.currentData()),
            "device_id": str(self.device.currentData()),
            "only": str(self.only.currentData()),
        }

    @property
    def any(self) -> bool:
        """Whether less is shown than all gifts."""
        return self.chosen() != _NONE

    @property
    def over(self) -> bool:
        """Whether a stream is chosen to which nothing is added: another one came after it."""
        room_id = self.chosen()["room_id"]
        return bool(room_id) and any(room_id == one.room_id for one in self._streams[1:])

    def reset(self) -> None:
        """Show all gifts again."""
        for box, data in zip(self._boxes(), ("", "gift", "", ""), strict=True):
            box.setCurrentIndex(box.findData(data))
        self._on_chosen()

    def show_streams(self, streams: Iterable[StreamLine]) -> None:
        """Offer these streams, newest first, each with what was given in it."""
        self._streams = tuple(streams)
        self._fill_streams()

    def show_devices(self, devices: Mapping[str, str]) -> None:
        """Offer these devices, and what is done outside them."""
        if dict(devices) != self._devices:
            self._devices = dict(devices)
            self._fill_devices()

    def retranslate(self) -> None:
        """Word the choices anew."""
        _fill(self.kind, [(tr(text), key) for key, text in KINDS])
        _fill(self.only, [(tr(text), key) for key, text in ONLY])
        self._fill_streams()
        self._fill_devices()
        self.clear.setVisible(self.any)

    def _boxes(self) -> tuple[ComboBox, ...]:
        return self.stream, self.kind, self.device, self.only

    def _fill_streams(self) -> None:
        known = [(stream_text(one), one.room_id) for one in self._streams]
        _fill(self.stream, [(tr("All streams"), ""), *known])

    def _fill_devices(self) -> None:
        outside = [(tr(text), f"{OUTLET}{key}") for key, text in OUTLETS.items()]
        own = [(name, key) for key, name in self._devices.items()]
        _fill(self.device, [(tr("All devices"), ""), *own, *outside])

    def _on_chosen(self) -> None:
        self.clear.setVisible(self.any)
        for box in self._boxes():
            box.setToolTip(box.currentText())
        self.changed.emit()


def stream_text(one: StreamLine) -> str:
    """Say when a stream was, whose, and what was given in it."""
    given = wording.stream(one.gifts, one.coins)
    givers = trn("%Ln viewer(s)", one.viewers) if one.viewers else ""
    when = wording.day_and_time(one.started_ms)
    return " · ".join(filter(None, (when, one.user and f"@{one.user}", given, givers)))


def _fill(box: ComboBox, choices: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, data in choices:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
    box.setToolTip(box.currentText())
