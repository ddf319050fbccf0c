"""What runs now, what needs you, and the stream in numbers. Rule: never blank, always words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.gui import status
from app.gui.text import number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, Tile, column, holder, row
from app.gui.widgets.picture import KIND_ICONS
from app.gui.widgets.spark import Bar, MinuteBars
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gateway.views import RunningView, StatsView
    from app.gui.models.state import State

_MOST_LINES: Final = 3


class _RunLine(QWidget):
    """One activation: rule, device and progress, with its own Skip."""

    skip_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.command_id = ""
        self.tile = Tile("device", "do", 40, 22)
        self.title = ElidedLabel(kind="strong")
        self.words = ElidedLabel(kind="small")
        self.skip = Button(N_("Skip"), "link")
        self.bar = Bar()
        first = row(self.title, self.skip, gap=8)
        first.setStretch(0, 1)
        head = row(self.tile, column(first, self.words, gap=0), gap=12)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.bar, gap=8))
        self.skip.clicked.connect(self._on_skip)

    def show_run(self, run: RunningView, kind: str) -> None:
        """Show where an activation stands."""
        self.command_id = run.command_id
        self.tile.show_icon(KIND_ICONS.get(kind, "device"), "do")
        self.title.show_text(run.rule_name or tr("Test by hand"))
        self.words.show_text(status.running_line(run))
        self.bar.show_share(run.progress)
        self.bar.setAccessibleName(tr("{percent} % done", percent=round(run.progress * 100)))
        self.skip.setAccessibleName(tr("Skip {name}", name=self.title.text()))

    def _on_skip(self) -> None:
        self.skip_asked.emit(self.command_id)


class NowRunning(Card):
    """The card at the top of Live: up to three activations, and how many wait."""

    skip_asked = Signal(str)

    def __init__(self) -> None:
        self.title = Label(N_("NOW RUNNING"), "over")
        self._lines = [_RunLine() for _ in range(_MOST_LINES)]
        self.idle_tile = Tile("pause", "none", 40, 22)
        self.idle_title = Label(kind="strong")
        self.idle_words = Label(kind="small", wrap=True)
        idle = row(
            self.idle_tile, column(None, self.idle_title, self.idle_words, None, gap=0), gap=12
        )
        idle.setStretch(1, 1)
        self._idle = holder(idle)
        self.next = Label(kind="small")
        super().__init__(
            column(self.title, *self._lines, self._idle, self.next, gap=8, pad=(16, 12, 12, 12))
        )
        # As high as with one activation and a line: what is below must not jump under the mouse.
        self.setMinimumHeight(theme.px(132))
        for line in self._lines:
            line.skip_asked.connect(self.skip_asked)

    def show_state(self, state: State) -> None:
        """Show what runs, or why nothing does."""
        runs = state.running if state.connected else ()
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(runs))
            if place < len(runs):
                line.show_run(runs[place], self._kind(state, runs[place]))
        waiting = state.waiting + len(runs) - _MOST_LINES if len(runs) > _MOST_LINES else 0
        waiting = (waiting or state.waiting) if state.connected else 0
        self.next.setVisible(bool(waiting))
        self.next.show_text(trn("%Ln more waiting in line", waiting) if waiting else "")
        self._idle.setVisible(not runs)
        self.title.setVisible(bool(runs))
        if not runs:
            self._show_idle(state)

    def _kind(self, state: State, run: RunningView) -> str:
        device = state.devices.get(run.device_id)
        found = [c.kind for c in device.capabilities if c.id == run.capability] if device else []
        return found[0] if found else "device"

    def _show_idle(self, state: State) -> None:
        icon, words = "clock", tr("The next gift will show here.")
        if not state.connected:
            icon, words = "refresh", status.core_words(state).headline
        elif state.stop.stopped:
            icon = "stop"
            words = tr("Gifts are still counted. Rules start again when you press Resume.")
        elif not state.rules_running:
            icon = "pause"
            words = tr("Rules are paused. Gifts are still counted.")
        self.idle_tile.show_icon(icon, "none")
        self.idle_title.show_text(tr("Nothing is running"))
        self.idle_words.show_text(words)


class NeedsYou(Card):
    """At most three things to do, each with one verb; hidden when there is nothing."""

    acted = Signal(str, str)

    def __init__(self) -> None:
        self._box = column(gap=2)
        self._todo: tuple[tuple[str, str, str, str], ...] = ()
        super().__init__(
            column(Label(N_("NEEDS YOU"), "over"), self._box, gap=4, pad=(16, 12, 8, 8))
        )
        self.hide()

    def show_todo(self, todo: Sequence[tuple[str, str, str, str]]) -> None:
        """Show (sentence, verb, action, target) rows; rebuilt only when they differ."""
        wanted = tuple(todo[:3])
        if wanted == self._todo:
            return
        self._todo = wanted
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence, verb, action, target in wanted:
            line = _TodoLine(sentence, verb, action, target)
            line.acted.connect(self.acted)
            self._box.addWidget(line)
        self.setVisible(bool(wanted))


class _TodoLine(QWidget):
    acted = Signal(str, str)

    def __init__(self, sentence: str, verb: str, action: str, target: str) -> None:
        super().__init__()
        self._what = (action, target)
        words = ElidedLabel(kind="small", tone="text")
        words.show_text(sentence)
        button = Button(kind="link")
        button.setText(verb)
        button.setAccessibleName(f"{verb}: {sentence}")
        button.clicked.connect(self._on_clicked)
        # Rules are asked for; everything else has gone wrong.
        tile = Tile("gift", "accent", 24, 15) if action == "rules" else Tile("warn", "warn", 24, 15)
        layout = row(tile, words, button, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _on_clicked(self) -> None:
        self.acted.emit(*self._what)


class StreamCard(Card):
    """This stream in numbers; pretend gifts are not in them."""

    def __init__(self) -> None:
        self.bars = MinuteBars()
        self._numbers: dict[str, Label] = {}
        cells: list[QWidget | None] = []
        for name, source in (
            ("gifts", N_("gifts")),
            ("coins", N_("coins")),
            ("actions", N_("actions run")),
            ("skipped", N_("skipped")),
        ):
            value = Label(kind="title")
            value.setFont(value.font())
            caption = Label(source, "caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._numbers[name] = value
            cells.append(holder(column(value, caption, gap=0)))
        head = row(Label(N_("THIS STREAM"), "over"), None, Label(N_("gifts per minute"), "caption"))
        super().__init__(column(head, self.bars, row(*cells, gap=8), gap=8, pad=(16, 12, 16, 12)))

    def show_stats(self, stats: StatsView) -> None:
        """Show the numbers."""
        self.bars.show_values(stats.gifts_per_min)
        for name, label in self._numbers.items():
            label.show_text(number(getattr(stats, name)))
