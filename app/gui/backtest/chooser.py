"""Which stream to play and what to compare with. Rule: it chooses; the page does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from app.core.backtests import Listing, PastStream, Recording, Script, Scripted
from app.gui.backtest import wording
from app.gui.text import number, tr, trn
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.controls import Segments
from app.gui.widgets.fields import ComboBox
from app.gui.widgets.spark import Bar
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.backtests import PastStreamLine, RecordingFile
    from app.gateway.views import ProfilesView

KINDS: Final = (
    ("script", N_("Made up")),
    ("recording", N_("Recording")),
    ("past", N_("Past stream")),
)
# The end of the newest stream, by minutes.
LAST: Final = "last:"
LASTS: Final = ((10, N_("Last 10 minutes")), (60, N_("Last hour")))
NOTHING, OPENED, PROFILE = "nothing", "opened", "profile:"
_MEGA: Final = 1_000_000


class Chooser(Card):
    """A card of two lines. `started`, `cancelled` are its buttons; `listing_wanted` asks anew."""

    started = Signal()
    cancelled = Signal()
    listing_wanted = Signal()

    def __init__(self) -> None:
        self.kind = Segments(KINDS, N_("Which kind of stream"))
        self.stream = ComboBox(N_("Stream"))
        self.browse = Button(N_("Open file…"), "", "folder")
        self.about = Label(kind="small", wrap=True)
        self.compare = ComboBox(N_("Compare with"))
        self.start = Button(N_("Start"), "primary", "play", shortcut="Ctrl+Return")
        self.cancel = Button(N_("Cancel"), "", "cross")
        self.bar = Bar()
        self.progress = Label(kind="small")
        first = row(self.kind, self.stream, self.browse, gap=12)
        first.setStretch(1, 1)
        second = row(Label(N_("Compare with"), "small"), self.compare, self.start, self.cancel)
        second.setStretch(1, 1)
        running = row(self.bar, self.progress, gap=12)
        running.setStretch(0, 1)
        super().__init__(column(first, self.about, second, running, gap=8, pad=(16, 12, 16, 12)))
        self._key = "script"
        self._listing: Listing | None = None
        self._profiles: tuple[str, tuple[str, ...]] = ("", ())
        # A file that was opened by hand, above those of the profile.
        self._opened = ""
        # Asked for before it was known what there is.
        self._wanted = ""
        self.kind.chosen.connect(self._on_kind)
        self.stream.currentIndexChanged.connect(self._on_stream)
        self.browse.clicked.connect(self.open_file)
        self.start.clicked.connect(self.started)
        self.cancel.clicked.connect(self.cancelled)
        self.show_running(running=False)
        self.retranslate()

    # ------------------------------------------------------------ what is chosen

    def source(self) -> Scripted | Recording | PastStream | None:
        """Return the stream to play; None while there is none to choose."""
        data = self.stream.currentData()
        if data is None:
            return None
        if self._key == "script":
            return next(Scripted(name=one) for one in get_args(Script) if one == data)
        if self._key == "recording":
            return Recording(path=data)
        if data.startswith(LAST):
            return PastStream(last_s=int(data.removeprefix(LAST)) * 60.0)
        return PastStream(room_id=int(data))

    def compared(self) -> str:
        """Return NOTHING, OPENED, or PROFILE and the name of one."""
        return str(self.compare.currentData() or NOTHING)

    def title(self) -> str:
        """Return what the chosen stream is called."""
        return self.stream.currentText()

    # ------------------------------------------------------------ what shows

    def show_listing(self, listing: Listing | None) -> None:
        """Show what the profile has; None while that is not known."""
        self._listing = listing
        if self._key != "script":
            self._fill()

    def show_profiles(self, profiles: ProfilesView) -> None:
        """Offer the profiles that do not run."""
        others = tuple(name for name in profiles.names if name != profiles.current)
        if (profiles.current, others) != self._profiles or not self.compare.count():
            self._profiles = profiles.current, others
            self._fill_compare()

    def show_running(self, *, running: bool) -> None:
        """Let nothing be chosen while a stream is played."""
        for part in (self.kind, self.browse, self.compare):
            part.setEnabled(not running)
        self.stream.setEnabled(not running and self.stream.count() > 0)
        had = self.start.hasFocus() or self.cancel.hasFocus()
        self.start.setVisible(not running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(True)
        self.bar.setVisible(running)
        self.progress.setVisible(running)
        if had:
            (self.cancel if running else self.start).setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_start()

    def show_progress(self, text: str, done: float) -> None:
        """Say how far it is; `done` from 0 to 1."""
        self.progress.show_text(text)
        self.bar.show_share(done)
        self.bar.setAccessibleName(text)

    def retranslate(self) -> None:
        """Word the choices anew."""
        self._fill()
        self._fill_compare()

    def choose(self, kind: str, data: str = "") -> None:
        """Choose a kind of stream, and one of them, now or as soon as it is listed."""
        self._wanted = data
        self.kind.choose(kind)
        self._on_kind(kind, keep=bool(data))

    def open_file(self) -> None:
        """Ask for a recording anywhere on this computer."""
        dialog = QFileDialog(self, tr("Open a recording"), self._opened)
        dialog.setObjectName("open_recording")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        recordings = tr("Recordings ({pattern})", pattern="*.tape.gz *.jsonl *.jsonl.gz")
        dialog.setNameFilters([recordings, tr("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Offer a file, and choose it."""
        self._opened = path
        self.choose("recording", path)

    # ------------------------------------------------------------ inside

    def _on_kind(self, key: str, *, keep: bool = False) -> None:
        self._key = key
        if not keep:
            self._wanted = ""
        self._fill()
        if key != "script":
            self.listing_wanted.emit()

    def _fill(self) -> None:
        kept = self._wanted or self.stream.currentData()
        self.stream.blockSignals(True)
        self.stream.clear()
        for text, data in self._choices():
            self.stream.addItem(text, data)
        place = self.stream.findData(kept)
        if place >= 0:
            self._wanted = ""
        self.stream.setCurrentIndex(place if place >= 0 else 0 if self.stream.count() else -1)
        self.stream.blockSignals(False)
        self.stream.setEnabled(self.stream.count() > 0)
        self.browse.setVisible(self._key == "recording")
        self._on_stream()

    def _choices(self) -> list[tuple[str, str]]:
        if self._key == "script":
            return [(tr(name), key) for key, (name, _) in wording.SCRIPTS.items()]
        if self._key == "past":
            streams = [(_stream_text(one), str(one.room_id)) for one in self._streams()]
            # Until it is known that there is no stream, there may be one.
            known = self._listing is None or bool(streams)
            lasts = [(tr(text), f"{LAST}{minutes}") for minutes, text in LASTS if known]
            return [*lasts, *streams]
        found: list[tuple[str, str]] = []
        if self._opened:
            found.append((Path(self._opened).name, self._opened))
        return found + [
            (_recording_text(one), one.path)
            for one in self._recordings()
            if one.path != self._opened
        ]

    def _streams(self) -> tuple[PastStreamLine, ...]:
        return self._listing.streams if self._listing is not None else ()

    def _recordings(self) -> tuple[RecordingFile, ...]:
        return self._listing.recordings if self._listing is not None else ()

    def _on_stream(self) -> None:
        self.about.show_text(self._about())
        self._show_start()

    def _show_start(self) -> None:
        self.start.setEnabled(self.stream.currentData() is not None)

    def _about(self) -> str:
        data = self.stream.currentData()
        if self._key == "script":
            return tr(next(text for key, (_, text) in wording.SCRIPTS.items() if key == data))
        if self._key == "past" and str(data).startswith(LAST):
            return tr("The end of your newest stream, as the history has it. Likes and joins are "
                      "in it only where rules used them.")  # fmt: skip
        if self._key == "past":
            past = next((one for one in self._streams() if str(one.room_id) == data), None)
            return self._no_past() if past is None else _past_text(past)
        if data is None:
            if self._listing is None:
                return tr("Looking for recordings…")
            return tr("There is no recording yet. Open a file, or record your next stream.")
        return str(data)

    def _no_past(self) -> str:
        if self._listing is None:
            return tr("Looking for past streams…")
        if self._listing.streams_unread:
            return tr("The history cannot be read now. Try again in a moment.")
        return tr("There is no past stream yet. After your next LIVE it is here.")

    def _fill_compare(self) -> None:
        kept = self.compare.currentData()
        self.compare.clear()
        for key in (NOTHING, OPENED, *(f"{PROFILE}{name}" for name in self._profiles[1])):
            self.compare.addItem(compared_text(key), key)
        self.compare.setCurrentIndex(max(0, self.compare.findData(kept)))


def compared_text(key: str) -> str:
    """Say what is compared with."""
    if key.startswith(PROFILE):
        return tr("Profile {name}", name=key.removeprefix(PROFILE))
    if key == OPENED:
        return tr("The rules as they were when this window was opened")
    return tr("Nothing")


def _stream_text(one: PastStreamLine) -> str:
    when = wording.day_and_time(one.started_ms)
    gifts = trn("%Ln gift(s)", one.gifts)
    return " · ".join(filter(None, (when, one.user and f"@{one.user}", gifts)))


def _past_text(one: PastStreamLine) -> str:
    given = wording.stream(one.gifts, one.coins)
    if one.ended_ms > one.started_ms:
        length = wording.length((one.ended_ms - one.started_ms) / 1000)
        return tr("{length}, {given}. Likes and joins are in it only where rules used them.",
                  length=length, given=given)  # fmt: skip
    return tr("{given}. Likes and joins are in it only where rules used them.", given=given)


def _recording_text(one: RecordingFile) -> str:
    size = tr("{n} MB", n=number(one.bytes / _MEGA, 1))
    when = wording.day_and_time(one.started_ms)
    return " · ".join(filter(None, (when, one.user and f"@{one.user}", size)))
