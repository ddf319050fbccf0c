"""The process that plays a stream, as signals. Rule: it ends with the page, whatever happens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from app import launch
from app.core.backtests import Failed, Finished, Listing, news

if TYPE_CHECKING:
    from app.core.backtests import BacktestRequest, ListRequest

log = logging.getLogger(__name__)

# How long a process gets to end by itself before it is ended.
_CANCEL_MS: Final = 3000
_END_MS: Final = 2000
_TAIL: Final = 2000


class BacktestProcess(QObject):
    """Asks one thing of one process at a time. `told` carries each of its news, the last one last.

    A process that ends without an answer is told as Failed: "cancelled" if that was asked for.
    """

    told = Signal(object)

    def __init__(self) -> None:
        # No parent: it must outlive the page by the moment it takes to end the process.
        super().__init__()
        self._process: QProcess | None = None
        self._rest = b""
        self._errors = b""
        self._answered = False
        self._cancelled = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_CANCEL_MS)
        self._patience.timeout.connect(self._on_patience)

    @property
    def running(self) -> bool:
        """Whether a process is at work."""
        return self._process is not None

    def start(self, request: BacktestRequest | ListRequest) -> None:
        """Start a process and ask it; one that is at work is ended first, and tells no more."""
        self.end()
        self._rest = self._errors = b""
        self._answered = self._cancelled = False
        process = QProcess(self)
        program, *words = launch.own_command("backtest")
        folder = launch.own_folder()
        if folder is not None:
            process.setWorkingDirectory(str(folder))
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_errors)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        process.start(program, words)
        # Kept by the process object until the pipe is there.
        process.write(request.model_dump_json().encode() + b"\n")

    def cancel(self) -> None:
        """Let the process end; `told` says when it has."""
        if self._process is not None and not self._cancelled:
            self._cancelled = True
            self._process.closeWriteChannel()
            self._patience.start()

    def end(self) -> None:
        """End the process now and wait for its end, which takes a moment at most."""
        process, self._process = self._process, None
        self._patience.stop()
        if process is None:
            return
        for signal in (process.errorOccurred, process.finished):
            signal.disconnect()
        process.readyReadStandardOutput.disconnect()
        process.readyReadStandardError.disconnect()
        process.kill()
        process.waitForFinished(_END_MS)
        process.deleteLater()

    # ------------------------------------------------------------ from the process

    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(
            b"\n"
        )
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            one = news.validate_json(line)
        except ValidationError as error:
            log.warning("news of the backtest that cannot be read: %s", error)
            return
        self._answered = self._answered or isinstance(one, Finished | Failed | Listing)
        if self._answered and self._process is not None:
            # Whoever has answered may go.
            self._process.closeWriteChannel()
            self._patience.start()
        self.told.emit(one)

    def _on_errors(self) -> None:
        if self._process is not None:
            read = self._process.readAllStandardError().data()
            self._errors = (self._errors + read)[-_TAIL:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # The other errors come with `finished`.
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._over(self._process.errorString())

    def _on_finished(self) -> None:
        self._on_output()
        self._on_errors()
        self._over(self._errors.decode(errors="replace").strip())

    def _over(self, why: str) -> None:
        process, self._process = self._process, None
        self._patience.stop()
        if process is not None:
            process.deleteLater()
        if self._answered:
            return
        if not self._cancelled:
            log.warning("the backtest ended without an answer: %s", why)
        code = "cancelled" if self._cancelled else "failed"
        self.told.emit(Failed(code=code, detail=why[-500:]))

    def _on_patience(self) -> None:
        if self._process is not None:
            self._process.kill()
