"""The Settings page: look, language, closing, the stream. Each choice works and is kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from app import __version__, console
from app.gateway.messages import Listen, Reply
from app.gui import hotkeys, stop_keys, words
from app.gui.outside.line import SettingLine
from app.gui.outside.secrets import SecretList
from app.gui.outside.sections import OutsideSettings
from app.gui.page import Desk, Page
from app.gui.text import LANGUAGES, tr
from app.gui.theme import CHOICES
from app.gui.tokens import TEXT_SCALES
from app.gui.widgets.basic import Button, Card, Label, column, hairline, holder, row, scroll
from app.gui.widgets.connect_card import UserField
from app.gui.widgets.controls import Segments, Switch
from app.gui.widgets.fields import ComboBox, KeysBox
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

# After this the list has its height, however slow the computer; who scrolls before is let be.
_SETTLED_MS = 3000
_THEMES = {
    "system": N_("As the system"),
    "dark": N_("Dark mode"),
    "light": N_("Light mode"),
}


class SettingsPage(Page):
    """Settings of the window, whose LIVE is listened to, and what rules reach outside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look = Segments([(key, _THEMES[key]) for key in CHOICES], N_("Theme"))
        self.language = ComboBox(N_("Language"))
        self.language.addItem("", "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.text_size = ComboBox(N_("Text size"))
        for percent in TEXT_SCALES:
            self.text_size.addItem(f"{percent} %", percent)
        self.motion = Switch(N_("Reduce motion"))
        self.tray = Switch(N_("Keep running when the window is closed"))
        self.keys = KeysBox(N_("Keys for STOP ALL"))
        self.user = UserField()
        self.listen = Button(N_("Listen"))
        self.outside = OutsideSettings(desk)
        # What was asked for before its settings were there.
        self._wanted = ""
        self._aim: QWidget | None = None
        self.outside.built.connect(self._on_built)
        self.secrets = SecretList(desk)
        self._build()
        self._connect()
        self.retranslate()
        self._show_options()
        self._show_stream()

    def _build(self) -> None:
        self.user.setFixedWidth(240)
        self.keys.setFixedWidth(200)
        self._keys_row = SettingLine("keyboard", N_("Keys for STOP ALL"), "", self.keys)
        self._tray_row = SettingLine(
            "window", N_("Keep running when the window is closed"), "", self.tray
        )
        page = column(gap=10, pad=(24, 16, 24, 24))
        for title, lines in self._groups(holder(row(self.user, self.listen, gap=8))):
            inner = column(gap=0, pad=(16, 2, 16, 2))
            for place, line in enumerate(lines):
                if place:
                    inner.addWidget(hairline())
                inner.addWidget(line)
            page.addWidget(Label(title, "over"))
            page.addWidget(Card(inner))
            page.addSpacing(4)
        page.addWidget(self.outside)
        page.addWidget(self.secrets)
        version = Label(kind="caption")
        version.show_text(f"Giftwire {__version__}")
        page.addWidget(version)
        page.addStretch(1)
        inside = holder(page)
        inside.setMaximumWidth(880)
        wide = row(inside, None)
        wide.setStretch(0, 100)
        self._whole = holder(wide)
        self.area = scroll(self._whole)
        self.area.verticalScrollBar().rangeChanged.connect(self._take_aim)
        self.area.verticalScrollBar().actionTriggered.connect(self._forget_aim)
        self.setLayout(column(self.area))

    def _groups(self, stream: QWidget) -> list[tuple[str, list[SettingLine]]]:
        look = [
            SettingLine("moon", N_("Theme"), N_("Dark is easier on the eyes at night"), self.look),
            SettingLine("globe", N_("Language"), "English / Tiếng Việt", self.language),
            SettingLine("letters", N_("Text size"), N_("Buttons grow with it"), self.text_size),
            SettingLine(
                "motion", N_("Reduce motion"), N_("No sliding and no pulsing"), self.motion
            ),
        ]
        name = SettingLine("at", N_("TikTok user name"), N_("Whose gifts are listened to"), stream)
        return [
            (N_("YOUR LIVE"), [name]),
            (N_("SAFETY"), [self._keys_row]),
            (N_("LOOK AND LANGUAGE"), look),
            (N_("CLOSING THE WINDOW"), [self._tray_row]),
        ]

    def _connect(self) -> None:
        self.look.chosen.connect(self._on_look)
        self.language.activated.connect(self._on_language)
        self.text_size.activated.connect(self._on_size)
        self.motion.toggled.connect(self._on_motion)
        self.tray.toggled.connect(self._on_tray)
        self.keys.taken.connect(self._on_keys)
        self.desk.hotkeys.changed.connect(self._show_keys)
        self.listen.clicked.connect(self._on_listen)
        self.user.returnPressed.connect(self._on_listen)
        self.desk.options_changed.connect(self._show_options)
        self.desk.bridge.stream_changed.connect(self._show_stream)
        self.desk.bridge.link_changed.connect(self._show_stream)

    def context(self) -> str:
        return tr("Look, language, and whose LIVE")

    def retranslate(self) -> None:
        self.language.setItemText(0, tr("As the system"))
        self._show_tray()
        self._show_keys()
        self.outside.retranslate()
        self.secrets.retranslate()

    def show_about(self, about: str) -> None:
        if about.partition(":")[0] == "outside":
            first = self.outside.first_of(about.partition(":")[2])
            if first is None:
                self._wanted = about
            else:
                first.setFocus()
            self._scroll_to(first or self.outside)
        elif about == "secrets":
            self.secrets.name.setFocus()
            self._scroll_to(self.secrets)

    def _on_built(self) -> None:
        wanted, self._wanted = self._wanted, ""
        self.show_about(wanted)

    def _scroll_to(self, part: QWidget) -> None:
        self._aim = part
        self._take_aim()
        QTimer.singleShot(_SETTLED_MS, self, self._forget_aim)

    def _take_aim(self) -> None:
        """Scroll there, and again while what was just built finds its height."""
        if self._aim is not None:
            top = self._aim.mapTo(self._whole, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - 8)

    def _forget_aim(self) -> None:
        self._aim = None

    def showEvent(self, event: QShowEvent) -> None:
        self._show_tray()
        super().showEvent(event)

    def _show_tray(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            text = tr("Rules go on in the tray. Choose Quit there to stop everything.")
        else:
            text = tr("This desktop has no tray, so the window is minimised instead.")
        self._tray_row.words.show_text(text)

    def _show_keys(self) -> None:
        problem = self.desk.hotkeys.problem(stop_keys.NAME)
        if problem is None:
            text = tr("They work in every program, also while a game has the focus.")
        elif problem is hotkeys.Problem.NOT_HERE:
            text = tr(hotkeys.WORDS[problem], command=f"{console.program()} ctl stop")
        else:
            text = tr(hotkeys.WORDS[problem])
        self._keys_row.words.show_text(text)

    def _show_stream(self) -> None:
        state = self.desk.bridge.state
        self.listen.setEnabled(state.connected)
        if not self.user.hasFocus():
            self.user.setText(state.stream.user)

    def _show_options(self) -> None:
        values = self.desk.options.values
        self.look.choose(values.theme)
        self.language.setCurrentIndex(self.language.findData(values.language))
        self.text_size.setCurrentIndex(self.text_size.findData(values.text_percent))
        self.motion.show_state(on=values.reduce_motion)
        self.tray.show_state(on=values.close_to_tray)
        self.keys.show_keys(values.stop_keys)

    def _on_look(self, choice: str) -> None:
        self.desk.choose(theme=choice)

    def _on_language(self) -> None:
        self.desk.choose(language=str(self.language.currentData()))

    def _on_size(self) -> None:
        self.desk.choose(text_percent=int(self.text_size.currentData()))

    def _on_motion(self, on: bool) -> None:
        self.desk.choose(reduce_motion=on)

    def _on_tray(self, on: bool) -> None:
        self.desk.choose(close_to_tray=on)

    def _on_keys(self, keys: str) -> None:
        if hotkeys.read_keys(keys) is None:
            self.desk.tell(tr(hotkeys.WORDS[hotkeys.Problem.BAD_KEYS]))
            self.keys.show_keys(self.desk.options.values.stop_keys)
        elif keys != self.desk.options.values.stop_keys:
            self.desk.choose(stop_keys=keys)

    def _on_listen(self) -> None:
        self.desk.bridge.ask(Listen(user=self.user.user()), self._on_listening)

    def _on_listening(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
        elif self.user.user():
            self.desk.tell(tr("Listening to @{user}.", user=self.user.user()))
        else:
            self.desk.tell(tr("No LIVE is listened to."))
