"""What came of a play: figures, plot, rules, outputs. Rule: what was stands beside what is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.backtest import lines, wording
from app.gui.backtest.plot import Plot
from app.gui.backtest.table import FigureModel, FigureTable
from app.gui.text import number, tr, trn
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, column, holder, row, scroll
from app.gui.widgets.controls import Segments
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.backtests import Finished, Totals
    from app.gui.backtest.lines import Cell, Line

_FILTERS: Final = (
    ("busy", N_("That took part")),
    ("differs", N_("With a difference")),
    ("all", N_("All")),
)


class _Figure(QWidget):
    """One big number, what it was, and its name."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source
        self.value = Label(kind="title", tone="text")
        self.was = Label(kind="caption")
        self.setLayout(
            column(row(self.value, self.was, None, gap=8), Label(source, "caption"), gap=0)
        )
        self.setMinimumWidth(96)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_cell(self, cell: Cell) -> None:
        """Show a figure."""
        self.value.show_text(cell.now)
        self.was.setVisible(bool(cell.change))
        self.was.show_text(tr("was {before}", before=cell.before) if cell.change else "")
        self.was.tone("do" if cell.change else "")
        said = tr("{name}: {now}", name=tr(self._source), now=cell.now)
        if cell.change:
            said = tr("{name}: {now}, before {before}", name=tr(self._source), now=cell.now,
                      before=cell.before)  # fmt: skip
        self.setAccessibleName(said)


class Results(QWidget):
    """A result, scrolled. `export_asked` when it is to be kept as a file."""

    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.result: Finished | None = None
        self._filter = "busy"
        self.title = ElidedLabel(kind="heading")
        self.pace = Label(kind="caption")
        self.export = Button(N_("Save as table (CSV)"), "", "file")
        self.export.clicked.connect(self.export_asked)
        self.notes = Label(kind="small", wrap=True)
        self.figures = {
            key: _Figure(source)
            for key, source in (
                ("gifts", N_("Gifts")),
                ("coins", N_("Coins")),
                ("ran", N_("Rules ran")),
                ("actions", N_("Actions")),
                ("waiting", N_("Most waiting")),
                ("drops", N_("Not done")),
            )
        }
        self.plot = Plot()
        self.as_table = Button(N_("Show as table"), "link")
        self.as_table.setCheckable(True)
        self.rules = FigureTable(FigureModel(N_("Rule"), lines.RULE_COLUMNS), N_("Rules"))
        self.outputs = FigureTable(FigureModel(N_("Output"), lines.OUTPUT_COLUMNS), N_("Outputs"))
        self.times = FigureTable(
            FigureModel(N_("Time"), lines.TIME_COLUMNS), N_("The stream over time"), most=8
        )
        self.wanted = Segments(_FILTERS, N_("Which rules"))
        self.no_rules, self.no_outputs = Label(kind="small"), Label(kind="small", wrap=True)
        self._build()
        self.as_table.toggled.connect(self._on_as_table)
        self.wanted.chosen.connect(self._on_filter)

    def _build(self) -> None:
        head = row(column(self.title, self.pace, gap=0), self.export, gap=12)
        head.setStretch(0, 1)
        figures = Flow(*self.figures.values(), gap=24)
        time_head = row(Label(N_("THE STREAM OVER TIME"), "over"), None, self.as_table)
        rule_head = row(Label(N_("RULES"), "over"), None, self.wanted)
        self.times.hide()
        page = column(
            head,
            holder(figures),
            self.notes,
            Card(column(time_head, self.plot, self.times, gap=4, pad=(12, 6, 12, 8))),
            Card(column(Label(N_("OUTPUTS"), "over"), self.outputs, self.no_outputs, gap=4,
                        pad=(12, 12, 12, 8))),
            Card(column(rule_head, self.rules, self.no_rules, gap=4, pad=(12, 8, 12, 8))),
            None,
            gap=8,
            pad=(24, 4, 14, 24),
        )  # fmt: skip
        self.area = scroll(holder(page))
        self.setLayout(column(self.area))
        QWidget.setTabOrder(self.export, self.as_table)
        QWidget.setTabOrder(self.as_table, self.plot)
        QWidget.setTabOrder(self.plot, self.times)
        QWidget.setTabOrder(self.times, self.outputs)

    def show_result(self, result: Finished, title: str, notes: list[str]) -> None:
        """Show what came of a play: its title, and what one should know about it."""
        self.result = result
        now, before = result.now, result.before
        self.title.show_text(title)
        self.pace.show_text(
            tr("{length} of a stream, {pace}", length=wording.length(now.length_s),
               pace=wording.pace(now.length_s * (2 if before else 1),
                                 now.took_s + (before.took_s if before else 0.0)))
        )  # fmt: skip
        self.show_notes(notes)
        for key, cell in _figures(now, before).items():
            self.figures[key].show_cell(cell)
        outputs = lines.output_lines(now, before)
        self.plot.show_bins(now.bins, before.bins if before else None, len(outputs))
        self.times.figures.show_lines(lines.time_lines(now.bins, before.bins if before else None))
        self.outputs.figures.show_lines(outputs)
        self.outputs.setVisible(bool(outputs))
        self.no_outputs.setVisible(not outputs)
        self.no_outputs.show_text(tr("No output was used. Is a rule on that fits this stream?"))
        self.wanted.buttons["differs"].setVisible(before is not None)
        if before is None and self._filter == "differs":
            self.wanted.choose("busy")
            self._filter = "busy"
        self._show_rules()

    def show_notes(self, notes: list[str]) -> None:
        """Say what one should know about the result."""
        self.notes.setVisible(bool(notes))
        self.notes.show_text(" ".join(notes))

    def summary(self) -> str:
        """Say the result in one sentence."""
        return ". ".join(
            [self.title.text(), *(figure.accessibleName() for figure in self.figures.values())]
        )

    def _show_rules(self) -> None:
        if self.result is None:
            return
        found = lines.rule_lines(self.result.now, self.result.before)
        shown = [one for one in found if _wanted(one, self._filter)]
        self.rules.figures.show_lines(shown)
        self.rules.setVisible(bool(shown))
        left = len(found) - len(shown)
        self.no_rules.setVisible(bool(left) or not shown)
        self.no_rules.show_text(
            trn("%Ln more rule(s) not shown", left) if left else tr("There are no rules.")
        )

    def _on_filter(self, key: str) -> None:
        self._filter = key
        self._show_rules()

    def _on_as_table(self, on: bool) -> None:
        self.times.setVisible(on)
        self.plot.setVisible(not on)

    def to_top(self) -> None:
        """Begin with the headline."""
        self.area.verticalScrollBar().setValue(0)


def _wanted(line: Line, key: str) -> bool:
    return key == "all" or (line.differs if key == "differs" else line.busy)


def _figures(now: Totals, before: Totals | None) -> dict[str, Cell]:
    def of(totals: Totals) -> dict[str, float]:
        return {
            "gifts": totals.gifts,
            "coins": totals.coins,
            "ran": sum(one.ran for one in totals.rules),
            "actions": sum(one.commands for one in totals.outputs),
            "waiting": totals.longest_queue,
            "drops": sum(sum(one.drops.values()) for one in totals.outputs),
        }

    old = None if before is None else of(before)
    return {
        key: lines.cell(value, None if old is None else old[key], number)
        for key, value in of(now).items()
    }
