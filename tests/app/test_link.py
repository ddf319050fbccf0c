"""The supervisor of a link: when it connects, how long it waits, what it says, what it lets go."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from app.core.links import LinkReason, LinkStage, LinkState, backoff
from app.link import LinkError, Supervisor, SystemClock, first_of
from app.tasks import Tasks
from drivers.contract import Said
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok.evidence import News


class Pipe:
    """A connection that does what the test says."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = 0

    async def connect(self) -> LinkReason | None:
        plan = self.desk.plans.pop(0) if self.desk.plans else None
        if isinstance(plan, Exception):
            raise plan
        return plan

    async def serve(self) -> None:
        await self.ended

    async def close(self) -> None:
        self.closed += 1
        if self.desk.close_fails:
            raise OSError("cannot close")


@dataclass
class Desk:
    """One supervisor and everything seen of it."""

    plans: list = field(default_factory=list)
    probes: list = field(default_factory=list)
    has_probe: bool = False
    close_fails: bool = False
    clock: FakeClock = field(default_factory=FakeClock)
    tasks: Tasks = field(default_factory=Tasks)
    made: list[Pipe] = field(default_factory=list)
    states: list[LinkState] = field(default_factory=list)
    news: News = field(default_factory=News)

    def __post_init__(self) -> None:
        self.link = Supervisor(
            "test",
            self._make,
            self.clock,
            lambda: backoff(1.0, 8.0, lambda: 1.0),
            self._on_state,
            tasks=self.tasks,
            probe=self._probe if self.has_probe else None,
        )

    def _make(self) -> Pipe:
        self.made.append(Pipe(self))
        return self.made[-1]

    async def _probe(self, _reason: LinkReason) -> LinkError | None:
        return self.probes.pop(0) if self.probes else None

    def _on_state(self, state: LinkState) -> None:
        self.states.append(state)
        self.news.tell()

    async def until(self, stage: LinkStage) -> LinkState:
        await self.news.until(lambda: self.link.state.stage is stage)
        return self.link.state

    async def wait_over(self) -> None:
        await self.clock.advance(self.link.state.until - self.clock.now)

    def stages(self) -> list[str]:
        return [state.stage.value for state in self.states]


@pytest.fixture
async def desk():
    one = Desk()
    yield one
    await one.link.stop()


async def test_a_link_connects_serves_and_is_let_go(desk):
    desk.link.start()
    await desk.until(LinkStage.ONLINE)
    desk.link.start()
    await desk.link.stop()
    assert desk.stages() == ["connecting", "online", "off"]
    assert [pipe.closed for pipe in desk.made] == [1]
    assert len(desk.tasks) == 0


async def test_stopping_what_never_started_says_nothing(desk):
    await desk.link.stop()
    assert desk.states == []


async def test_each_connection_is_a_new_object_and_waits_double(desk):
    desk.plans = [LinkError(LinkReason.LOST)] * 5
    desk.link.start()
    waits = []
    for _ in range(5):
        state = await desk.until(LinkStage.WAITING)
        waits.append(state.until - state.since)
        await desk.wait_over()
    await desk.until(LinkStage.ONLINE)
    assert waits == [1.0, 2.0, 4.0, 8.0, 8.0]
    assert [pipe.closed for pipe in desk.made] == [1, 1, 1, 1, 1, 0]


async def test_waits_begin_anew_after_a_link_that_held(desk):
    desk.plans = [LinkError(LinkReason.LOST)] * 3
    desk.link.start()
    for _ in range(3):
        await desk.until(LinkStage.WAITING)
        await desk.wait_over()
    await desk.until(LinkStage.ONLINE)
    await desk.clock.advance(31)
    desk.made[-1].ended.set_result(None)
    state = await desk.until(LinkStage.WAITING)
    assert (state.reason, state.until - state.since) == (LinkReason.LOST, 1.0)


async def test_the_error_may_say_how_long_to_wait(desk):
    desk.plans = [LinkError(LinkReason.RATE_LIMITED, 77.0, detail="HTTP 429")]
    desk.link.start()
    state = await desk.until(LinkStage.WAITING)
    assert (state.until - state.since, state.reason, state.detail) == (
        77.0,
        LinkReason.RATE_LIMITED,
        "HTTP 429",
    )


async def test_try_now_ends_a_wait_at_once(desk):
    desk.plans = [LinkError(LinkReason.OFFLINE, 1000.0)]
    desk.link.start()
    await desk.until(LinkStage.WAITING)
    desk.link.try_now()
    await desk.until(LinkStage.ONLINE)


async def test_try_now_while_online_changes_nothing(desk):
    desk.link.start()
    await desk.until(LinkStage.ONLINE)
    desk.link.try_now()
    await asyncio.sleep(0)
    assert desk.link.state.stage is LinkStage.ONLINE
    desk.made[-1].ended.set_result(None)
    await desk.until(LinkStage.WAITING)


async def test_what_retrying_cannot_cure_waits_for_the_user(desk):
    desk.plans = [LinkError(LinkReason.BAD_SIGN_KEY, blocked=True)]
    desk.link.start()
    state = await desk.until(LinkStage.BLOCKED)
    assert state.reason is LinkReason.BAD_SIGN_KEY
    await desk.clock.advance(10_000)
    assert len(desk.made) == 1
    desk.link.try_now()
    await desk.until(LinkStage.ONLINE)


@pytest.mark.parametrize("blocked", [False, True])
async def test_a_sentence_of_its_own_goes_with_the_state_until_it_connects(desk, blocked):
    said = Said("Tube {n} is empty.", (("n", "2"),))
    desk.plans = [LinkError(LinkReason.REFUSED, blocked=blocked, said=said)]
    desk.link.start()
    state = await desk.until(LinkStage.BLOCKED if blocked else LinkStage.WAITING)
    assert state.said == said
    desk.link.try_now()
    assert not (await desk.until(LinkStage.ONLINE)).said


async def test_a_reason_beside_online_is_shown(desk):
    desk.plans = [LinkReason.PROXIED]
    desk.link.start()
    state = await desk.until(LinkStage.ONLINE)
    assert state.reason is LinkReason.PROXIED


async def test_a_reason_learnt_later_is_shown_beside_online_and_nowhere_else(desk):
    desk.link.remark(LinkReason.AGE_RESTRICTED)
    assert desk.link.state.stage is LinkStage.OFF
    desk.link.start()
    before = await desk.until(LinkStage.ONLINE)
    desk.link.remark(LinkReason.AGE_RESTRICTED)
    state = desk.link.state
    assert (state.stage, state.reason) == (LinkStage.ONLINE, LinkReason.AGE_RESTRICTED)
    assert state.since == before.since


async def test_a_link_that_ends_by_itself_is_lost(desk):
    desk.link.start()
    await desk.until(LinkStage.ONLINE)
    desk.made[0].ended.set_exception(LinkError(LinkReason.SILENT))
    assert (await desk.until(LinkStage.WAITING)).reason is LinkReason.SILENT


@pytest.mark.expect_log("test: unexpected error")
async def test_an_error_nobody_thought_of_is_logged_and_retried(desk):
    desk.plans = [RuntimeError("oops")]
    desk.link.start()
    state = await desk.until(LinkStage.WAITING)
    assert (state.reason, state.detail) == (LinkReason.LOST, "RuntimeError")
    await desk.wait_over()
    await desk.until(LinkStage.ONLINE)


@pytest.mark.expect_log("test: error while closing")
async def test_an_error_while_closing_is_logged_and_no_more(desk):
    desk.close_fails = True
    desk.plans = [LinkError(LinkReason.LOST)]
    desk.link.start()
    await desk.until(LinkStage.WAITING)
    desk.close_fails = False
    await desk.wait_over()
    await desk.until(LinkStage.ONLINE)


async def test_a_probe_keeps_the_link_waiting_quietly():
    desk = Desk(has_probe=True)
    desk.plans = [LinkError(LinkReason.STREAM_ENDED, 60.0)]
    desk.probes = [LinkError(LinkReason.OFFLINE, 60.0), LinkError(LinkReason.OFFLINE, 60.0), None]
    desk.link.start()
    await desk.until(LinkStage.WAITING)
    for _ in range(3):
        await desk.wait_over()
    await desk.until(LinkStage.ONLINE)
    reasons = [state.reason.value for state in desk.states if state.stage is LinkStage.WAITING]
    assert reasons == ["stream_ended", "offline", "offline"]
    assert desk.stages().count("connecting") == 2
    await desk.link.stop()


async def test_a_probe_may_find_out_that_waiting_is_useless():
    desk = Desk(has_probe=True)
    desk.plans = [LinkError(LinkReason.OFFLINE, 60.0)]
    desk.probes = [LinkError(LinkReason.BAD_SIGN_KEY, blocked=True)]
    desk.link.start()
    await desk.until(LinkStage.WAITING)
    await desk.wait_over()
    await desk.until(LinkStage.BLOCKED)
    await desk.link.stop()


async def test_the_same_news_is_logged_once(desk, caplog):
    caplog.set_level("INFO", "app.link")
    desk.plans = [LinkError(LinkReason.NO_NETWORK)] * 4
    desk.link.start()
    for _ in range(4):
        await desk.until(LinkStage.WAITING)
        await desk.wait_over()
    await desk.until(LinkStage.ONLINE)
    assert [record.getMessage() for record in caplog.records] == [
        "test: waiting no_network",
        "test: online",
    ]


async def test_stopping_in_the_middle_of_anything_closes_the_connection():
    for turns in range(12):
        desk = Desk(plans=[LinkError(LinkReason.LOST)])
        desk.link.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        await desk.link.stop()
        assert all(pipe.closed == 1 for pipe in desk.made)
        assert desk.link.state.stage is LinkStage.OFF
        assert len(desk.tasks) == 0


async def test_a_stopped_link_can_be_started_again(desk):
    desk.link.start()
    await desk.until(LinkStage.ONLINE)
    await desk.link.stop()
    desk.link.start()
    await desk.until(LinkStage.ONLINE)


async def test_first_of_tells_which_ended_and_ends_the_others():
    ended = asyncio.Event()

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    assert await first_of(for_ever(), asyncio.sleep(0)) == 1
    assert ended.is_set()


async def test_first_of_raises_what_the_first_raised():
    async def fail() -> None:
        raise LinkError(LinkReason.SILENT)

    with pytest.raises(LinkError, match="silent"):
        await first_of(asyncio.Event().wait(), fail())


async def test_the_clocks_of_the_computer_run():
    clock = SystemClock()
    before, before_ms = clock.monotonic(), clock.wall_ms()
    await clock.sleep(0.002)
    assert clock.monotonic() > before
    assert clock.wall_ms() >= before_ms > 1_600_000_000_000
