"""The desk process: application object, event loop, window, tray, and a clean end.

Order of start: names, look and language, single instance, loop, bridge, window, control channel.
Rule: closing the window is not quitting; nothing quits but the user or a signal.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app import paths
from app.gateway.client import ChannelClosed
from app.gateway.messages import SetRulesRunning
from app.gui.alerts import Alerts
from app.gui.bridge import Bridge, Door
from app.gui.collecting import Collector, take_over
from app.gui.instance import Instance
from app.gui.options import OptionsFile
from app.gui.page import Desk, find_pages
from app.gui.text import Language
from app.gui.theme import theme
from app.gui.tray import Tray
from app.gui.window import Window
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.core.links import LinkState
    from app.gateway.client import StopReport
    from app.gateway.messages import Changed
    from app.gateway.views import Snapshot

# How long the core gets to make its devices safe when the user quits.
_QUIT_S: Final = 5.0
# Python sees a signal only when it runs; this wakes it while Qt sleeps, and it tidies up then.
_SIGNAL_MS: Final = 500


class Connection(Door, Protocol):
    """A client of the control channel that keeps itself connected."""

    async def run(self) -> None:
        """Stay connected until cancelled, or until the core was turned off on purpose."""

    def try_now(self) -> None:
        """Stop waiting and connect at once."""

    async def quit(self) -> None:
        """End the core; raises ChannelClosed if it cannot be reached."""


class Connect(Protocol):
    """Makes the client; the entry point knows profile and guardian, the window does not."""

    def __call__(
        self,
        *,
        on_changed: Callable[[Changed], None],
        on_snapshot: Callable[[Snapshot], None],
        on_link: Callable[[LinkState], None],
        on_stop_report: Callable[[StopReport], None],
    ) -> Connection:
        """Return a client that will call these from the loop's own thread."""


def prepare(options: OptionsFile, resources: Path | None = None) -> tuple[QApplication, Language]:
    """Make the application object with look and language; safe to call again in one process."""
    take_over()
    resources = resources or paths.resources()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0] if sys.argv else "giftwire"])
    app.setApplicationName("Giftwire")
    app.setDesktopFileName("giftwire")
    app.setQuitOnLastWindowClosed(False)
    QGuiApplication.setQuitLockEnabled(False)
    values = options.values
    theme.choice, theme.text_percent = values.theme, values.text_percent
    theme.reduce_motion = values.reduce_motion
    theme.start(sorted((resources / "fonts").glob("*.otf")))
    app.setWindowIcon(QIcon(str(resources / "icons" / "giftwire.png")))
    language = Language(resources / "i18n")
    language.choose(values.language)
    return app, language


def run(connect: Connect, *, profile: Path, resources: Path | None = None) -> int:
    """Run the desk until the user quits; returns the exit code.

    A second desk of the same profile raises the first one's window and returns 0 at once.
    """
    import qasync

    options = OptionsFile(profile)
    app, language = prepare(options, resources)
    instance = Instance(profile)
    if not instance.claim():
        return 0
    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(_main(connect, instance, options, language))
    finally:
        instance.release()


async def _main(
    connect: Connect, instance: Instance, options: OptionsFile, language: Language
) -> int:
    program = Program(options, language)
    instance.raised.connect(program.raise_window)
    client = connect(
        on_changed=program.bridge.take_changed,
        on_snapshot=program.bridge.take_snapshot,
        on_link=program.bridge.take_link,
        on_stop_report=program.bridge.take_stop_report,
    )
    program.start(client)
    with _signals(program):
        await program.quit_wanted.wait()
    await program.end()
    return 0


class Program(QObject):
    """Everything that lives as long as the desk: bridge, window, tray, tasks."""

    def __init__(self, options: OptionsFile, language: Language) -> None:
        super().__init__()
        self.options = options
        self.tasks = Tasks()
        self.quit_wanted = asyncio.Event()
        self._stop_devices = False
        self._client: Connection | None = None
        self._channel: asyncio.Task[None] | None = None
        self.bridge = Bridge(self.tasks.spawn)
        self.desk = Desk(self.bridge, options, language)
        self.window = Window(self.desk, find_pages())
        self.tray = Tray(self.bridge)
        self.alerts = Alerts(self.bridge, self.window.isActiveWindow)
        self.alerts.raised.connect(self.tray.tell)
        self.alerts.noted.connect(self.window.tell)
        self.window.close_asked.connect(self.on_close)
        self.desk.start_asked.connect(self.connect_again)
        self.tray.opened.connect(self.raise_window)
        self.tray.pause_asked.connect(self._on_pause)
        self.tray.stop_asked.connect(self.window.stop_all)
        self.tray.quit_asked.connect(self.quit)

    def start(self, client: Connection) -> None:
        """Show the window and let the client connect."""
        self._client = client
        self.bridge.open(client)
        self.connect_again()
        self.tray.start()
        self.window.show()

    def connect_again(self) -> None:
        """Look for the core, or start it, unless we are at it already."""
        if self._client is None:
            return
        if self._channel is None or self._channel.done():
            self._channel = self.tasks.spawn("control channel", self._client.run())
        else:
            self._client.try_now()

    def raise_window(self) -> None:
        """Bring the window to the front from wherever it is."""
        window = self.window
        window.showMaximized() if window.isMaximized() else window.showNormal()
        window.raise_()
        window.activateWindow()

    def on_close(self) -> None:
        """Hide to the tray, minimise where there is none, or quit, as the user chose."""
        values = self.options.values
        if not values.close_to_tray:
            self.quit()
        elif QSystemTrayIcon.isSystemTrayAvailable():
            self.window.hide()
            if not values.tray_told:
                self.tray.tell_hidden()
                self.options.save(tray_told=True)
        else:
            self.window.showMinimized()

    def quit(self) -> None:
        """Stop the devices, end the core, leave."""
        self._stop_devices = True
        self.quit_wanted.set()

    def leave(self) -> None:
        """Leave without ending the core: it goes on, and another desk may come."""
        self.quit_wanted.set()

    async def end(self) -> None:
        """Take everything down in reverse order."""
        if self._stop_devices:
            await self._end_core()
        self.window.hide()
        await self.tasks.cancel_all()
        self.desk.hotkeys.close()
        self.alerts.close()
        self.tray.close()
        self.window.deleteLater()

    async def _end_core(self) -> None:
        if self._client is None:
            return
        with contextlib.suppress(TimeoutError, ChannelClosed):
            async with asyncio.timeout(_QUIT_S):
                await self._client.quit()

    def _on_pause(self, on: bool) -> None:
        self.bridge.ask(SetRulesRunning(on=on))


@contextlib.contextmanager
def _signals(program: Program) -> Iterator[None]:
    """Leave on SIGINT and SIGTERM; the core goes on without a desk."""
    loop = asyncio.get_running_loop()

    def on_signal(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(program.leave)

    before = {
        number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)
    }
    collector = Collector()
    wake = QTimer()
    wake.timeout.connect(collector.look)
    wake.start(_SIGNAL_MS)
    try:
        yield
    finally:
        wake.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
