"""Not connected, in three cases: no name, not live, refused. Rule: words, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.gateway.views import LinkView
from app.gui import status
from app.gui.text import seconds, tr
from app.gui.widgets.basic import Button, Label, holder, row, set_state
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from app.gateway.messages import CheckLiveResult
    from app.gateway.views import StreamView
    from app.gui.models.state import State

_CHECK_AFTER_MS = 600
_ANSWERS = {
    "live": (N_("Found. LIVE right now."), "ok"),
    "offline": (N_("Not live right now. We connect by ourselves when you start."), "text2"),
    "not_found": (N_("TikTok knows no such user name. Check the spelling."), "danger"),
    "unknown": (N_("It cannot be checked right now. You may still listen to this name."), "warn"),
}


def clean_user(text: str) -> str:
    """Take a user name out of what people paste: a link, an @, blanks around it."""
    name = text.strip()
    if "tiktok.com/" in name:
        name = name.split("tiktok.com/", 1)[1]
    name = name.lstrip("/").removeprefix("@")
    return name.split("/")[0].split("?")[0].strip()


class UserField(QLineEdit):
    """Where a TikTok user name is typed or pasted."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(200)
        self.setObjectName("user_name")
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def user(self) -> str:
        """Return the user name without decoration."""
        return clean_user(self.text())

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("TikTok user name"))
        self.setPlaceholderText(tr("your user name, for example linh.live"))


class UserForm(EmptyState):
    """Asks for the streamer, checks while typing has paused, and starts listening."""

    check_asked = Signal(str)
    listen_asked = Signal(str)
    practise_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            "at",
            N_("Which LIVE should we listen to?"),
            N_(
                "Type the TikTok user name. Only public events are read. "
                "You are never asked for a password."
            ),
        )
        self.field = UserField()
        self.answer = Label(kind="small", wrap=True)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.setFixedWidth(320)
        self.listen = Button(N_("Listen"), "primary", "live")
        self.practise = Button(N_("Practise with pretend gifts"), "", "gift")
        self.extra.addWidget(holder(row(None, self.field, None)))
        self.extra.addWidget(self.answer)
        self.back = Button(N_("Back"), "link")
        self.offer(self.listen, self.practise, self.back)
        self.back.clicked.connect(self.back_asked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_paused)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_listen)
        self.listen.clicked.connect(self._on_listen)
        self.practise.clicked.connect(self.practise_asked)
        self.listen.setEnabled(False)

    def show_answer(self, result: CheckLiveResult) -> None:
        """Show what TikTok says of the name typed, unless another one was typed since."""
        if result.user != self.field.user():
            return
        source, tone = _ANSWERS[result.answer]
        why = status.link_headline(LinkView(reason=result.reason)) if result.reason else ""
        if result.answer == "unknown" and why:
            self.answer.show_text(f"{why} {tr(source)}")
        else:
            self.answer.show_source(source)
        self.answer.tone(tone)
        set_state(self.field, "invalid", "true" if result.answer == "not_found" else "false")

    def show_failure(self, text: str) -> None:
        """Show why the name was not taken."""
        self.answer.show_text(text)
        self.answer.tone("danger")
        set_state(self.field, "invalid", "true")

    def _on_edited(self) -> None:
        self.answer.show_text("")
        set_state(self.field, "invalid", "false")
        self.listen.setEnabled(bool(self.field.user()))
        self._pause.start(_CHECK_AFTER_MS)

    def _on_paused(self) -> None:
        user = self.field.user()
        if user and self.isVisible():
            self.answer.show_source(N_("Looking…"))
            self.answer.tone("muted")
            self.check_asked.emit(user)

    def _on_listen(self) -> None:
        self._pause.stop()
        user = self.field.user()
        if user:
            self.listen_asked.emit(user)


class WaitingForLive(EmptyState):
    """The name is known and the link is not online: why, what next, and what to do meanwhile."""

    try_asked = Signal()
    change_asked = Signal()
    practise_asked = Signal()

    def __init__(self) -> None:
        super().__init__("live")
        self.try_now = Button(N_("Try now"), "primary", "refresh")
        self.practise = Button(N_("Practise"), "", "gift")
        self.change = Button(N_("Change the name"), "link")
        self.offer(self.try_now, self.practise, self.change)
        self.try_now.clicked.connect(self.try_asked)
        self.practise.clicked.connect(self.practise_asked)
        self.change.clicked.connect(self.change_asked)
        self._left_s = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._sentence = ""

    def show_stream(self, stream: StreamView) -> None:
        """Word the three cases from the link's own reason."""
        link = stream.link
        quiet = link.reason in ("", "offline", "stream_ended")
        busy = link.stage == "connecting"
        self.tile.show_icon("live" if quiet or busy else "warn", "accent" if quiet else "warn")
        headline = status.link_headline(link)
        self.title.show_text(
            tr("Connecting to @{user}…", user=stream.user)
            if busy
            else headline or f"@{stream.user}"
        )
        whole = status.link_sentence(link.model_copy(update={"retry_in_s": None}))
        self._sentence = whole.removeprefix(headline).strip() if not busy else ""
        self._left_s = link.retry_in_s or 0.0
        self.try_now.setVisible(link.stage in ("waiting", "blocked"))
        if self._left_s > 1 and not quiet:
            self._tick.start()
        else:
            self._tick.stop()
            self._left_s = 0.0
        self._word()

    def _on_tick(self) -> None:
        self._left_s = max(0.0, self._left_s - 1.0)
        if self._left_s <= 0 or not self.isVisible():
            self._tick.stop()
        self._word()

    def _word(self) -> None:
        text = self._sentence
        if self._left_s > 0:
            text = f"{text} {tr('Next try in {time}.', time=seconds(round(self._left_s)))}"
        self.words.show_text(text.strip())


class CoreAway(EmptyState):
    """The engine is not there yet or not any more: said in words, over the whole page."""

    start_asked = Signal()

    def __init__(self) -> None:
        super().__init__("refresh")
        self.start = Button(N_("Start the engine"), "primary", "play")
        self.offer(self.start)
        self.start.clicked.connect(self.start_asked)

    def show_state(self, state: State) -> None:
        """Word what the desk knows of the engine."""
        words = status.core_words(state)
        self.title.show_text(words.headline)
        self.words.show_text(words.hint)
        self.start.setVisible(words.start)
