"""TikTok's own list of gifts: asked for seldom, learnt whole, and never in a stream's way."""

from __future__ import annotations

import asyncio
import logging

import pytest

from app.core.giftlist import GiftKind, GiftList
from app.core.links import LinkStage
from app.live.connection import LEARN_GIFTS_AFTER_S, LEARN_GIFTS_EVERY_S
from app.store.remembered import Remembered
from tests.app.live.listener import TIKTOK_WAIT_S, lion, listening
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok import gifts
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.tls import CA_FILE

LIST = "/webcast/gift/list"
SIGN = "/webcast/sign_url"
HOUR_S = LEARN_GIFTS_EVERY_S
TRUSTING = {"ca_file": CA_FILE}
DRAGON = gifts.GiftKind(70_001, "New Dragon", 777, gifts.SINGLE_TYPE)


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


async def entered(one) -> None:
    """Wait until the stream is joined, and on to when the list is asked for."""
    await one.until_stage(LinkStage.ONLINE)
    await one.clock.until_sleeping(lambda left: left == pytest.approx(LEARN_GIFTS_AFTER_S))
    await one.clock.advance(LEARN_GIFTS_AFTER_S + 0.1)


async def until(fact) -> None:
    """Wait for what the stream tells nobody of."""
    async with asyncio.timeout(TIKTOK_WAIT_S):
        while not fact():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.005)


class Logged(logging.Handler):
    """What the catalogue said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record) -> None:
        assert record.levelno <= logging.INFO
        self.said.append(record.getMessage())


@pytest.fixture
def log():
    name = logging.getLogger("app.live.catalogue")
    level, name.level = name.level, logging.INFO
    added: list[Logged] = []

    def made() -> Logged:
        added.append(Logged())
        name.addHandler(added[-1])
        return added[-1]

    yield made
    name.level = level
    for handler in added:
        name.removeHandler(handler)


async def test_the_list_is_learnt_in_the_language_and_in_english(server, log):
    server.room.extra_gifts = (DRAGON,)
    known = GiftList([GiftKind(5655, "Rose", 9, combo=None, also=("Hoa hong",))])
    async with listening(server, known=known, options={"language": "vi"}) as one:
        said = log()
        await entered(one)
        await until(lambda: len(said.said) == 2)
        assert known.named("sư tử").id == known.named("Lion").id == 6369
        assert known.get(5655) == GiftKind(
            5655, "Rose", 1, True, ("Hoa hong",), (("vi", "Hoa hồng"), ("en", "Rose"))
        )
        dragon = known.get(DRAGON.id)
        assert (dragon.coins, dragon.combo, dragon.called_in("vi")) == (777, False, "New Dragon")
    asked = [call.query for call in server.calls(LIST)]
    assert [query["webcast_language"] for query in asked] == ["vi-VN", "en-US"]
    assert {query["room_id"] for query in asked} == {str(server.room.room_id)}
    assert server.calls(SIGN) == []
    assert said.said == [
        "TikTok's list of gifts (vi-VN): 10, news 10",
        "TikTok's list of gifts (en-US): 10, news 10",
    ]


async def test_nothing_is_asked_before_the_joining_is_over_nor_while_nobody_is_live(server):
    server.room.scripts = [[lion()]]
    async with listening(server) as one:
        await one.until_total(1)
        await one.clock.advance(LEARN_GIFTS_AFTER_S - 1)
        assert server.calls(LIST) == []
    server.room.live = False
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        await one.clock.advance(30)
        assert server.calls(LIST) == []


async def test_a_region_is_asked_once_a_day_over_restarts_and_what_was_learnt_is_kept(
    server, tmp_path, log
):
    path, clock = tmp_path / "stream.json", FakeClock()
    for _start in range(2):
        known = GiftList()
        memory = Remembered(path, known)
        memory.open()
        try:
            async with listening(server, clock=clock, known=known, asked=memory) as one:
                said = log()
                await entered(one)
                await until(lambda k=known: k.get(6369) is not None)
                assert len(server.calls(LIST)) == 1
                # The same stream, hours later: nothing is due.
                await server.push(server.room, lion())
                await one.until_total(1)
        finally:
            memory.close()
    assert said.said == []
    await clock.advance(24 * 3600)
    # A memory that is closed already costs the next start a question, and the stream nothing.
    async with listening(server, clock=clock, asked=memory) as one:
        await entered(one)
        await until(lambda: one.known.get(6369) is not None)
        await server.push(server.room, lion())
        await one.until_total(1)
        assert one.stream.state.stage is LinkStage.ONLINE
    assert len(server.calls(LIST)) == 2


async def test_a_price_that_changed_is_taken_and_what_the_stream_told_of_combining_stays(server):
    known = GiftList(
        [GiftKind(5655, "Rose", 3, combo=False), GiftKind(6369, "Lion", 1, combo=None)]
    )
    async with listening(server, known=known) as one:
        await entered(one)
        await until(lambda: known.get(5655).coins == 1)
        assert known.get(5655).combo is False
        assert (known.get(6369).coins, known.get(6369).combo) == (29999, False)


REFUSED = ["403", "429", "500", "empty", "broken", "html", "refused", "moved", "huge", "bomb"]


@pytest.mark.parametrize("mode", REFUSED)
async def test_a_failure_costs_nothing_and_is_told_in_the_log_only(server, mode, log):
    server.room.switches.gift_list = mode
    known = GiftList()
    async with listening(server, known=known) as one:
        said = log()
        await entered(one)
        await until(lambda: bool(said.said))
        (told,) = said.said
        assert told.startswith("no list of gifts from TikTok (en-US): ")
        await server.push(server.room, lion())
        await one.until_total(1)
        assert one.stream.state.stage is LinkStage.ONLINE
        # Refused is answered: it is not asked again within the day.
        await one.clock.advance(20)
        assert one.stream.state.stage is LinkStage.ONLINE
    assert [kind.id for kind in known.all()] == [6369]


async def test_entries_that_are_no_gifts_teach_nothing(server):
    server.room.switches.gift_list = "hostile"
    known = GiftList([GiftKind(5655, "Rose", 1, combo=True)])
    async with listening(server, known=known) as one:
        await entered(one)
        await until(lambda: known.get(77_001) is not None)
    assert [kind.id for kind in known.all()] == [5269, 5655, 77_001]
    rose = known.get(5655)
    assert (rose.name, rose.coins, rose.combo) == ("Rose", 1, True)
    assert len(rose.called_in("en")) <= 60
    assert known.get(5269) == GiftKind(5269, "", 0, None)


async def test_a_server_that_hangs_holds_nobody_up(server):
    server.room.switches.gift_list = "hang"
    async with listening(server) as one:
        await entered(one)
        await server.room.until(lambda: bool(server.calls(LIST)))
        await server.push(server.room, lion())
        await one.until_total(1)


async def test_without_a_network_it_is_asked_again_within_the_day(server, log):
    clock = FakeClock()
    server.room.switches.gift_list = ["ok"]
    async with FakeTikTok(tls=True) as strange, listening(server, clock=clock) as one:
        said = log()
        catalogue = one.stream._around.catalogue
        catalogue._url = f"{strange.urls.webcast}/gift/list/"
        await entered(one)
        await until(lambda: len(said.said) == 1)
        assert strange.requests == []  # a certificate nobody trusts
        await catalogue.look(1)
        assert len(said.said) == 1
        catalogue._url = f"{server.urls.webcast}/gift/list/"
        clock.now += HOUR_S
        await catalogue.look(server.room.room_id)
        assert said.said[1].startswith("TikTok's list of gifts (en-US): 9")


async def test_everything_works_over_tls():
    async with FakeTikTok(tls=True) as secure, listening(secure, options=TRUSTING) as one:
        await entered(one)
        await until(lambda: one.known.get(6369) is not None)


# -------------------------------------------------------------- with a signature


@pytest.mark.parametrize("mode", ["unsigned_403", "unsigned_empty"])
async def test_a_list_that_wants_a_signature_gets_one_a_day(server, mode, log):
    server.room.switches.gift_list = mode
    async with listening(server, options={"language": "vi"}) as one:
        said = log()
        await entered(one)
        await until(lambda: len(said.said) == 2)
        assert one.known.named("Hoa hồng").id == 5655
        assert said.said[0].startswith("TikTok's list of gifts (vi-VN): 9")
        assert said.said[1].startswith("no list of gifts from TikTok (en-US)")
        assert len(server.calls(SIGN)) == 1
        signed = [call for call in server.calls(LIST) if "X-Bogus" in call.query]
        assert [call.query["webcast_language"] for call in signed] == ["vi-VN"]
        assert "X-Api-Key" not in signed[0].headers


@pytest.mark.parametrize("mode", ["401", "403", "premium", "429", "500", "empty", "elsewhere"])
async def test_a_signature_that_is_refused_costs_nothing_more(server, mode, log):
    server.room.switches.gift_list = "unsigned_403"
    server.room.switches.sign_url = mode
    async with listening(server) as one:
        said = log()
        await entered(one)
        await until(lambda: bool(said.said))
        assert one.stream.state.stage is LinkStage.ONLINE
        await server.push(server.room, lion())
        await one.until_total(1)
    assert len(server.calls(SIGN)) == len(server.calls(LIST)) == 1


async def test_no_signature_is_spent_on_it_when_few_are_left(server, log):
    server.room.switches.gift_list = "unsigned_403"
    server.room.switches.handshake = ["reset", "ok"]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        one.stream.try_now()
        said = log()
        await entered(one)
        await until(lambda: bool(said.said))
        assert "HTTP 403" in said.said[0]
    assert len(server.calls("/webcast/fetch")) == 2
    assert server.calls(SIGN) == []
