"""The stream's face for the rest of the program: listen to somebody, and everything follows.

One rule: while the streamer is offline we only look; nothing is signed and no socket is opened.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.links import LinkReason, LinkStage, LinkState
from app.link import LinkError, Supervisor
from app.live.accounting import Accounting, Ledger, MessageCounts
from app.live.catalogue import AskedMemory, Catalogue
from app.live.connection import Connection, Surroundings
from app.live.lookup import Answer, Looked, Lookup
from app.live.net import Addresses, Browser, trust
from app.live.patience import BudgetMemory, Patience, SignBudget
from app.live.record import Header, Tape
from app.live.sign_apart import SignerApart
from app.live.tiktok import Signer
from app.live.user_name import clean_user_name
from app.live.wire import FrameCounts

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.core.events import LiveEvent
    from app.core.giftlist import GiftList
    from app.link import Clock
    from app.tasks import Tasks

SWEEP_EVERY_S = 1.0
# A wait is over when a lookup finds the stream; what it found is used at once or not at all.
_FOUND_IS_FRESH_S = 10.0
_QUIET = frozenset({LinkReason.OFFLINE, LinkReason.STREAM_ENDED, LinkReason.USER_NOT_FOUND})


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """What the user or a test may choose. `sign_key` goes out as a header only.

    `sign_apart` signs in a process of its own, which keeps a big library out of this one.
    """

    addresses: Addresses = field(default_factory=Addresses)
    sign_key: str = field(default="", repr=False)
    count_guests: bool = False
    ca_file: Path | None = None
    # What gifts are called in is asked for in this language, and in English.
    language: str = "en"
    sign_apart: bool = False


@dataclass(frozen=True, slots=True)
class CheckedLive:
    """The answer to "is this user live?"; `reason` says why it cannot be told."""

    user: str
    answer: Answer
    reason: LinkReason = LinkReason.NONE
    detail: str = ""


class Stream:
    """Listens to one streamer at a time. Call everything from the loop's thread."""

    def __init__(  # noqa: PLR0913 - one collaborator each
        self,
        *,
        on_event: Callable[[LiveEvent, float], None],
        on_state: Callable[[LinkState], None],
        gifts: GiftList,
        clock: Clock,
        tasks: Tasks,
        ledger: Ledger | None = None,
        budget: BudgetMemory | None = None,
        asked: AskedMemory | None = None,
        options: StreamOptions | None = None,
        random_source: random.Random | None = None,
    ) -> None:
        """Take where events (with the monotonic time of their frame) and states go."""
        self.user = ""
        self.frames = FrameCounts()
        self._last_user = ""
        self._on_state = on_state
        self._clock = clock
        self._tasks = tasks
        self._random = random_source or random.Random()
        self._accounting = Accounting(on_event, gifts, ledger=ledger)
        self._budget = SignBudget(clock, budget)
        self._gifts = gifts
        self._asked = asked
        self._patience = Patience(self._random.random)
        self._tape: Tape | None = None
        self._trusted: ssl.SSLContext | None = None
        self._found: tuple[float, Looked] | None = None
        self._changing = asyncio.Lock()
        self._sweeper: asyncio.Task[None] | None = None
        self._options = options or StreamOptions()
        self._around = self._surroundings()
        self._link = self._supervisor()

    # ------------------------------------------------------------ what is true now

    @property
    def state(self) -> LinkState:
        """The link's state; a reason beside ONLINE means that events may be missing.

        PROXIED is known at once, AGE_RESTRICTED some seconds later.
        """
        return self._link.state

    @property
    def room_id(self) -> int:
        """The stream we are in (also while its link is lost), 0 if none."""
        return self._accounting.room_id

    @property
    def live_since_ms(self) -> int | None:
        """When the stream began (or, if TikTok does not tell, when we came), UTC epoch ms."""
        return self._accounting.since_ms if self.room_id else None

    @property
    def counts(self) -> MessageCounts:
        """What became of the messages since the program started."""
        return self._accounting.counts

    def remember(self, room_id: int, since_ms: int) -> None:
        """Go on with when a stream began, if it still runs and TikTok does not tell."""
        self._accounting.known_since = (room_id, since_ms)

    # ------------------------------------------------------------ what can be asked

    async def listen(self, user: str) -> str:
        """Listen to this streamer from now on, and return the clean name ("" if it is none).

        A bad name leads to BLOCKED with BAD_USER_NAME. The same name again changes nothing.
        """
        name = clean_user_name(user)
        async with self._changing:
            if not name or name != self.user or self.state.stage is LinkStage.OFF:
                await self._listen(name)
        return name

    async def _listen(self, name: str) -> None:
        await self._stop_link()
        if name != self._last_user and self.room_id:
            self._accounting.leave(self._clock.monotonic(), self._clock.wall_ms())
        self.user = self._last_user = name
        self._patience.reset()
        self._link = self._supervisor()
        self._link.start()
        if self._sweeper is None:
            self._sweeper = self._tasks.spawn("combo sweeper", self._sweep())

    async def stop(self) -> None:
        """Let go of the stream and stay off; ends a recording too.

        Combos that run are remembered by the ledger.
        """
        async with self._changing:
            await self._stop_link()
            await self.stop_recording()
            self.user = ""
            sweeper, self._sweeper = self._sweeper, None
            if sweeper is not None:
                sweeper.cancel()
                await asyncio.gather(sweeper, return_exceptions=True)
            await self._around.signer.close()

    def try_now(self) -> None:
        """End a wait and connect at once."""
        self._link.try_now()

    async def check_live(self, user: str) -> CheckedLive:
        """Ask TikTok whether somebody is live, without connecting or signing."""
        name = clean_user_name(user)
        if not name:
            return CheckedLive(user, Answer.UNKNOWN, LinkReason.BAD_USER_NAME)
        looked = await self._around.lookup.find(name)
        return CheckedLive(name, looked.answer, looked.reason, looked.detail)

    async def use(self, options: StreamOptions) -> None:
        """Take other options; a running link is made anew if they concern it."""
        before, self._options = self._options, options
        self._accounting.count_guests = options.count_guests
        same = (before.addresses, before.sign_key, before.ca_file) == (
            options.addresses,
            options.sign_key,
            options.ca_file,
        )
        if same:
            return
        async with self._changing:
            was_on = self.state.stage is not LinkStage.OFF
            await self._stop_link()
            await self._around.signer.close()
            self._trusted = None
            self._around = self._surroundings()
            self._link = self._supervisor()
            if was_on:
                self._link.start()

    def start_recording(
        self,
        path: Path,
        *,
        hide_names: bool,
        app_version: str = "",
        on_stopped: Callable[[str], None] = lambda _why: None,
    ) -> None:
        """Record every frame from now on to `path`; a running recording is let go first.

        `on_stopped` is called once on the loop: "" after `stop_recording`, else what went wrong
        (the disk is full); the stream goes on in any case.
        """
        loop = asyncio.get_running_loop()
        before, self._tape = self._tape, None
        if before is not None:
            before.end()

        def stopped(why: str) -> None:
            # The loop may be gone when a recording outlives it.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(on_stopped, why)

        header = Header(
            user=self.user,
            room_id=self.room_id,
            host_id=self._accounting.host_id,
            started_ms=self._clock.wall_ms(),
            app_version=app_version,
            names_hidden=hide_names,
        )
        self._tape = Tape(path, header, self._clock.monotonic, stopped)

    @property
    def recording(self) -> Path | None:
        """The file that is being recorded to, if any."""
        tape = self._tape
        return None if tape is None or tape.stopped else tape.path

    async def stop_recording(self) -> Path | None:
        """End the recording and return its file once it is whole; None if there was none."""
        tape, self._tape = self._tape, None
        if tape is None:
            return None
        await asyncio.to_thread(tape.close)
        return tape.path

    # ------------------------------------------------------------ inside

    def _surroundings(self) -> Surroundings:
        options = self._options
        signer = self._signer()
        self._accounting.count_guests = options.count_guests
        catalogue = Catalogue(
            options.addresses,
            self._gifts,
            self._clock,
            language=lambda: self._options.language,
            trusted=self._trust,
            signer=signer,
            budget=self._budget,
            memory=self._asked,
        )
        return Surroundings(
            clock=self._clock,
            lookup=Lookup(options.addresses, lambda: signer.browser, self._trust),
            signer=signer,
            budget=self._budget,
            patience=self._patience,
            accounting=self._accounting,
            frames=self.frames,
            tape=lambda: self._tape,
            trusted=self._trust,
            random=self._random,
            remark=self._remark,
            catalogue=catalogue,
        )

    def _signer(self) -> Signer | SignerApart:
        options, browser = self._options, Browser.pick(self._random)
        if options.sign_apart:
            return SignerApart(
                options.addresses, browser, key=options.sign_key, ca_file=options.ca_file
            )
        return Signer(options.addresses, browser, self._trust, self._clock, key=options.sign_key)

    def _remark(self, reason: LinkReason) -> None:
        self._link.remark(reason)

    def _trust(self) -> ssl.SSLContext:
        if self._trusted is None:
            self._trusted = trust(self._options.ca_file)
        return self._trusted

    def _supervisor(self) -> Supervisor:
        return Supervisor(
            "stream",
            self._connection,
            self._clock,
            self._waits,
            self._on_state,
            tasks=self._tasks,
            probe=self._probe,
        )

    def _connection(self) -> Connection:
        found, self._found = self._found, None
        if found is not None and self._clock.monotonic() - found[0] > _FOUND_IS_FRESH_S:
            found = None
        return Connection(self._around, self.user, found[1] if found else None)

    def _waits(self) -> Iterator[float]:
        while True:
            yield self._patience.wait_s(LinkReason.LOST)

    async def _probe(self, reason: LinkReason) -> LinkError | None:
        """Look quietly whether waiting still makes sense; only who was not live needs looking."""
        if reason not in _QUIET:
            return None
        looked = await self._around.lookup.find(self.user)
        if looked.answer is Answer.LIVE:
            self._found = (self._clock.monotonic(), looked)
            return None
        if looked.answer is Answer.UNKNOWN:
            # Not being able to look is news, but it is no reason to look less often.
            wait_s = self._patience.wait_s(LinkReason.OFFLINE)
            return LinkError(looked.reason, wait_s, detail=looked.detail)
        now = LinkReason.OFFLINE
        if looked.answer is Answer.NOT_FOUND:
            now = LinkReason.USER_NOT_FOUND
        return LinkError(now, self._patience.wait_s(now))

    async def _stop_link(self) -> None:
        self._found = None
        await self._link.stop()

    async def _sweep(self) -> None:
        while True:
            await self._clock.sleep(SWEEP_EVERY_S)
            if self._accounting.has_open_streaks:
                self._accounting.sweep(self._clock.monotonic(), self._clock.wall_ms())
