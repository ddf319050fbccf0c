"""What TikTok may answer to the question whether somebody is live."""

from __future__ import annotations

import pytest

from app.core.links import LinkReason, LinkStage
from tests.app.live.listener import Listener, listening
from tests.fakes.tiktok.server import FakeTikTok


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


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
    # TikTok hides the room of a limited LIVE from who is not logged in, one way or another.
    (
        {"page": "no_state", "api": "no_room", "info": "age_restricted"},
        LinkStage.WAITING,
        LinkReason.AGE_RESTRICTED,
    ),
    (
        {"page": "never_live", "api": "no_room", "info": "age_restricted"},
        LinkStage.WAITING,
        LinkReason.AGE_RESTRICTED,
    ),
    # What else refuses to describe a stream says nothing about it.
    (
        {"page": "no_room", "api": "no_room", "info": "wrong_params"},
        LinkStage.WAITING,
        LinkReason.UNEXPECTED_ANSWER,
    ),
    (
        {"page": "no_room", "api": "no_room", "info": "broken"},
        LinkStage.WAITING,
        LinkReason.UNEXPECTED_ANSWER,
    ),
    (
        {"page": "captcha", "api": "no_room", "info": "empty"},
        LinkStage.WAITING,
        LinkReason.BLOCKED_BY_TIKTOK,
    ),
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
