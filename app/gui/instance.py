"""One desk per profile: a second start raises the first window and ends."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

_WAIT_MS: Final = 1000
_RAISE: Final = b"raise\n"


class Instance(QObject):
    """Holds the name of this desk; `raised` fires when somebody started the program again."""

    raised = Signal()

    def __init__(self, profile: Path) -> None:
        super().__init__()
        digest = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._name = f"giftwire-desk-{digest}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Become the desk of this profile; False when there is one, which was asked to show."""
        if self._wake_other():
            return False
        if not self._server.listen(self._name):
            # A desk that was killed leaves its socket file behind on Unix.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Give the name up."""
        self._server.close()

    def _wake_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_RAISE)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
