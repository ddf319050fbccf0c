"""Signing in a process of its own: the same answers and faults, and what happens when it dies."""

from __future__ import annotations

import asyncio
import random

import psutil
import pytest

from app.core.links import LinkReason, LinkStage
from app.link import LinkError
from app.live.net import Addresses, Browser
from app.live.sign_apart import SignerApart
from app.tasks import Tasks
from tests.app.live.listener import lion, listening
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.tls import CA_FILE


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


@pytest.fixture
async def signer(server):
    urls = server.urls
    made = SignerApart(
        Addresses(urls.app, urls.webcast, urls.sign), Browser.pick(random.Random(1)), key="mine"
    )
    yield made
    await made.close()
    assert made._process is None


async def test_a_stream_is_entered_with_an_address_signed_apart(server):
    server.room.scripts = [[lion()]]
    async with listening(server, options={"sign_apart": True, "sign_key": "mine"}) as one:
        await one.until_total(1)
    assert server.calls("/webcast/fetch")[0].headers["X-Api-Key"] == "mine"


async def test_certificates_are_checked_there_too():
    async with FakeTikTok(tls=True) as server:
        server.room.scripts = [[lion()]]
        options = {"sign_apart": True, "ca_file": CA_FILE}
        async with listening(server, options=options) as one:
            await one.until_total(1)
        urls = server.urls
        stranger = SignerApart(
            Addresses(urls.app, urls.webcast, urls.sign), Browser.pick(random.Random(1))
        )
        with pytest.raises(LinkError) as raised:
            await stranger.sign("creator", 1)
        await stranger.close()
        assert raised.value.reason is LinkReason.TLS_REFUSED


async def test_faults_keep_their_reason_and_their_wait(server):
    server.room.switches.sign = ["429", "401", "ok"]
    server.room.retry_after_s = 7200
    async with listening(server, options={"sign_apart": True}) as one:
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is LinkReason.RATE_LIMITED
        assert 7100 < state.until - state.since < 7300
        await one.wait_over()
        state = await one.until_stage(LinkStage.BLOCKED)
        assert state.reason is LinkReason.BAD_SIGN_KEY
        one.stream.try_now()
        await one.until_stage(LinkStage.ONLINE)


async def test_one_process_serves_several_wishes_and_another_browser_gets_another(server, signer):
    first = await signer.sign("creator", server.room.room_id)
    process = signer._process.pid
    assert (await signer.sign("creator", server.room.room_id)).url
    assert signer._process.pid == process
    await signer.use_browser(Browser.pick(random.Random(2), other_than=signer.browser))
    assert not psutil.pid_exists(process)
    other = await signer.sign("creator", server.room.room_id)
    assert other.user_agent == signer.browser.user_agent != first.user_agent


async def test_a_process_that_was_killed_is_replaced_without_a_word(server, signer):
    await signer.sign("creator", server.room.room_id)
    signer._process.kill()
    await signer._process.wait()
    assert (await signer.sign("creator", server.room.room_id)).url


async def test_a_wish_that_is_given_up_leaves_no_answer_for_the_next(server, signer):
    server.room.switches.sign = ["hang", "ok"]
    tasks = Tasks()
    tasks.spawn("a wish", signer.sign("creator", server.room.room_id))
    await server.room.until(lambda: bool(server.calls("/webcast/fetch")))
    await tasks.cancel_all()
    assert signer._process is None
    assert (await signer.sign("creator", server.room.room_id)).url


async def test_the_process_ends_with_its_input(server, signer):
    await signer.sign("creator", server.room.room_id)
    process = signer._process
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 20) == 0
