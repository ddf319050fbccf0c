"""The stream against a whole loopback TikTok: connect, read, lose, return, end."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

import pytest

from app.core.events import Chat, Gift, StreamEnded, StreamStarted
from app.core.giftlist import GiftList
from app.core.ledger import LedgerState
from app.core.links import LinkReason, LinkStage, LinkState
from app.live.lookup import Answer
from app.live.net import Addresses
from app.live.stream import Stream, StreamOptions
from app.tasks import Tasks
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok import frames
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.evidence import News
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.gifts import LION, ROSE, Combo
from tests.fakes.tiktok.gifts import Gift as GiftMessage
from tests.fakes.tiktok.script import (
    Abort,
    Call,
    Close,
    Hang,
    Mute,
    Raw,
    Sleep,
    Split,
    WaitAck,
)
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.tls import CA_FILE

TIKTOK_WAIT_S = 30.0


class Paper:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.entries = []

    def load(self, room_id: int, now_ms: int) -> LedgerState:
        return LedgerState.of(e for e in self.entries if room_id in (0, e.room_id))

    def record(self, entry) -> None:
        self.entries.append(entry)


@dataclass
class Listener:
    """A stream under test, what it told, and which states it went through."""

    server: FakeTikTok
    clock: FakeClock = field(default_factory=FakeClock)
    paper: Paper = field(default_factory=Paper)
    events: list = field(default_factory=list)
    states: list[LinkState] = field(default_factory=list)
    news: News = field(default_factory=News)
    tasks: Tasks = field(default_factory=Tasks)
    options: dict = field(default_factory=dict)
    budget: object = None

    def __post_init__(self) -> None:
        urls = self.server.urls
        self.stream = Stream(
            on_event=self._on_event,
            on_state=self._on_state,
            gifts=GiftList(),
            clock=self.clock,
            tasks=self.tasks,
            ledger=self.paper,
            budget=self.budget,
            options=StreamOptions(Addresses(urls.app, urls.webcast, urls.sign), **self.options),
            random_source=random.Random(1),
        )

    def _on_event(self, event, _received_at: float) -> None:
        self.events.append(event)
        self.news.tell()

    def _on_state(self, state: LinkState) -> None:
        self.states.append(state)
        self.news.tell()

    async def until(self, fact) -> None:
        await self.news.until(fact, TIKTOK_WAIT_S)

    async def until_stage(self, stage: LinkStage, reason: LinkReason | None = None) -> LinkState:
        def fits() -> bool:
            state = self.stream.state
            return state.stage is stage and reason in (None, state.reason)

        await self.until(fits)
        return self.stream.state

    async def until_total(self, total: int) -> None:
        await self.until(lambda: self.total() >= total)

    async def until_frames(self, count: int) -> None:
        # Frames without messages tell nobody anything: there is nothing to wait on but time.
        async with asyncio.timeout(TIKTOK_WAIT_S):
            while self.stream.frames.frames < count:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    def gifts(self) -> list[Gift]:
        return [e for e in self.events if isinstance(e, Gift)]

    def total(self) -> int:
        return sum(g.count for g in self.gifts())

    def kinds(self, kind) -> list:
        return [e for e in self.events if isinstance(e, kind)]

    async def wait_over(self) -> None:
        """Move the clock to the end of the wait the link is in."""
        state = self.stream.state
        assert state.stage is LinkStage.WAITING
        await self.clock.advance(state.until - self.clock.monotonic() + 0.01)


@contextlib.asynccontextmanager
async def listening(server: FakeTikTok, user: str = "creator", **fields):
    """Listen to a user, and let go of everything afterwards."""
    one = Listener(server, **fields)
    try:
        await one.stream.listen(user)
        yield one
    finally:
        await one.stream.stop()
        await one.tasks.cancel_all()


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


def lion() -> m.Msg:
    return GiftMessage(LION).message()


# ---------------------------------------------------------------- a healthy stream


async def test_listening_enters_the_stream_acks_and_beats(server):
    room = server.room
    room.scripts = [[m.chat("hello"), lion(), WaitAck()]]
    async with listening(server) as one:
        await one.until_total(1)
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.room_id == room.room_id
        connection = await room.connection()
        await connection.until(connection.all_acked)
        assert len(connection.entered) == 1
        await connection.until(lambda: len(connection.heartbeats) == 1)
        await one.clock.advance(10.5)
        await connection.until(lambda: len(connection.heartbeats) == 2)
        assert [h.seq for h in connection.heartbeats] == [1, 2]
    assert [s.stage for s in one.states] == [LinkStage.CONNECTING, LinkStage.ONLINE, LinkStage.OFF]
    assert [type(e) for e in one.events] == [StreamStarted, Chat, Gift]
    assert await connection.closed() == 1000


async def test_what_we_send_to_whom(server):
    room = server.room
    async with listening(server, options={"sign_key": "my-own-key"}) as one:
        await one.until_stage(LinkStage.ONLINE)
        connection = await room.connection()
    (sign,) = server.calls("/webcast/fetch")
    assert sign.headers["X-Api-Key"] == "my-own-key"
    assert "my-own-key" not in str(sign.query)
    assert sign.query["room_id"] == str(room.room_id)
    agents = {r.headers["User-Agent"] for r in server.requests if "/webcast/fetch" not in r.path}
    assert agents == {sign.query["user_agent"]}
    assert all("my-own-key" not in str(r) for r in server.requests if r is not sign)
    assert "ttwid=" in connection.headers["Cookie"]
    assert connection.query["compress"] == "gzip"
    assert connection.query["wrss"] == "WRSS (x) y"
    assert connection.headers["Sec-WebSocket-Protocol"] == "echo-protocol"
    assert [r.path for r in server.requests] == [
        "/@creator/live",
        "/webcast/room/check_alive/",
        "/webcast/fetch",
        connection.path,
    ]


async def test_without_a_key_none_is_sent(server):
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
    assert all("X-Api-Key" not in r.headers for r in server.requests)


async def test_the_address_of_a_profile_is_a_name_too(server):
    async with listening(server, "https://www.tiktok.com/@Creator/live?lang=vi") as one:
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.user == "creator"


async def test_a_bad_name_is_refused_without_asking_anybody(server):
    async with listening(server, "not a name!") as one:
        state = await one.until_stage(LinkStage.BLOCKED)
        assert state.reason is LinkReason.BAD_USER_NAME
    assert server.requests == []


async def test_listening_to_the_same_name_again_changes_nothing(server):
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
        await one.stream.listen("@creator")
        assert one.stream.state.stage is LinkStage.ONLINE
    assert len(server.calls("/webcast/fetch")) == 1


async def test_gifts_from_before_we_came_are_marked(server):
    server.room.backlogs = [[lion(), *Combo(ROSE).frames(3)]]
    async with listening(server) as one:
        await one.until_total(4)
        await server.room.connection()
        await server.room.push(lion())
        await one.until_total(5)
    assert [g.backlog for g in one.gifts()][-1] is False
    assert all(g.backlog for g in one.gifts()[:-1])


async def test_a_large_and_a_split_frame_are_read(server):
    server.room.scripts = [
        [Raw(frames.padded([lion()], size=2_000_000)), Split(Frame([lion()]), parts=5), WaitAck()]
    ]
    async with listening(server) as one:
        await one.until_total(2)


async def test_broken_frames_in_between_cost_nothing(server):
    combo = Combo(ROSE)
    server.room.scripts = [
        [
            combo.progress(1),
            Raw(b"\xff" * 30),
            Raw(frames.truncated([combo.progress(9)])),
            Raw(frames.broken_gzip([lion()])),
            Raw("text"),
            Raw(b""),
            m.wrong_wire_types(),
            m.bad_utf8(),
            combo.progress(2),
            combo.end(2),
        ]
    ]
    async with listening(server) as one:
        await one.until(lambda: any(g.final for g in one.gifts()))
        assert one.stream.state.stage is LinkStage.ONLINE
        assert one.stream.frames.bad_frames == 3
        assert one.stream.counts.bad_messages == 1
    assert one.total() == 2


# ---------------------------------------------------------------- losing and coming back


@pytest.mark.parametrize(
    "end",
    [Abort(), Close(1000), Close(1011, "oops"), Close(4003)],
    ids=["abort", "1000", "1011", "4003"],
)
async def test_a_lost_link_comes_back_and_goes_on_where_it_was(server, end):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [
        [combo.progress(1), combo.progress(3), WaitAck(), end],
        [combo.progress(4), combo.end(4)],
    ]
    room.redeliver = 10
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        assert one.stream.state.reason is LinkReason.LOST
        await one.wait_over()
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert one.total() == 4
    assert len(one.kinds(StreamStarted)) == 1
    assert one.kinds(StreamEnded) == []


async def test_a_healthy_link_comes_back_after_a_second_and_a_shaky_one_waits_longer(server):
    room = server.room
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
        for wanted in ((1.0, 2.0), (2.0, 4.0), (4.0, 8.0)):
            room.open_connections()[-1].abort()
            state = await one.until_stage(LinkStage.WAITING)
            assert wanted[0] <= state.until - state.since <= wanted[1]
            await one.wait_over()
            await one.until_stage(LinkStage.ONLINE)
        connection = room.open_connections()[-1]
        for _ in range(8):
            await room.push(m.viewer_count(5))
            await connection.until(connection.all_acked)
            await one.clock.advance(5)
        connection.abort()
        state = await one.until_stage(LinkStage.WAITING)
        assert 0.5 <= state.until - state.since <= 1.0


async def test_everything_queued_before_the_close_is_read(server):
    room = server.room
    gifts = [Frame([lion()], need_ack=need) for need in (False, True) for _ in range(50)]
    room.scripts = [[*gifts, Sleep(0.2), Close(1000)]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
    assert one.total() == 100


async def test_a_silent_link_is_noticed_after_thirty_seconds(server):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [[combo.progress(1), Mute(answer_heartbeats=False)], [combo.end(1)]]
    async with listening(server) as one:
        await one.until_total(1)
        # Both the gift and the answer to our entering are heard.
        await one.until_frames(2)
        await one.clock.until_sleeping(lambda left: left > 25)
        await one.clock.advance(29)
        assert one.stream.state.stage is LinkStage.ONLINE
        await one.clock.advance(1.2)
        state = await one.until_stage(LinkStage.WAITING)
        assert (state.reason, state.detail) == (LinkReason.SILENT, "no frame")
        await one.wait_over()
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert one.total() == 1


async def test_a_deaf_link_that_only_beats_is_noticed_after_45_seconds(server):
    room = server.room
    room.scripts = [[lion(), Mute()]]
    async with listening(server) as one:
        await one.until_total(1)
        connection = await room.connection()
        for beats in (2, 3, 4, 5):
            await one.clock.advance(10)
            await connection.until(lambda n=beats: len(connection.heartbeats) >= n)
            # Its answer is on the real network; only what arrived keeps the link from being silent.
            await one.until_frames(beats + 2)
        await one.clock.advance(5.2)
        state = await one.until_stage(LinkStage.WAITING)
    assert (state.reason, state.detail) == (LinkReason.SILENT, "no message")


async def test_a_peer_that_hangs_does_not_hold_us_up(server):
    server.room.scripts = [[lion(), WaitAck(), Hang()]]
    async with listening(server) as one:
        await one.until_total(1)
        # The gift, the answer to our entering and the one to our first heartbeat are heard.
        await one.until_frames(3)
        await one.clock.until_sleeping(lambda left: left > 25)
        await one.clock.advance(30.2)
        await one.until_stage(LinkStage.WAITING, LinkReason.SILENT)


# ---------------------------------------------------------------- the end of a stream


@pytest.mark.parametrize("action", [m.ENDED, m.SUSPENDED])
async def test_the_end_of_a_stream_is_told_after_its_last_gifts(server, action):
    room = server.room

    def over(_connection) -> None:
        room.live = False

    room.scripts = [[Combo(ROSE).progress(2), Call(over), m.control(action), lion()]]
    async with listening(server) as one:
        await one.until_total(3)
        await one.clock.until_sleeping(lambda left: left <= 0.3)
        await one.clock.advance(0.4)
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is LinkReason.STREAM_ENDED
        assert 45 <= state.until - state.since <= 60
    assert [type(e) for e in one.events] == [StreamStarted, Gift, Gift, Gift, StreamEnded]
    assert one.events[-1].suspended is (action == m.SUSPENDED)
    assert one.gifts()[-1].final


async def test_a_false_end_changes_nothing(server):
    room = server.room
    room.scripts = [[m.control(m.ENDED), WaitAck()]]
    async with listening(server) as one:
        await one.clock.until_sleeping(lambda left: left <= 0.3)
        await one.clock.advance(0.4)
        await room.until(lambda: len(server.calls("check_alive")) == 2)
        await room.push(lion())
        await one.until_total(1)
        assert one.stream.state.stage is LinkStage.ONLINE
    assert one.kinds(StreamEnded) == []


async def test_an_end_with_the_socket_closed_at_once_is_an_end_and_no_lost_link(server):
    room = server.room

    def over(_connection) -> None:
        room.live = False

    room.scripts = [[Call(over), m.control(m.ENDED), WaitAck(), Close(1000)]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.STREAM_ENDED)
    assert len(one.kinds(StreamEnded)) == 1


async def test_an_end_nobody_told_is_found_out_on_the_way_back(server):
    room = server.room
    room.scripts = [[Combo(ROSE).progress(2), WaitAck(), Abort()]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.LOST)
        room.live = False
        await one.wait_over()
        await one.until_stage(LinkStage.WAITING, LinkReason.STREAM_ENDED)
    assert [type(e) for e in one.events][-2:] == [Gift, StreamEnded]
    assert len(server.calls("/webcast/fetch")) == 1


async def test_the_next_stream_of_the_same_user_is_joined_by_itself(server):
    room = server.room
    room.live = False
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.OFFLINE)
        for _ in range(3):
            await one.wait_over()
            await one.clock.until_sleeping(lambda left: left > 40)
        assert server.calls("/webcast/fetch") == []
        assert LinkStage.CONNECTING not in [s.stage for s in one.states[1:]]
        room.live = True
        asked = len(server.calls("/live"))
        await one.wait_over()
        await one.until_stage(LinkStage.ONLINE)
        assert len(server.calls("/live")) == asked + 1


async def test_combos_are_ended_by_time_also_while_the_link_is_lost(server):
    server.room.scripts = [[Combo(ROSE).progress(3), WaitAck(), Abort()]]
    server.room.switches.page = ["ok", "500"]
    server.room.switches.api = "500"
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        for _ in range(40):
            await one.clock.advance(0.5)
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert [(g.count, g.total, g.final) for g in one.gifts()] == [(3, 3, False), (0, 3, True)]


# ---------------------------------------------------------------- what can go wrong before


SIGN_FAULTS = [
    ("429", LinkReason.RATE_LIMITED, (59, 61)),
    ("429_epoch", LinkReason.RATE_LIMITED, (59, 61)),
    ("429_seconds", LinkReason.RATE_LIMITED, (60, 60)),
    ("429_retry_after", LinkReason.RATE_LIMITED, (60, 60)),
    ("429_x_reset", LinkReason.RATE_LIMITED, (59, 61)),
    ("429_bare", LinkReason.RATE_LIMITED, (60, 60)),
    ("500", LinkReason.SIGN_SERVER_DOWN, (2.5, 5)),
    ("503", LinkReason.SIGN_SERVER_DOWN, (2.5, 5)),
    ("empty", LinkReason.SIGN_SERVER_DOWN, (2.5, 5)),
    ("no_cookie", LinkReason.SIGN_SERVER_DOWN, (2.5, 5)),
    ("reset", LinkReason.SIGN_SERVER_DOWN, (2.5, 5)),
    ("garbage", LinkReason.UNEXPECTED_ANSWER, (2.5, 5)),
    ("no_cursor", LinkReason.UNEXPECTED_ANSWER, (2.5, 5)),
    ("no_push_server", LinkReason.UNEXPECTED_ANSWER, (2.5, 5)),
]


@pytest.mark.parametrize(("mode", "reason", "wait"), SIGN_FAULTS, ids=[f[0] for f in SIGN_FAULTS])
async def test_every_fault_of_the_sign_server_has_its_reason_and_its_wait(
    server, mode, reason, wait
):
    server.room.switches.sign = [mode, "ok"]
    server.room.scripts = [[lion()]]
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is reason
        assert wait[0] - 0.01 <= state.until - state.since <= wait[1] + 0.01
        await one.wait_over()
        await one.until_total(1)


async def test_the_sign_server_may_ask_for_a_long_wait(server):
    server.room.switches.sign = "429"
    server.room.retry_after_s = 7200
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert 7100 < state.until - state.since < 7300


@pytest.mark.parametrize(
    ("mode", "reason"), [("401", LinkReason.BAD_SIGN_KEY), ("403", LinkReason.PREMIUM_ONLY)]
)
async def test_what_only_the_user_can_mend_stops_the_retries(server, mode, reason):
    server.room.switches.sign = [mode, "ok"]
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.BLOCKED)
        assert state.reason is reason
        await one.clock.advance(4000)
        assert len(server.calls("/webcast/fetch")) == 1
        one.stream.try_now()
        await one.until_stage(LinkStage.ONLINE)


async def test_a_new_key_is_used_at_once(server):
    server.room.switches.sign = ["401", "ok"]
    async with listening(server) as one:
        await one.until_stage(LinkStage.BLOCKED)
        urls = server.urls
        addresses = Addresses(urls.app, urls.webcast, urls.sign)
        await one.stream.use(StreamOptions(addresses, sign_key="better"))
        await one.until_stage(LinkStage.ONLINE)
    assert server.calls("/webcast/fetch")[1].headers["X-Api-Key"] == "better"


async def test_a_sign_server_that_never_answers_is_given_up_after_forty_seconds(server):
    server.room.switches.sign = ["hang", "ok"]
    async with listening(server) as one:
        await server.room.until(lambda: bool(server.calls("/webcast/fetch")))
        await one.clock.advance(41)
        await one.until_stage(LinkStage.WAITING, LinkReason.TIMED_OUT)


HANDSHAKES = [
    ("device_blocked", LinkReason.BLOCKED_BY_TIKTOK, "DEVICE_BLOCKED"),
    ("illegal_key", LinkReason.BLOCKED_BY_TIKTOK, "illegal secret key"),
    ("400", LinkReason.BLOCKED_BY_TIKTOK, "bad request"),
    ("403", LinkReason.BLOCKED_BY_TIKTOK, "forbidden"),
    ("502", LinkReason.BLOCKED_BY_TIKTOK, "bad gateway"),
]


@pytest.mark.parametrize(("mode", "reason", "detail"), HANDSHAKES, ids=[h[0] for h in HANDSHAKES])
async def test_a_refused_handshake_is_retried_as_somebody_else(server, mode, reason, detail):
    server.room.switches.handshake = [mode, "ok"]
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert (state.reason, state.detail) == (reason, detail)
        assert 7.5 <= state.until - state.since <= 15
        await one.wait_over()
        await one.until_stage(LinkStage.ONLINE)
    first, second = server.calls("/webcast/fetch")
    assert first.query["user_agent"] != second.query["user_agent"]


async def test_a_handshake_that_is_dropped_is_no_refusal(server):
    server.room.switches.handshake = ["reset", "ok"]
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason in (LinkReason.NO_NETWORK, LinkReason.UNEXPECTED_ANSWER)
        await one.wait_over()
        await one.until_stage(LinkStage.ONLINE)


async def test_a_stand_in_server_is_named(server):
    server.room.switches.sign = "fallback"
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE, LinkReason.PROXIED)


LOOKUPS = [
    ({"page": "captcha", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"page": "no_state", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"page": "broken", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"page": "500", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"page": "never_live", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"page": "no_room", "api": "ok"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"alive": "broken"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"alive": "500"}, LinkStage.ONLINE, LinkReason.NONE),
    ({"alive": "dead"}, LinkStage.WAITING, LinkReason.OFFLINE),
    ({"page": "never_live", "api": "not_found"}, LinkStage.WAITING, LinkReason.USER_NOT_FOUND),
    ({"page": "captcha", "api": "not_found"}, LinkStage.WAITING, LinkReason.USER_NOT_FOUND),
    ({"page": "captcha", "api": "empty"}, LinkStage.WAITING, LinkReason.BLOCKED_BY_TIKTOK),
    ({"page": "blocked_ip", "api": "broken"}, LinkStage.WAITING, LinkReason.BLOCKED_BY_TIKTOK),
    ({"page": "never_live", "api": "500"}, LinkStage.WAITING, LinkReason.UNEXPECTED_ANSWER),
    ({"page": "500", "api": "500"}, LinkStage.WAITING, LinkReason.UNEXPECTED_ANSWER),
    ({"page": "empty", "api": "no_room"}, LinkStage.WAITING, LinkReason.BLOCKED_BY_TIKTOK),
]


@pytest.mark.parametrize(("modes", "stage", "reason"), LOOKUPS, ids=[str(x[0]) for x in LOOKUPS])
async def test_every_answer_to_the_lookup_leads_somewhere(server, modes, stage, reason):
    for name, mode in modes.items():
        setattr(server.room.switches, name, mode)
    async with listening(server) as one:
        await one.until(lambda: one.stream.state.stage in (LinkStage.ONLINE, LinkStage.WAITING))
        assert (one.stream.state.stage, one.stream.state.reason) == (stage, reason)
    if stage is LinkStage.WAITING:
        assert server.calls("/webcast/fetch") == []


async def test_an_unknown_user_is_asked_for_only_every_five_minutes(server):
    async with listening(server, "nobody_here") as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is LinkReason.USER_NOT_FOUND
        assert 240 <= state.until - state.since <= 300


async def test_no_network_at_all():
    async with FakeTikTok() as server:
        pass
    one = Listener(server)
    try:
        await one.stream.listen("creator")
        await one.until_stage(LinkStage.WAITING, LinkReason.NO_NETWORK)
    finally:
        await one.stream.stop()


async def test_a_certificate_nobody_trusts_is_refused():
    async with FakeTikTok(tls=True) as server:
        async with listening(server) as one:
            await one.until_stage(LinkStage.WAITING, LinkReason.TLS_REFUSED)
        assert server.requests == []


async def test_everything_works_over_tls_with_a_trusted_certificate():
    async with FakeTikTok(tls=True) as server:
        server.room.scripts = [[lion()]]
        async with listening(server, options={"ca_file": CA_FILE}) as one:
            await one.until_total(1)


async def test_the_sign_server_is_not_trusted_blindly():
    async with FakeTikTok() as server, FakeTikTok(tls=True) as sign:
        one = Listener(server)
        urls = server.urls
        await one.stream.use(StreamOptions(Addresses(urls.app, urls.webcast, sign.urls.sign)))
        try:
            await one.stream.listen("creator")
            await one.until_stage(LinkStage.WAITING, LinkReason.TLS_REFUSED)
        finally:
            await one.stream.stop()
        assert sign.requests == []


async def test_more_than_five_signatures_a_minute_are_never_asked_for(server):
    server.room.switches.handshake = "reset"
    async with listening(server) as one:
        for _ in range(20):
            state = await one.until_stage(LinkStage.WAITING)
            if state.reason is LinkReason.SIGN_BUDGET:
                break
            one.stream.try_now()
            await one.until(lambda s=state: one.stream.state is not s)
        assert one.stream.state.reason is LinkReason.SIGN_BUDGET
        assert len(server.calls("/webcast/fetch")) == 5
        assert 55 <= one.stream.state.until - one.stream.state.since <= 60


async def test_try_now_ends_a_wait(server):
    server.room.live = False
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.OFFLINE)
        server.room.live = True
        one.stream.try_now()
        await one.until_stage(LinkStage.ONLINE)


async def test_stopping_while_connecting_leaves_nothing_behind(server):
    server.room.switches.sign = "hang"
    async with listening(server) as one:
        await server.room.until(lambda: bool(server.calls("/webcast/fetch")))
        await one.stream.stop()
        assert one.stream.state.stage is LinkStage.OFF


async def test_another_user_is_another_stream(server):
    other = server.add_room("other", m.ROOM_ID + 5)
    server.room.scripts = [[Combo(ROSE).progress(3)]]
    async with listening(server) as one:
        await one.until_total(3)
        await one.stream.listen("other")
        await other.connection()
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.room_id == other.room_id
    assert [e.room_id for e in one.kinds(StreamStarted)] == [m.ROOM_ID, other.room_id]
    assert [g.total for g in one.gifts() if g.final] == [3]
    assert one.kinds(StreamEnded) == []


async def test_a_restarted_core_counts_on(server):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [
        [combo.progress(1), combo.progress(2), WaitAck()],
        [combo.progress(5), combo.end(5)],
    ]
    room.redeliver = 20
    paper = Paper()
    async with listening(server, paper=paper) as first:
        await first.until_total(2)
    second_paper = Paper()
    second_paper.entries = list(paper.entries)
    room.remember([lion()])
    async with listening(server, paper=second_paper) as second:
        await second.until(lambda: any(g.gift_id == ROSE.id and g.final for g in second.gifts()))
    assert sum(g.count for g in [*first.gifts(), *second.gifts()] if g.gift_id == ROSE.id) == 5
    missed = [g for g in second.gifts() if g.gift_id == LION.id]
    assert [(g.count, g.backlog) for g in missed] == [(1, False)]


# ---------------------------------------------------------------- asking without listening


@pytest.mark.parametrize(
    ("setup", "answer", "reason"),
    [
        ({}, Answer.LIVE, LinkReason.NONE),
        ({"live": False}, Answer.OFFLINE, LinkReason.NONE),
        ({"exists": False}, Answer.NOT_FOUND, LinkReason.NONE),
    ],
    ids=["live", "offline", "not found"],
)
async def test_asking_whether_somebody_is_live_signs_nothing(server, setup, answer, reason):
    for name, value in setup.items():
        setattr(server.room, name, value)
    one = Listener(server)
    checked = await one.stream.check_live("@creator")
    assert (checked.user, checked.answer, checked.reason) == ("creator", answer, reason)
    assert server.calls("/webcast/fetch") == []


async def test_asking_may_be_impossible_and_says_why(server):
    server.room.switches.page = "captcha"
    server.room.switches.api = "broken"
    one = Listener(server)
    checked = await one.stream.check_live("creator")
    assert (checked.answer, checked.reason) == (Answer.UNKNOWN, LinkReason.BLOCKED_BY_TIKTOK)
    bad = await one.stream.check_live("two words")
    assert (bad.answer, bad.reason) == (Answer.UNKNOWN, LinkReason.BAD_USER_NAME)
