"""How late an output is, measured by hand. Rule: it is nudged, never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.gateway.messages import MeasureDelay, Reply
from app.gui import words
from app.gui.text import number, tr
from app.gui.widgets.basic import Button, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.page import Desk


class DelayLine(QWidget):
    """The delay, and the two buttons that measure it: nudge, then "now I see it"."""

    def __init__(self, desk: Desk, device_id: str, capability: str) -> None:
        super().__init__()
        self._desk, self._device, self._capability = desk, device_id, capability
        self._begun = False
        self._delay_ms: float | None = None
        self.text = Label(kind="small", tone="text")
        self.help = Label(
            N_(
                "Press Measure, watch the device, and press again when it moves. Sounds, "
                "speech, overlay texts and OBS of the same step then wait for it."
            ),
            "caption",
            wrap=True,
        )
        self.measure = Button(N_("Measure"), "", "clock")
        self.forget = Button(N_("Forget"), "link")
        head = row(self.text, None, self.forget, self.measure, gap=8)
        self.setLayout(column(head, self.help, gap=4))
        self.measure.clicked.connect(self._on_measure)
        self.forget.clicked.connect(self._on_forget)
        self.show_delay(None)

    def show_delay(self, delay_ms: float | None) -> None:
        """Show what was measured."""
        self._delay_ms = delay_ms
        known = delay_ms is not None
        said = tr("Seen after {n} ms", n=number(delay_ms)) if delay_ms is not None else ""
        self.text.show_text(said or tr("Delay not measured yet"))
        self.forget.setVisible(known and not self._begun)

    def _on_measure(self) -> None:
        step = "seen" if self._begun else "begin"
        self._ask(step)

    def _on_forget(self) -> None:
        self._ask("forget")

    def _ask(self, step: str) -> None:
        request = MeasureDelay.model_validate(
            {"device_id": self._device, "capability": self._capability, "step": step}
        )
        then = {"begin": self._on_begun, "seen": self._on_seen}.get(step)
        self._desk.bridge.ask(request, then)

    def _on_begun(self, reply: Reply) -> None:
        self._show_begun(begun=reply.ok)
        self._tell(reply)

    def _on_seen(self, reply: Reply) -> None:
        self._show_begun(begun=False)
        self._tell(reply)
        if reply.delay_ms is not None:
            self.show_delay(reply.delay_ms)

    def _show_begun(self, *, begun: bool) -> None:
        self._begun = begun
        self.measure.show_source(N_("Now I see it") if begun else N_("Measure"),
                                 "check" if begun else "clock")  # fmt: skip
        self.measure.show_kind("primary" if begun else "")
        self.show_delay(self._delay_ms)

    def _tell(self, reply: Reply) -> None:
        if not reply.ok:
            self._desk.tell(words.failure(reply.code, reply.values))
