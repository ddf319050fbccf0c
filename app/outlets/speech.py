"""Reads texts aloud with the computer's own voices.

One rule: off unless the user turns it on; the speaking engine lives and dies in its own thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import re
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, ClassVar, Final

from app.core.effects import Speak
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.effects import Effect

log = logging.getLogger(__name__)

MAX_LENGTH: Final = 300
_USUAL_WORDS_A_MINUTE: Final = 180
_JOIN_S: Final = 2.0
# What voices take for orders instead of words: the marks of SSML and SAPI, and of macOS.
_ORDERS: Final = re.compile(r"[<>]|\[\[|\]\]")
# A text, the era it belongs to (every STOP begins another one), and who waits for its end.
_Job = tuple[Speak, int, asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class SpeechOutlet(Outlet):
    """Speaks one text after the other."""

    key: ClassVar[str] = Speak.outlet
    limit_s: ClassVar[float] = 60.0

    def __init__(self, level: Callable[[], float], make: Callable[[], Any] | None = None) -> None:
        """Take the user's volume, 0 to 1 (0: speech is off), and what makes the engine."""
        self._level = level
        self._make = make or _engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._engine: Any = None
        self._era = 0

    async def carry_out(self, effect: Effect) -> str:
        """Speak to the end of the text."""
        if not isinstance(effect, Speak):
            raise OutletError(Drop.UNSUPPORTED)
        if self._level() <= 0:
            raise NotSetUpError("speech")
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="speech", daemon=True)
            self._thread.start()
        loop = asyncio.get_running_loop()
        spoken: asyncio.Future[None] = loop.create_future()
        self._jobs.put((effect, self._era, loop, spoken))
        await spoken
        return ""

    def stop_now(self) -> None:
        """Fall silent, also with what is only about to be spoken."""
        self._era += 1
        engine = self._engine
        if engine is not None:
            # Other people's programs have locks of their own; STOP waits for none of them.
            threading.Thread(target=_hush, args=(engine,), name="hush", daemon=True).start()

    async def close(self) -> None:
        """End the thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join, _JOIN_S)

    # ------------------------------------------------------------ the speaking thread

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            effect, era, loop, spoken = job
            error: OutletError | None = None
            try:
                self._speak(effect, era)
            except OutletError as known:
                error = known
            except Exception as other:  # noqa: BLE001 - voices are other people's programs
                log.info("a text could not be spoken: %r", other)
                error = OutletError(Drop.UNSUPPORTED, type(other).__name__)
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, spoken, error)

    def _speak(self, effect: Speak, era: int) -> None:
        if era != self._era:
            return
        # A new one for each text: some of the system's voices speak once and hang the next time.
        engine = self._engine = self._make()
        try:
            self._say(engine, effect, era)
        finally:
            self._engine = None

    def _say(self, engine: Any, effect: Speak, era: int) -> None:  # noqa: ANN401 - no types
        engine.setProperty("volume", self._level())
        engine.setProperty("rate", round(_USUAL_WORDS_A_MINUTE * effect.rate))
        if effect.voice:
            engine.setProperty("voice", _voice_id(engine, effect.voice))
        engine.say(_ORDERS.sub(" ", effect.text[:MAX_LENGTH]))
        # Making the voice may have taken a while.
        if era == self._era:
            engine.runAndWait()


def _hush(engine: Any) -> None:  # noqa: ANN401 - the package has no types
    with contextlib.suppress(Exception):
        engine.stop()


def _settle(spoken: asyncio.Future[None], error: OutletError | None) -> None:
    if spoken.done():
        return
    if error is None:
        spoken.set_result(None)
    else:
        spoken.set_exception(error)


class _Say:
    """The speaking of macOS: its own program, behind the few calls we make of the library."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._options: dict[str, str] = {}
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 - the library's name
        """Keep rate and voice; the loudness is the system's."""
        flag = {"rate": "-r", "voice": "-v"}.get(name)
        if flag:
            self._options[flag] = str(value)

    def getProperty(self, _name: str) -> list[Any]:  # noqa: N802 - the library's name
        """Let any name of a voice pass: the program itself knows them."""
        return []

    def say(self, text: str) -> None:
        """Say it with the next run."""
        self._words.append(text)

    def runAndWait(self) -> None:  # noqa: N802 - the library's name
        """Speak to the end."""
        options = [part for pair in self._options.items() for part in pair]
        # The text goes in by the standard input: as a word it could look like an option.
        self._running = subprocess.Popen(["/usr/bin/say", *options], stdin=subprocess.PIPE)
        if self._stopped:
            self._running.terminate()
        self._running.communicate(" ".join(self._words).encode())

    def stop(self) -> None:
        """Fall silent."""
        self._stopped = True
        if self._running is not None:
            self._running.terminate()


def _engine() -> Any:  # noqa: ANN401 - the package has no type hints
    if sys.platform == "darwin":
        return _Say()
    if sys.platform.startswith("linux") and shutil.which("aplay") is None:
        # The library plays through it, and takes silence for success.
        raise NotSetUpError("no aplay (package alsa-utils)")
    try:
        import pyttsx3

        # The package has no type hints.
        init: Any = pyttsx3.init
        return init()
    except (ImportError, OSError, RuntimeError, KeyError, ValueError) as error:
        # Linux needs the package espeak-ng; without it the library is not found.
        raise NotSetUpError(f"no voices: {type(error).__name__}") from error


def _voice_id(engine: Any, wanted: str) -> str:  # noqa: ANN401 - as above
    """Return the voice whose id or name it is, or one of that language."""
    for voice in engine.getProperty("voices"):
        if wanted in (voice.id, voice.name):
            return str(voice.id)
    for voice in engine.getProperty("voices"):
        languages = [str(one).lower() for one in voice.languages or ()]
        if any(one.startswith(wanted.lower()) for one in languages):
            return str(voice.id)
    if isinstance(engine, _Say):
        return wanted
    raise OutletError(Drop.NOT_FOUND, wanted)
