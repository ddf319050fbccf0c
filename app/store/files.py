"""Small whole files: written so that a reader sees the old one or the new one, never a part.

One rule: nothing is written in place.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from pathlib import Path

# A virus scanner or backup program on Windows may hold a file for a moment after it was written.
_HELD_WAITS_S = (0.02, 0.05, 0.1, 0.2)


def write_whole(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, on the disk when this returns; raises OSError and leaves `path`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(fresh, path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    _sync_folder(path.parent)


def set_aside(path: Path, suffix: str) -> Path:
    """Rename a damaged file to `name.suffix` (numbered if taken); raises OSError if it cannot."""
    kept = path.with_name(f"{path.name}.{suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.{suffix}-{number}")
    _replace(path, kept)
    return kept


def time_stamp() -> str:
    """Return the local time as it is put into file names, such as 20260131-235959."""
    return time.strftime("%Y%m%d-%H%M%S")


def _replace(source: Path, target: Path) -> None:
    pause = threading.Event()
    for wait_s in _HELD_WAITS_S:
        try:
            source.replace(target)
        except PermissionError:
            pause.wait(wait_s)
        else:
            return
    source.replace(target)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
