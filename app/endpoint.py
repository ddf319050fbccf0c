"""The guardian's local endpoint: a door only this user can open, and the lock "one per profile".

One rule: bytes of JSON, bounded in size and time; nothing that arrives is ever unpickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import socket
import struct
import sys
import tempfile
import threading
from multiprocessing import connection
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[dict[str, Any]], dict[str, Any]]
    End = connection.Connection[Any, Any]
    if sys.platform == "win32":
        End = connection.PipeConnection[Any, Any]

log = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024
MAX_CALLERS = 16
CALLER_TIMEOUT_S = 2.0


class EndpointError(Exception):
    """The endpoint did not give a usable answer."""


class NobodyThereError(EndpointError):
    """No guardian runs for this profile."""


class TakenError(EndpointError):
    """Another guardian already guards this profile."""


# ------------------------------------------------------------------------------- where it is


def address(profile: Path) -> str:
    """Return the address of the profile's endpoint: a socket path, or a pipe name on Windows.

    A path of a Unix socket is limited to about 100 bytes, hence the hash.
    """
    real = os.path.normcase(os.path.realpath(profile))
    name = hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    if sys.platform == "win32":
        return rf"\\.\pipe\giftwire-{name}"
    return str(_folder() / f"{name}.sock")


def _folder() -> Path:
    # A fixed place: what $TMPDIR or a login session says may differ between two of our processes,
    # and then there would be two cores.
    base = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
    return base / f"giftwire-{_user()}"


def _own_folder() -> Path:
    """Make the folder of sockets, and make sure that it is ours alone."""
    folder = _folder()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    seen = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or seen.st_uid != _user():
        raise EndpointError(f"{folder} belongs to somebody else.")
    if seen.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0


def _same_user(end: End) -> bool:
    """Say whether the caller is this user, where the system can tell; elsewhere the folder does."""
    if sys.platform != "linux":
        return True
    with socket.socket(fileno=os.dup(end.fileno())) as own:
        raw = own.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", raw)[1] == _user())


def _hurry(end: End, timeout_s: float) -> None:
    """Make reads and writes of `end` fail after `timeout_s`, also in the middle of a message."""
    if sys.platform == "win32":
        return  # a pipe in message mode hands over whole messages
    with socket.socket(fileno=os.dup(end.fileno())) as own:
        limit = struct.pack("ll", int(timeout_s), int(timeout_s % 1 * 1e6))
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


# ------------------------------------------------------------------------------- the caller


def ask(profile: Path, request: dict[str, Any], timeout_s: float = 5.0) -> dict[str, Any]:
    """Send one request to the profile's guardian and return its answer; blocks up to `timeout_s`.

    Raises NobodyThereError if no guardian runs, EndpointError if it does not answer.
    """
    try:
        end = _call(address(profile), timeout_s)
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise NobodyThereError(f"no guardian for {profile}") from error
    except OSError as error:
        raise EndpointError(str(error)) from error
    with end:
        try:
            _hurry(end, timeout_s)
            end.send_bytes(json.dumps(request).encode())
            if not end.poll(timeout_s):
                raise EndpointError("the guardian does not answer")
            answer = json.loads(end.recv_bytes(MAX_BYTES))
        except (OSError, EOFError, ValueError) as error:
            raise EndpointError(f"the guardian broke off: {error}") from error
    if not isinstance(answer, dict):
        raise EndpointError("the guardian answered nonsense")
    return answer


def _call(where: str, timeout_s: float) -> End:
    if sys.platform == "win32":
        return connection.Client(where)
    with socket.socket(socket.AF_UNIX) as own:
        # A guardian that hangs must not hang its callers, not even while they dial.
        own.settimeout(timeout_s)
        own.connect(where)
        own.settimeout(None)
        return connection.Connection(own.detach())


# ------------------------------------------------------------------------------- the guardian


class Endpoint:
    """The listening end. Making one takes the profile, or raises TakenError.

    `answer` is called in a thread of its own per request and may block for some seconds.
    """

    def __init__(self, profile: Path, answer: Ask) -> None:
        self.address = address(profile)
        self._answer = answer
        self._closing = threading.Event()
        self._callers: set[threading.Thread] = set()
        self._lock: IO[bytes] | None = None
        self._listener = self._take()
        self._door = threading.Thread(target=self._accept, name="endpoint")
        self._door.start()

    def close(self) -> None:
        """Stop listening, wait for callers being served, and give the profile free."""
        if self._closing.is_set():
            return
        self._closing.set()
        # Closing a listener does not wake its accept; a caller does.
        with contextlib.suppress(OSError):
            connection.Client(self.address).close()
        self._door.join(CALLER_TIMEOUT_S)
        for caller in list(self._callers):
            caller.join(CALLER_TIMEOUT_S)
        self._listener.close()
        if self._lock is not None:
            self._lock.close()

    def keep_fresh(self) -> None:
        """Tell the system's cleaner of old temporary files that ours are in use."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                os.utime(self._lock.name)
                os.utime(self.address)

    def _take(self) -> connection.Listener:
        if sys.platform != "win32":
            self._lock = _locked(_own_folder() / f"{Path(self.address).stem}.lock")
        try:
            return self._listen()
        except BaseException:
            if self._lock is not None:
                self._lock.close()
            raise

    def _listen(self) -> connection.Listener:
        if sys.platform == "win32":
            try:
                # The first instance of a pipe name is made only if there is no other.
                return connection.Listener(self.address, "AF_PIPE")
            except PermissionError as error:
                raise TakenError("another Giftwire runs with this profile") from error
        if _somebody_answers(self.address):
            raise TakenError("another Giftwire runs with this profile")
        # We hold the lock and nobody answers: what lies there was left by a killed guardian.
        Path(self.address).unlink(missing_ok=True)
        return connection.Listener(self.address, "AF_UNIX", backlog=MAX_CALLERS)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                end = self._listener.accept()
            except (OSError, EOFError):
                if not self._closing.wait(0.05):
                    continue
                return
            if self._closing.is_set() or len(self._callers) >= MAX_CALLERS:
                end.close()
                continue
            caller = threading.Thread(target=self._serve, args=(end,), name="endpoint caller")
            self._callers.add(caller)
            caller.start()

    def _serve(self, end: End) -> None:
        try:
            with end:
                self._converse(end)
        except (OSError, EOFError, ValueError) as error:
            log.info("a caller at the endpoint broke off: %s", error)
        finally:
            self._callers.discard(threading.current_thread())

    def _converse(self, end: End) -> None:
        if not _same_user(end):
            log.warning("refused another user at the endpoint")
            return
        _hurry(end, CALLER_TIMEOUT_S)
        if not end.poll(CALLER_TIMEOUT_S):
            return
        request = json.loads(end.recv_bytes(MAX_BYTES))
        if not isinstance(request, dict):
            raise ValueError("a request is an object")  # noqa: TRY004 - bad input, not a bad call
        end.send_bytes(json.dumps(self._answer(request)).encode())


def _somebody_answers(where: str) -> bool:
    if sys.platform == "win32":
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(where)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except OSError:
            return True
    return True


def _locked(path: Path) -> IO[bytes]:
    """Open `path` and lock it for as long as it stays open, also across our death."""
    file = path.open("ab")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise TakenError("another Giftwire runs with this profile") from error
    return file
