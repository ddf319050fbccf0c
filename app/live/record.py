"""Records a stream to one file, as received or with the viewers' names hidden.

One rule: the line never waits for the disk. Writing is a thread's work; when it cannot, it stops.
File: gzip of b"GIFTWIRE-TAPE 1", a newline, one JSON line (the header), a newline, then records
<u64 us since the start><u8 kind><u32 length><bytes>; kinds: 0 frame, 1 sign answer, 2 JSON note.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import queue
import struct
import threading
import zlib
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Any

from app.live.redact import Redactor, strip_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

MAGIC = b"GIFTWIRE-TAPE 1"
SUFFIX = ".tape.gz"
FRAME, FIRST, NOTE = 0, 1, 2
_RECORD = struct.Struct("<QBI")
# What a crash may cost: seconds of the tape.
_FLUSH_EVERY_S = 1.0
# A disk that is this far behind will not catch up.
_WAITING_LIMIT = 64 << 20
_LARGEST_RECORD = 64 << 20
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Header:
    """What a tape says of itself. `started_ms` is UTC epoch ms."""

    user: str
    room_id: int = 0
    host_id: int = 0
    started_ms: int = 0
    app_version: str = ""
    names_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One thing on a tape, `at_us` microseconds after its start."""

    at_us: int
    kind: int
    data: bytes


class Tape:
    """A running recording. `frame`, `first` and `note` are for one thread and never block.

    `on_stopped` is called once, from the writing thread, with "" after `close`, else with what
    went wrong (disk full, too slow); recording has ended then and everything else goes on.
    """

    def __init__(
        self,
        path: Path,
        header: Header,
        now: Callable[[], float],
        on_stopped: Callable[[str], None] = lambda _why: None,
    ) -> None:
        """Begin to write `path` (replaced if it exists); `now` is monotonic seconds."""
        self.path = path
        self.header = header
        self._now = now
        self._start = now()
        self._on_stopped = on_stopped
        self._queue: queue.SimpleQueue[Record | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0
        self._stopped = False
        self._redactor = Redactor() if header.names_hidden else None
        self._thread = threading.Thread(target=self._write, name="tape", daemon=True)
        self._thread.start()

    @property
    def stopped(self) -> bool:
        """Say whether nothing is taken any more."""
        return self._stopped

    def frame(self, data: bytes) -> None:
        """Take one push frame, as received."""
        self._put(FRAME, data)

    def first(self, body: bytes) -> None:
        """Take the sign answer that began a connection; its address and tokens are left out."""
        self._put(FIRST, body)

    def note(self, facts: Mapping[str, Any]) -> None:
        """Take a remark: connected, lost, and why."""
        self._put(NOTE, json.dumps(facts, ensure_ascii=False).encode())

    def end(self) -> None:
        """Take no more; what is waiting is still written."""
        self._stopped = True
        self._queue.put(None)

    def close(self, timeout_s: float = 5.0) -> None:
        """Write what is waiting and end the file; call it off the loop, it waits for the disk."""
        self.end()
        self._thread.join(timeout_s)

    # ------------------------------------------------------------ inside

    def _put(self, kind: int, data: bytes) -> None:
        if self._stopped:
            return
        with self._lock:
            self._waiting += len(data)
            if self._waiting > _WAITING_LIMIT:
                self._stopped = True
        at_us = int((self._now() - self._start) * 1e6)
        self._queue.put(None if self._stopped else Record(max(0, at_us), kind, data))

    def _write(self) -> None:
        why = ""
        try:
            with gzip.open(self.path, "wb", compresslevel=6) as file:
                self._write_all(file)
        except OSError as error:
            why = error.strerror or type(error).__name__
        except Exception as error:
            log.exception("recording failed")
            why = type(error).__name__
        if self._waiting > _WAITING_LIMIT:
            why = why or "the disk is too slow"
        self._stopped = True
        self._on_stopped(why)

    def _write_all(self, file: gzip.GzipFile) -> None:
        header = asdict(self.header)
        if self._redactor is not None:
            header["host_id"] = self._redactor.person(self.header.host_id)
        file.write(MAGIC + b"\n" + json.dumps(header, ensure_ascii=False).encode() + b"\n")
        file.flush()
        dirty = False
        while True:
            try:
                record = self._queue.get(timeout=_FLUSH_EVERY_S) if dirty else self._queue.get()
            except queue.Empty:
                file.flush()
                dirty = False
                continue
            if record is None:
                return
            with self._lock:
                self._waiting -= len(record.data)
            data = self._shown(record)
            file.write(_RECORD.pack(record.at_us, record.kind, len(data)) + data)
            dirty = True

    def _shown(self, record: Record) -> bytes:
        redactor = self._redactor
        if record.kind == FIRST:
            data = strip_secrets(record.data)
            return redactor.fetch_result(data) if redactor is not None else data
        if redactor is None:
            return record.data
        return redactor.frame(record.data) if record.kind == FRAME else redactor.note(record.data)


class NotATape(ValueError):  # noqa: N818 - says what the file is not
    """The file is no recording of ours."""


def forget_old(folder: Path, keep_days: int, now_ms: int) -> None:
    """Delete recordings that were last written more than `keep_days` ago; blocks on the disk."""
    oldest_s = now_ms / 1000 - keep_days * 86_400
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            if path.stat().st_mtime < oldest_s:
                path.unlink()


def read_header(path: Path) -> Header:
    """Return what a tape says of itself; raises NotATape, or OSError if it cannot be read."""
    with path.open("rb") as file:
        return _header(_Unpacker(file))


def read_records(path: Path) -> Iterator[Record]:
    """Yield a tape's records; a tail torn by a crash simply ends it. Raises like `read_header`."""
    with path.open("rb") as file:
        unpacker = _Unpacker(file)
        _header(unpacker)
        while True:
            head = unpacker.take(_RECORD.size)
            if len(head) < _RECORD.size:
                return
            at_us, kind, length = _RECORD.unpack(head)
            data = unpacker.take(length) if length <= _LARGEST_RECORD else b""
            if len(data) < length:
                return
            yield Record(at_us, kind, data)


def _header(unpacker: _Unpacker) -> Header:
    if unpacker.line(len(MAGIC) + 1) != MAGIC:
        raise NotATape("not a recording")
    try:
        values = json.loads(unpacker.line(1 << 16))
        known = {key: values[key] for key in Header.__dataclass_fields__ if key in values}
        return Header(**known)
    except (ValueError, TypeError) as error:
        raise NotATape("broken header") from error


class _Unpacker:
    """Reads a gzip file as far as it is whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._gunzip = zlib.decompressobj(_GZIP)
        self._ready = bytearray()
        self._over = False

    def take(self, size: int) -> bytes:
        while len(self._ready) < size and not self._over:
            self._more()
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def line(self, limit: int) -> bytes:
        while b"\n" not in self._ready[:limit] and len(self._ready) < limit and not self._over:
            self._more()
        end = self._ready.find(b"\n", 0, limit)
        if end < 0:
            return b""
        data = bytes(self._ready[:end])
        del self._ready[: end + 1]
        return data

    def _more(self) -> None:
        # Small pieces: what damage follows must not cost what is whole.
        packed = self._file.read(512)
        if not packed:
            self._over = True
            return
        with contextlib.suppress(zlib.error):
            self._ready += self._gunzip.decompress(packed)
            self._over = self._gunzip.eof
            return
        self._over = True
