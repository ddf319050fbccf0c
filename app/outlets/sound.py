"""Plays sounds: those that come with the program and the user's own.

One rule: a sound is named, never a path; nothing outside the two folders is opened.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from array import array
from typing import TYPE_CHECKING, Any, ClassVar, Final

from app.core.effects import PlaySound
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from app.core.effects import Effect

log = logging.getLogger(__name__)

KINDS: Final = (".wav", ".mp3", ".ogg", ".flac")
MAX_BYTES: Final = 20 << 20
_RATE_HZ: Final = 44_100
_CHANNELS: Final = 2
_BUFFER_MS: Final = 100
_FULL: Final = 0.999


def sounds(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the sounds of the folders by name; of two with one name the later folder's wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.suffix.lower() in KINDS and path.is_file():
                    found[path.stem] = path
    return found


class SoundOutlet(Outlet):
    """Plays up to four sounds at once; each is done when it has been heard."""

    key: ClassVar[str] = PlaySound.outlet
    at_once: ClassVar[int] = 4
    limit_s: ClassVar[float] = 300.0

    def __init__(
        self,
        folders: Sequence[Path],
        level: Callable[[], float],
        *,
        backends: Sequence[Any] = (),
    ) -> None:
        """Take the folders; `level` is the user's volume, 0 to 1 (0: sounds are off).

        `backends` are miniaudio's, for computers without a sound card.
        """
        self._folders = tuple(folders)
        self._level = level
        self._backends = list(backends)
        self._playing: set[_Sound] = set()
        self._lock = threading.Lock()

    async def carry_out(self, effect: Effect) -> str:
        """Play it to its end."""
        if not isinstance(effect, PlaySound):
            raise OutletError(Drop.UNSUPPORTED)
        level = self._level() * effect.level
        if level <= 0:
            raise NotSetUpError("level")
        path = (await asyncio.to_thread(sounds, self._folders)).get(effect.sound)
        if path is None:
            raise OutletError(Drop.NOT_FOUND, effect.sound)
        samples = await asyncio.to_thread(_samples, path)
        sound = _Sound(samples, level, asyncio.get_running_loop())
        with self._lock:
            self._playing.add(sound)
        try:
            await asyncio.to_thread(sound.start, self._backends)
            await sound.over.wait()
        finally:
            with self._lock:
                self._playing.discard(sound)
            await asyncio.to_thread(sound.close)
        return path.name

    def stop_now(self) -> None:
        """Be silent."""
        with self._lock:
            playing = list(self._playing)
        for sound in playing:
            sound.silent = True


class _Sound:
    """One sound that is heard once."""

    def __init__(self, samples: array[int], level: float, loop: asyncio.AbstractEventLoop) -> None:
        self.over = asyncio.Event()
        self.silent = False
        self._samples = samples
        self._level = level
        self._loop = loop
        self._device: Any = None
        # A sound that is ended while its device is still being opened must not keep it.
        self._one = threading.Lock()
        self._closed = False

    def start(self, backends: list[Any]) -> None:
        with self._one:
            if not self._closed:
                self._begin(backends)

    def _begin(self, backends: list[Any]) -> None:
        import miniaudio

        try:
            self._device = miniaudio.PlaybackDevice(
                nchannels=_CHANNELS,
                sample_rate=_RATE_HZ,
                buffersize_msec=_BUFFER_MS,
                backends=backends or None,
                app_name="Giftwire",
            )
            frames = self._frames()
            next(frames)
            self._device.start(frames)
        except miniaudio.MiniaudioError as error:
            raise OutletError(Drop.OFFLINE, str(error)) from None

    def close(self) -> None:
        self.silent = True
        with self._one:
            self._closed = True
            device, self._device = self._device, None
        if device is not None:
            device.close()

    def _frames(self) -> Generator[array[int], int, None]:
        """Hand the sound over piece by piece, on the sound card's thread."""
        at = 0
        wanted = yield array("h")
        while at < len(self._samples) and not self.silent:
            piece = self._samples[at : at + wanted * _CHANNELS]
            at += len(piece)
            if self._level < _FULL:
                piece = array("h", [int(one * self._level) for one in piece])
            wanted = yield piece
        # One more of nothing, so that the last piece is heard before the device goes.
        if not self.silent:
            yield array("h")
        self._loop.call_soon_threadsafe(self.over.set)


def _samples(path: Path) -> array[int]:
    import miniaudio

    if path.stat().st_size > MAX_BYTES:
        raise OutletError(Drop.REFUSED, f"{path.name}: too large")
    try:
        decoded = miniaudio.decode_file(str(path), nchannels=_CHANNELS, sample_rate=_RATE_HZ)
    except miniaudio.MiniaudioError as error:
        raise OutletError(Drop.REFUSED, f"{path.name}: {error}") from None
    samples: array[int] = decoded.samples
    return samples
