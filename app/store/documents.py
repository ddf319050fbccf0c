"""Versioned JSON documents that people may also edit by hand: rules, devices, settings.

One rule: a good document is never lost: saving replaces it whole, and the last good ones are kept.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from app.core.notices import Level, Notice, NoticeCode
from app.store.files import set_aside, time_stamp, write_whole
from app.store.upgrades import Content, NewerDocumentError, Steps, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

# Quick edits in a row share one backup, so that five backups reach back further than five clicks.
_SAME_EDIT_S = 60.0
_MAX_BYTES = 32 << 20


class SaveError(Exception):
    """The document could not be written; what is on the disk is still the old one.

    `notice` tells the user; `reason` is the system's own words.
    """

    def __init__(self, notice: Notice, reason: str) -> None:
        super().__init__(f"{notice.code.value}: {reason}")
        self.notice = notice
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Format(Generic[T]):
    """What a document holds: its version, and how to read, write and upgrade it.

    `parse` gets content of the present version and raises ValueError for what does not fit; `dump`
    returns plain JSON values ("version" may be left out). `fresh` makes the first document.
    """

    version: int
    parse: Callable[[Content], T]
    dump: Callable[[T], Content]
    fresh: Callable[[], T]
    steps: Steps = field(default_factory=dict)
    # For large documents: the whole text of the file, version included, instead of `dump`.
    text: Callable[[T], str] | None = None

    def written(self, value: T) -> bytes:
        """Return what the file holds."""
        if self.text is not None:
            return self.text(value).encode()
        content = {"version": self.version, **self.dump(value)}
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def model_format(
    version: int, model: type[M], fresh: Callable[[], M], steps: Steps | None = None
) -> Format[M]:
    """Describe a document that is one pydantic model (with or without a `version` field)."""

    def parse(content: Content) -> M:
        if "version" not in model.model_fields:
            content = {name: value for name, value in content.items() if name != "version"}
        return model.model_validate(content)

    def dump(value: M) -> Content:
        return value.model_dump(mode="json")

    return Format(version, parse, dump, fresh, steps or {})


@dataclass(slots=True)
class _Stamp:
    """How a file looked when we last read or wrote it."""

    mtime_ns: int = 0
    size: int = -1


class Document(Generic[T]):
    """One document at `path`, its backups beside it in `backups/`. Safe to use from any thread.

    Blocks on the disk: call `load` and `save` in a thread where that matters.
    """

    def __init__(
        self,
        path: Path,
        form: Format[T],
        on_notice: Callable[[Notice], None],
        *,
        backups: int = 5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._form = form
        self._on_notice = on_notice
        self._backups = backups
        self._clock = clock
        self._lock = threading.RLock()
        self._stamp = _Stamp()
        self._turned_at: float | None = None
        self._newer = False
        self._doubted: _Stamp | None = None

    @property
    def is_newer(self) -> bool:
        """Whether the file is of a newer program; it is then never written."""
        return self._newer

    def load(self) -> T:
        """Return the document; a damaged one is kept aside and the last good copy returned.

        Without any file it is `fresh`. Never raises: notices tell what happened.
        """
        with self._lock:
            self._newer = False
            stamp = self._look()
            data = _read(self.path)
            if data is None:
                # A file that was moved away while a copy exists was lost on the way, not unwanted.
                return self._restore(None) if self._copies() else self._form.fresh()
            try:
                value = self._parse(data)
            except NewerDocumentError:
                self._newer, self._stamp = True, stamp
                self._notice(Level.WARNING, NoticeCode.DOCUMENT_NEWER)
                return self._form.fresh()
            except ValueError as error:
                _log.info("%s does not fit: %s", self.path.name, type(error).__name__)
                return self._restore(data)
            self._stamp = stamp
            self._back_up(data)
            return value

    def reload(self) -> T | None:
        """Return what somebody else wrote meanwhile; None: not now, ask again in a second.

        A file that is gone or damaged may be half written. Only one that stays so is damaged.
        """
        with self._lock:
            look, data = self._look(), _read(self.path) or b""
            try:
                value = self._parse(data)
            except (ValueError, NewerDocumentError) as error:
                first = look != self._doubted and not isinstance(error, NewerDocumentError)
                self._doubted = look if first else None
                return None if first else self.load()
            self._doubted, self._newer, self._stamp = None, False, look
            self._back_up(data)
            return value

    def save(self, value: T) -> None:
        """Write the document whole; on the disk when this returns. Raises SaveError."""
        data = self._form.written(value)
        with self._lock:
            if self._newer:
                raise SaveError(self._made(Level.WARNING, NoticeCode.DOCUMENT_NEWER), "newer")
            try:
                write_whole(self.path, data)
            except OSError as error:
                raise SaveError(
                    self._made(Level.ERROR, NoticeCode.NOT_SAVED), str(error)
                ) from error
            self._stamp = self._look()
            self._back_up(data)

    def changed_outside(self) -> bool:
        """Say whether somebody else wrote or removed the file since we last did; then `load`."""
        return self._look() != self._stamp

    def _parse(self, data: bytes) -> T:
        form = self._form
        try:
            content = dict(json.loads(data.decode("utf-8-sig"), object_hook=_breathing))
            return form.parse(upgrade(content, to=form.version, steps=form.steps))
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            # A file's content can have any shape; none of them is a fault of the program.
            raise ValueError(str(error)) from error

    def _restore(self, damaged: bytes | None) -> T:
        if damaged is not None:
            try:
                set_aside(self.path, f"broken-{time_stamp()}")
            except OSError as error:
                _log.info("%s could not be kept aside: %s", self.path.name, error)
        for copy in self._copies():
            data = _read(copy)
            try:
                value = self._parse(data or b"")
            except (ValueError, NewerDocumentError):
                continue
            self._put_back(data or b"")
            gone = damaged is None
            code = NoticeCode.DOCUMENT_WAS_GONE if gone else NoticeCode.DOCUMENT_RESTORED
            self._notice(Level.WARNING, code)
            return value
        self._stamp = self._look()
        self._notice(Level.WARNING, NoticeCode.DOCUMENT_STARTED_FRESH)
        return self._form.fresh()

    def _put_back(self, data: bytes) -> None:
        try:
            write_whole(self.path, data)
        except OSError as error:
            _log.info("%s could not be written back: %s", self.path.name, error)
        self._stamp = self._look()

    def _back_up(self, data: bytes) -> None:
        """Keep `data` as the newest copy; older ones move on at most once a minute."""
        first = self._copy(1)
        if _read(first) == data:
            return
        now = self._clock()
        try:
            if self._turned_at is None or now - self._turned_at >= _SAME_EDIT_S:
                for number in range(self._backups - 1, 0, -1):
                    if self._copy(number).exists():
                        self._copy(number).replace(self._copy(number + 1))
                self._turned_at = now
            write_whole(first, data)
        except OSError as error:
            # The document itself is safe; a missing copy is not worth a failure.
            _log.info("%s could not be backed up: %s", self.path.name, error)

    def _copy(self, number: int) -> Path:
        name = f"{self.path.stem}.{number}{self.path.suffix}"
        return self.path.parent / "backups" / name

    def _copies(self) -> list[Path]:
        numbered = (self._copy(number) for number in range(1, self._backups + 1))
        return [path for path in numbered if path.exists()]

    def _look(self) -> _Stamp:
        try:
            status = self.path.stat()
        except OSError:
            return _Stamp()
        return _Stamp(status.st_mtime_ns, status.st_size)

    def _made(self, level: Level, code: NoticeCode) -> Notice:
        return Notice(f"document.{self.path.name}", level, code, {"file": self.path.name})

    def _notice(self, level: Level, code: NoticeCode) -> None:
        self._on_notice(self._made(level, code))


def _breathing(found: Content) -> Content:
    """Return it as it is: a call into Python lets other threads go on while much is read."""
    return found


def _read(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return b""
        return path.read_bytes()
    except OSError:
        return None
