"""What all devices behind a broker share: the latch of STOP, answers, availability, flashes.

One rule: a broker's word is not the device's; confirmed is only what the device itself said.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from drivers.codecs.mqtt_settings import BrokerSettings
from drivers.contract import (
    ACCEPTS,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Flash,
    Found,
    Instruction,
    Observation,
    SafeRecipe,
    SetColor,
    is_off,
)
from drivers.transports import sentences
from drivers.transports.mqtt import MqttLink, options_of, publish_recipe
from drivers.transports.mqtt_answers import Answers, Owed, Wait
from drivers.transports.mqtt_look import found_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from drivers.codecs.mqtt_found import Looking
    from drivers.codecs.mqtt_outputs import Message, Output

# Wi-Fi that saves power may sleep for a third of a second, and a busy broker adds to that.
ANSWER_S = 2.0
# The contract gives `make_safe` one second in all.
SAFE_S = 0.8
# Until a broker has told what it kept, and a device what it is.
LEARN_S = 3.0


class MqttDevice(Driver):
    """A driver says which topics it hears, what its outputs are, and how availability reads."""

    def __init__(
        self, settings: DriverSettings, events: DriverEvents, will: Message | None = None
    ) -> None:
        """`will` is what the broker publishes when we vanish: OFF, if one message can say it."""
        super().__init__(settings, events)
        if not isinstance(settings, BrokerSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._options = options_of(settings, will)
        self._link: MqttLink | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False
        self._lost: DriverError | None = None
        self._open = False
        self._online: bool | None = None
        self._answered = False
        # Whether the answer to `_fence` can be no older one's.
        self._echoes = False
        self._outputs: dict[str, Output] = {}
        self._seen: dict[str, bool] = {}
        # What was said while it opens, by topic: it may come before anybody waits for it.
        self._early: dict[str, str] = {}
        self._answers, self._owed = Answers(), Owed()
        self._flashes: dict[str, asyncio.TimerHandle] = {}

    # ------------------------------------------------------------------ a driver's part

    # Where devices of this family tell a broker of themselves; None: nowhere.
    looking: ClassVar[Looking | None] = None

    @classmethod
    async def discover_at(cls, broker: Mapping[str, Any]) -> tuple[Found, ...]:
        """List what devices of this family told the broker of themselves; raises DriverError."""
        place = options_of(BrokerSettings.model_validate(broker), None)
        return await found_at(place, cls.looking, cls.key)

    @abstractmethod
    def _filters(self) -> Iterable[str]:
        """Return the filters to listen to."""

    @abstractmethod
    async def _learn(self) -> Sequence[Output]:
        """Find out what the device has; sets `firmware`. Raises DriverError."""

    def _available(self, topic: str, text: str) -> bool | None:
        """Say whether a message tells that the device is there; None if it is about nothing."""
        del topic, text
        return None

    def _life(self) -> Sequence[Message]:
        """Return what the device answers to whenever it is there; nothing if it never does."""
        return ()

    def _fence(self) -> tuple[Message, Callable[[str, str], bool]] | None:
        """Return a question, and what recognises its answer; None if the device knows none.

        A device does one thing after the other: with this answer all that was said before it is
        done, which a word without a number ("OFF") does not prove.
        """
        return None

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Connect to the broker, learn what the device has, and bring it to rest."""
        self._loop = asyncio.get_running_loop()
        if not self._options.host:
            raise DriverError(Cause.BAD_CONFIG, say=sentences.NO_BROKER)
        self.address = f"{self._options.host}:{self._options.port}"
        self._link = link = MqttLink(self._options)
        await link.open(self._lose)
        await self._listen(self._filters())
        outputs = await self._learn()
        self._outputs = {one.capability.id: one for one in outputs}
        if not any(ACCEPTS[one.capability.kind] for one in outputs):
            raise DriverError(Cause.UNSUPPORTED, say=sentences.NOTHING_TO_SWITCH)
        safe = await self.make_safe() or await self.make_safe()
        # Who answers is there: a broker may keep the last will of a session that was replaced.
        gone = self._online is False and not self._answered
        if not safe or gone:
            raise self._lost or DriverError(Cause.NO_ANSWER, say=sentences.SILENT)
        self._open = True
        self._early.clear()
        return tuple(one.capability for one in outputs)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Publish it, and wait until the device says it did it, if it ever says so."""
        output = self._outputs.get(capability)
        if self._link is None or self._lost is not None:
            raise self._lost or DriverError(Cause.LOST, "closed")
        if output is None or not isinstance(instruction, ACCEPTS[output.capability.kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        self._end_flash(capability)
        self._answers.running.discard(capability)
        if isinstance(instruction, Flash):
            now = asyncio.get_running_loop().time()
            self._flash(output, instruction, now + min(duration_s or 60.0, 60.0))
            return Ack.SENT
        if is_off(instruction):
            return await self._carry_out(output, output.off(), turns_on=False)
        return await self._carry_out(output, output.on(instruction, duration_s), turns_on=True)

    def stop_now(self) -> None:
        """Bring every output to rest, from any thread."""
        link, loop = self._link, self._loop
        with self._lock:
            self._held = True
            if link is not None:
                for topic, payload in self._all_off():
                    link.publish_now(topic, payload, urgent=True)
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._give_up, DriverError(Cause.REFUSED, "stopped"))

    async def make_safe(self) -> bool:
        """Bring every output to rest and wait for the device's word, where it gives one."""
        link = self._link
        if link is None or self._lost is not None:
            return False
        self._give_up(DriverError(Cause.REFUSED, "stopped"))
        outputs = [(one, one.off()) for one in self._outputs.values()]
        asked = [wait for one, off in outputs if (wait := self._off_told(one, off))]
        fence = self._fence() if asked else None
        if fence is not None:
            asked.append(self._answers.expect(fence[1]))
        messages = dict.fromkeys(message for _, off in outputs for message in off)
        with self._lock:
            self._held = False
            # With 1 the broker says that it has them; a late OFF hurts nobody.
            taken = [link.publish_now(*one, urgent=True, qos=1) for one in messages]
            if fence is not None or any(not one.repeats for one, _ in outputs):
                taken += [link.publish_now(*one) for one in self._life()]
            if fence is not None:
                taken.append(link.publish_now(*fence[0], qos=1))
        try:
            async with asyncio.timeout(SAFE_S):
                sent = await link.sent(SAFE_S)
                if asked:
                    await asyncio.wait([one.answer for one in asked])
            answered = all(one.answer.exception() is None for one in asked)
            self._answered = bool(asked) and answered
            dark = fence is None or not any(self._seen.values())
            return all(taken) and sent and answered and dark and self._lost is None
        except TimeoutError:
            return False
        finally:
            self._owed.clear()
            for one in asked:
                self._answers.forget(one)

    async def close(self) -> None:
        """Bring every output to rest a last time and leave the broker."""
        link, self._link = self._link, None
        self._give_up(DriverError(Cause.LOST, "closed"))
        if link is not None:
            if self._lost is None:
                for topic, payload in self._all_off():
                    link.publish_now(topic, payload, urgent=True, qos=1)
            await link.close()

    async def check(self) -> None:
        """Ask the device something it answers to."""
        if self._link is None or self._lost is not None:
            raise self._lost or DriverError(Cause.LOST, "closed")
        if messages := self._life():
            await self._ask(messages, lambda _topic, _text: True)

    def safe_recipe(self) -> SafeRecipe | None:
        """The same messages do for a stranger; that the broker has them confirms nothing."""
        return publish_recipe(self._options, self._all_off(), confirms=False)

    # ------------------------------------------------------------------ for drivers

    async def _ask(
        self,
        messages: Sequence[Message],
        is_it: Callable[[str, str], bool],
        wait_s: float = LEARN_S,
    ) -> tuple[str, str]:
        """Publish a question and return the topic and text of its answer; raises DriverError."""
        wait = self._answers.expect(is_it)
        try:
            self._send(messages, turns_on=False)
        except DriverError:
            self._answers.forget(wait)
            raise
        return await self._answers.get(wait, wait_s)

    async def _listen(self, filters: Iterable[str]) -> None:
        """Listen to more, learned from what was said."""
        if self._link is None:
            raise self._lost or DriverError(Cause.LOST, "closed")
        for one in filters:
            await self._link.subscribe(one, self._hear)

    async def _told_at(self, topic: str, wait_s: float = LEARN_S) -> str:
        """Return what was said at a topic since we came, or the broker kept; raises NO_ANSWER."""
        if topic not in self._early:
            await self._answers.get(
                self._answers.expect(lambda one, _text: one == topic, kept_too=True), wait_s
            )
        return self._early[topic]

    def _lose(self, error: DriverError) -> None:
        """Take word that the device or its broker is gone; told once."""
        if self._lost is not None:
            return
        self._lost = error
        self._give_up(error)
        if self._open:
            self.events.on_lost(error)

    # ------------------------------------------------------------------ commands

    async def _carry_out(
        self, output: Output, messages: Sequence[Message], *, turns_on: bool
    ) -> Ack:
        name = output.capability.id
        if not output.confirms or self._says_nothing(output, on=turns_on):
            self._send(messages, turns_on=turns_on)
            if turns_on and output.capability.readback:
                self._answers.running.add(name)
            return Ack.SENT
        is_it = output.proof(messages, on=True) if turns_on else self._off_proof(output, messages)
        wait = self._answers.expect(is_it, starts=name if turns_on else "", turns_on=turns_on)
        asking = () if output.repeats else self._life()
        try:
            self._send([*messages, *asking], turns_on=turns_on)
        except DriverError:
            self._answers.forget(wait)
            raise
        if turns_on:
            # Not before: what STOP refused is never answered, and OFF would wait for it.
            self._owed.expect(name)
        await self._answers.get(wait, ANSWER_S)
        return Ack.CONFIRMED

    def _send(self, messages: Sequence[Message], *, turns_on: bool) -> None:
        link = self._link
        with self._lock:
            if turns_on and self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            if link is None:
                raise DriverError(Cause.LOST, "closed")
            for topic, payload in messages:
                if not link.publish_now(topic, payload):
                    raise self._lost or DriverError(Cause.NO_ANSWER, say=sentences.BROKER_FULL)

    def _all_off(self) -> list[Message]:
        return list(dict.fromkeys(one for output in self._outputs.values() for one in output.off()))

    def _off_told(self, output: Output, sent: Sequence[Message]) -> Wait | None:
        able = output.confirms and ACCEPTS[output.capability.kind]
        if not able or self._says_nothing(output, on=False):
            return None
        # Behind an echo every word is of before it, whatever was lost on the way.
        is_it = output.proof(sent, on=False) if self._echoes else self._off_proof(output, sent)
        return self._answers.expect(is_it)

    def _off_proof(self, output: Output, sent: Sequence[Message]) -> Callable[[str, str], bool]:
        is_it = output.proof(sent, on=False)
        return is_it if output.numbered else self._owed.behind(output.capability.id, is_it)

    def _says_nothing(self, output: Output, *, on: bool) -> bool:
        """Say whether a device that only tells of changes has nothing to tell, and no way to."""
        known = self._seen.get(output.capability.id)
        owed = self._owed.any_of(output.capability.id)
        same = not owed and (known is on or (known is None and not on))
        return same and not output.repeats and not self._life()

    def _give_up(self, error: DriverError) -> None:
        """End what is under way; questions go on if it is only a STOP."""
        for name in tuple(self._flashes):
            self._end_flash(name)
        self._answers.give_up(error)

    # ------------------------------------------------------------------ what the device says

    def _hear(self, topic: str, payload: bytes, retained: bool) -> None:  # noqa: FBT001 - its form
        text = payload.decode("utf-8", "replace")
        if not self._open:
            self._early[topic] = text
        self._hear_availability(topic, text, kept=retained)
        self._answers.hear(topic, text, kept=retained)
        for output in tuple(self._outputs.values()):
            self._hear_state(output, topic, text, kept=retained)

    def _hear_availability(self, topic: str, text: str, *, kept: bool) -> None:
        there = self._available(topic, text)
        if there is None:
            return
        if there or not self._open:
            self._online = there
        elif not kept:
            # A kept one is told again to whoever comes, and may be older than the device's answers.
            self._lose(DriverError(Cause.LOST, say=sentences.LEFT_BROKER))

    def _hear_state(self, output: Output, topic: str, text: str, *, kept: bool) -> None:
        name = output.capability.id
        on = output.shows(topic, text)
        if on:
            self._owed.hear(name)
        # What the broker kept is no news of what was heard since.
        if on is not None and not (kept and name in self._seen):
            self._seen[name] = on
            self.events.on_observation(Observation(name, "on", float(on)))
            if not on and not kept and name in self._answers.running:
                self._answers.running.discard(name)
                self.events.on_ended(name)
        for what, value in output.values(topic, text).items():
            self.events.on_observation(Observation(name, what, value))

    # ------------------------------------------------------------------ flashes

    def _flash(self, output: Output, flash: Flash, until: float, beat: int = 0) -> None:
        """Carry out one half of one flash and ask to be called for the next."""
        loop, name = asyncio.get_running_loop(), output.capability.id
        left_s = until - loop.time()
        if beat >= flash.times * 2 or left_s <= 0:
            self._send(output.off(), turns_on=False)
            if output.capability.self_timed and output.capability.readback:
                self.events.on_ended(name)
            return
        half_s = min(0.5 / max(flash.rate_hz, 0.01), left_s)
        bright = beat % 2 == 0
        lit = SetColor(flash.red, flash.green, flash.blue)
        # A device with a clock goes dark by itself should we not be there to say so.
        messages = output.on(lit, half_s * 2) if bright else output.off()
        self._send(messages, turns_on=bright)
        if bright and output.confirms and not self._says_nothing(output, on=True):
            self._owed.expect(name)
        next_one = (output, flash, until, beat + 1)
        self._flashes[name] = loop.call_later(half_s, self._flash_on, *next_one)

    def _flash_on(self, output: Output, flash: Flash, until: float, beat: int) -> None:
        self._flashes.pop(output.capability.id, None)
        with contextlib.suppress(DriverError):  # stopped, or lost: told elsewhere
            self._flash(output, flash, until, beat)

    def _end_flash(self, name: str) -> None:
        timer = self._flashes.pop(name, None)
        if timer is not None:
            timer.cancel()
