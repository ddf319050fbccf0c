"""Fields for what has a form of its own: colour, time, weekdays, keys, per cent, lists of texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSlider, QWidget

from app.gui.rule_editor.buttons import WordedButton
from app.gui.rule_editor.field import Field, Line
from app.gui.rule_editor.plain_fields import NumberField
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import RULE_COLOURS
from app.gui.widgets.basic import Label, column, row
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json
    from app.gui.rule_editor.specs import FieldSpec

_TIME: Final = re.compile(r"^\s*(\d{1,2})\s*(?:[:h.]\s*(\d{0,2}))?\s*$")
_COLUMNS: Final = 5
_WIDE: Final = 420
_DAYS: Final = 7
_HOURS: Final = 24
_MINUTES: Final = 60
_NO_KEYS: Final = Qt.KeyboardModifier.NoModifier
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_unknown,
    }
)


class Swatch(QPushButton):
    """A button that shows a colour beside its name."""

    def __init__(self, colour: str = "") -> None:
        super().__init__()
        self.colour = colour
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(theme.px(36))

    def show_colour(self, colour: str, words: str) -> None:
        """Show a colour, and what it is called."""
        self.colour = colour
        self.setText(f"      {words}" if words else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("control"))
        painter.setBrush(QColor(self.colour))
        side = theme.px(16)
        x = theme.px(12) if self.text() else (self.width() - side) / 2
        painter.drawRoundedRect(QRectF(x, (self.height() - side) / 2, side, side), 4, 4)


class ColourPopup(QFrame):
    """A few good colours, and a line for any other."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, around: Around) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("card", "dialog")
        grid = QGridLayout()
        grid.setSpacing(6)
        self.swatches: list[Swatch] = []
        speaker = around.speaker()
        for place, colour in enumerate(RULE_COLOURS):
            swatch = Swatch(colour)
            swatch.setFixedWidth(theme.px(44))
            words = speaker.colour(colour)
            swatch.setAccessibleName(words)
            swatch.setToolTip(words)
            swatch.clicked.connect(self._on_swatch)
            self.swatches.append(swatch)
            grid.addWidget(swatch, place // _COLUMNS, place % _COLUMNS)
        self.line = Line(least=8)
        self.line.setAccessibleName(tr("Colour as #rrggbb"))
        self.line.setMaxLength(7)
        self.line.returnPressed.connect(self._on_line)
        self.setLayout(column(grid, row(Label(N_("Other"), "small"), self.line, None), pad=10))

    def _on_swatch(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, Swatch):
            self._take(swatch.colour)

    def _on_line(self) -> None:
        self._take(self.line.text().strip())

    def _take(self, colour: str) -> None:
        self.hide()
        self.chosen.emit(colour)


class ColourField(Field):
    """A colour as #rrggbb."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.swatch = Swatch()
        self.swatch.clicked.connect(self._on_clicked)
        self.popup: ColourPopup | None = None
        self.put(self.swatch)

    def show_value(self, value: Json) -> None:
        colour = str(value or "")
        words = self.around.speaker().colour(colour)
        self.swatch.show_colour(colour, words)
        self.swatch.setAccessibleName(f"{self.title()}: {words}")

    def retranslate(self) -> None:
        super().retranslate()
        self.show_value(self.swatch.colour)
        self.popup = None

    def _on_clicked(self) -> None:
        if self.popup is None:
            self.popup = ColourPopup(self, self.around)
            self.popup.chosen.connect(self._on_chosen)
        self.popup.line.show_text(self.swatch.colour)
        self.popup.adjustSize()
        self.popup.move(self.swatch.mapToGlobal(self.swatch.rect().bottomLeft()))
        self.popup.show()
        self.popup.swatches[0].setFocus()

    def _on_chosen(self, colour: str) -> None:
        if colour != self.swatch.colour:
            self.send(colour)


class TimeField(Field):
    """A time of day: "19:30", "19h30", "7"."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.line = Line(least=5, most=5)
        self.line.setPlaceholderText("--:--")
        self.line.done.connect(self._on_done)
        self.line.stepped.connect(self._on_stepped)
        self.put(self.line)

    def show_value(self, value: Json) -> None:
        self.line.show_text("" if value is None else str(value))

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def _on_done(self, text: str) -> None:
        if not text.strip() and self.spec.nullable:
            self.send(None)
            return
        self.send(clock_time(text) or text)

    def _on_stepped(self, direction: int) -> None:
        value = clock_time(self.line.text())
        if value is not None:
            hours, minutes = map(int, value.split(":"))
            total = (hours * _MINUTES + minutes + 5 * direction) % (_HOURS * _MINUTES)
            self.line.replace(f"{total // _MINUTES:02}:{total % _MINUTES:02}")


def clock_time(text: str) -> str | None:
    """Read a time of day as people write it; None if it is none."""
    found = _TIME.match(text.casefold().replace("giờ", "h"))
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    fits = hours < _HOURS and minutes < _MINUTES
    return f"{hours:02}:{minutes:02}" if fits else None


class WeekdaysField(Field):
    """Days of the week, Monday is 0; none pressed means every day."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.days: list[WordedButton] = []
        for _ in range(_DAYS):
            button = WordedButton(kind="segment")
            button.setCheckable(True)
            button.clicked.connect(self._on_clicked)
            self.days.append(button)
        self.every = Label(N_("every day"), "small")
        self.put(*self.days, self.every)

    def name_parts(self) -> None:
        super().name_parts()
        for place, button in enumerate(self.days):
            day = Qt.DayOfWeek(place + 1).value
            short = QLocale().dayName(day, QLocale.FormatType.ShortFormat)
            if " " in short:
                short = QLocale().dayName(day, QLocale.FormatType.NarrowFormat)
            button.show_words(short)
            long = QLocale().dayName(day, QLocale.FormatType.LongFormat)
            button.setAccessibleName(f"{self.title()}: {long}")
            button.setToolTip(long)

    def show_value(self, value: Json) -> None:
        for place, button in enumerate(self.days):
            button.setChecked(place in (value or ()))
        self.every.setVisible(not value)

    def _on_clicked(self) -> None:
        self.send([place for place, button in enumerate(self.days) if button.isChecked()])


class KeyLine(Line):
    """A line that takes key combinations instead of letters; Backspace empties it."""

    def event(self, event: QEvent) -> bool:
        # Shortcuts of the window must be recorded here, not carried out.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.ShiftModifier)
        if bare and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif bare and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.replace("")
        elif key not in _MODIFIERS:
            keys = QKeySequence(event.keyCombination())
            self.replace(keys.toString(QKeySequence.SequenceFormat.PortableText))


class KeysField(Field):
    """A key combination, recorded by pressing it."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.line = KeyLine(least=14)
        self.line.done.connect(self.send)
        self.put(self.line)

    def name_parts(self) -> None:
        super().name_parts()
        self.line.setPlaceholderText(tr("Press the keys"))
        self.line.fit()

    def show_value(self, value: Json) -> None:
        self.line.show_text(str(value or ""))

    def is_empty(self) -> bool:
        return not self.line.text()


class PercentField(NumberField):
    """0 to 100 with a slider; sliding is one change, when it is let go."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(int(spec.low or 0), int(spec.high if spec.high is not None else 100))
        self.slider.setFixedWidth(theme.px(110))
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderReleased.connect(self._on_released)
        self.box.addWidget(self.slider)
        self.slider.setAccessibleName(self.title())

    def show_value(self, value: Json) -> None:
        super().show_value(value)
        self.slider.blockSignals(True)
        self.slider.setValue(round(value) if isinstance(value, int | float) else 0)
        self.slider.blockSignals(False)

    def _on_slid(self, value: int) -> None:
        if self.slider.isSliderDown():
            self.line.setText(self.written(value))
        else:
            self.line.replace(self.written(value))

    def _on_released(self) -> None:
        self.line.replace(self.written(self.slider.value()))


class WordsField(Field):
    """A list of short texts, each with a cross, and a line to add more."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.values: list[str] = []
        self.chips: list[WordedButton] = []
        self.line = Line(least=9)
        self.line.installEventFilter(self)
        self.line.done.connect(self._on_done)
        self.flow = Flow(gap=6)
        self.box.addLayout(self.flow)
        self.flow.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.name_parts()
        self.show_value([])

    def name_parts(self) -> None:
        super().name_parts()
        self.line.setPlaceholderText(tr(self.spec.hint("x-placeholder", "")) or tr("add"))
        self.line.fit()

    def show_value(self, value: Json) -> None:
        self.values = [str(one) for one in value or ()]
        for chip in self.chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.flow.removeWidget(self.line)
        self.chips = []
        for text in self.values:
            chip = WordedButton(icon="cross")
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.show_words(text)
            chip.setAccessibleName(tr("Remove {what}", what=text))
            chip.clicked.connect(self._on_chip)
            self.chips.append(chip)
            self.flow.addWidget(chip)
            chip.show()
        self.flow.addWidget(self.line)
        self._fit()

    def is_empty(self) -> bool:
        return not self.values

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        # In an empty line Backspace takes the last text away.
        if event.key() != Qt.Key.Key_Backspace or self.line.text() or not self.values:
            return False
        self.send(self.values[:-1])
        return True

    def _fit(self) -> None:
        wide = min(theme.px(_WIDE), self.flow.sizeHint().width())
        self.setFixedSize(QSize(wide, self.flow.heightForWidth(wide)))

    def _on_done(self, text: str) -> None:
        self.line.show_text("")
        new = [piece.strip() for piece in text.split("\n") if piece.strip()]
        if new:
            self.send(list(dict.fromkeys([*self.values, *new])))

    def _on_chip(self) -> None:
        place = self.chips.index(self.sender())  # type: ignore[arg-type]  # only chips are connected
        self.send([text for index, text in enumerate(self.values) if index != place])
