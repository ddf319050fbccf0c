"""What can go wrong between us, the sign server and the push server."""

from __future__ import annotations

import pytest

from app.core.links import LinkReason, LinkStage
from app.live.connection import LOOK_CLOSER_AFTER_S
from app.live.lookup import Answer
from app.live.net import Addresses
from app.live.stream import StreamOptions
from app.live.tiktok import rate_limit_wait_s
from tests.app.live.listener import Listener, lion, listening
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.tls import CA_FILE


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


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


# -------------------------------------------------------------- LIVEs for some viewers only


async def test_a_limited_stream_is_joined_like_any_other_and_told_of_later(server):
    room = server.room
    room.switches.info = "age_restricted"
    room.scripts = [[lion()]]
    async with listening(server) as one:
        await one.until_total(1)
        state = await one.until_stage(LinkStage.ONLINE)
        assert state.reason is LinkReason.NONE
        # Nothing is asked that could delay the first gift.
        assert server.calls("/webcast/room/info") == []
        await one.clock.advance(LOOK_CLOSER_AFTER_S + 0.1)
        told = await one.until_stage(LinkStage.ONLINE, LinkReason.AGE_RESTRICTED)
        assert told.since == state.since
        await room.push(lion())
        await one.until_total(2)
    assert len(server.calls("/webcast/room/info")) == 1
    assert len(server.calls("/webcast/fetch")) == 1


@pytest.mark.parametrize("mode", ["ok", "wrong_params", "empty", "500", "broken"])
async def test_only_tiktoks_own_number_says_that_a_stream_is_limited(server, mode):
    server.room.switches.info = mode
    server.room.scripts = [[lion()]]
    async with listening(server) as one:
        await one.until_total(1)
        await one.clock.advance(LOOK_CLOSER_AFTER_S + 0.1)
        await server.room.until(lambda: bool(server.calls("/webcast/room/info")))
        await server.room.push(lion())
        await one.until_total(2)
        assert one.stream.state.reason is LinkReason.NONE


async def test_a_question_without_an_answer_costs_no_gift(server):
    server.room.switches.info = "hang"
    server.room.scripts = [[lion()]]
    async with listening(server) as one:
        await one.until_total(1)
        await one.clock.advance(LOOK_CLOSER_AFTER_S + 0.1)
        await server.room.until(lambda: bool(server.calls("/webcast/room/info")))
        await server.room.push(lion())
        await one.until_total(2)
        assert one.stream.state.stage is LinkStage.ONLINE


async def test_a_limited_stream_that_is_refused_says_why_and_is_tried_again(server):
    server.room.switches.info = ["age_restricted", "ok"]
    server.room.switches.handshake = ["400", "ok"]
    async with listening(server) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is LinkReason.AGE_RESTRICTED
        assert 7.5 <= state.until - state.since <= 15
        await one.wait_over()
        await one.until_stage(LinkStage.ONLINE)


async def test_asking_whether_a_hidden_stream_is_live_tells_why_it_cannot_be_told(server):
    switches = server.room.switches
    switches.page, switches.api, switches.info = "no_state", "no_room", "age_restricted"
    checked = await Listener(server).stream.check_live("creator")
    assert (checked.answer, checked.reason) == (Answer.UNKNOWN, LinkReason.AGE_RESTRICTED)


# -------------------------------------------------------------- TLS


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


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, 60),
        ({"Retry-After": "5"}, 60),
        ({"Retry-After": "120"}, 120),
        ({"RateLimit-Reset": "90"}, 90),
        ({"RateLimit-Reset": "1790000300"}, 300),
        ({"X-RateLimit-Reset": "1790000300"}, 300),
        ({"RateLimit-Remaining": "500", "RateLimit-Reset": "70"}, 70),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 60),
        ({"RateLimit-Reset": "99999999999"}, 24 * 3600),
        # The computer's clock is an hour behind the server's.
        ({"RateLimit-Reset": "1790003700", "Date": "Mon, 21 Sep 2026 15:13:20 GMT"}, 100),
    ],
)
def test_the_wait_of_a_rate_limit_is_read_from_the_right_header(headers, wait_s):
    assert rate_limit_wait_s(headers, 1_790_000_000_000) == wait_s
