"""The unmodified TikTokLive client where TikTok refuses, misleads or hides behind a certificate."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.fakes.tiktok import messages, tls
from tests.fakes.tiktok.messages import chat
from tests.fakes.tiktok.script import Close, WaitAck, WaitEntered
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes_tests.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable


ENDING = [WaitAck(), messages.control(messages.ENDED)]


def offline(tiktok: FakeTikTok) -> None:
    tiktok.room.live = False


def missing(tiktok: FakeTikTok) -> None:
    tiktok.room.exists = False


def switch(name: str, mode: str) -> Callable[[FakeTikTok], None]:
    return lambda tiktok: setattr(tiktok.room.switches, name, mode)


def captcha_everywhere(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.page = "captcha"
    tiktok.room.switches.api = "no_room"


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (offline, "UserOfflineError"),
        (switch("alive", "dead"), "UserOfflineError"),
        (missing, "UserNotFoundError"),
        (captcha_everywhere, "FailedParseRoomIdError"),
        (switch("alive", "broken"), "MissingRoomIdInResponse"),
        (switch("info", "age_restricted"), "AgeRestrictedError"),
        # The library takes every refusal with a prompt for an age limit.
        (switch("info", "wrong_params"), "AgeRestrictedError"),
        (switch("sign", "429"), "SignatureRateLimitError"),
        (switch("sign", "429_bare"), "TypeError"),
        (switch("sign", "401"), "SignAPIError"),
        (switch("sign", "503"), "SignAPIError"),
        (switch("sign", "empty"), "SignAPIError"),
        (switch("sign", "no_cookie"), "SignAPIError"),
        (switch("sign", "garbage"), "ValueError"),
        (switch("sign", "no_cursor"), "InitialCursorMissingError"),
        (switch("sign", "no_push_server"), "WebsocketURLMissingError"),
        (switch("handshake", "device_blocked"), "WebcastBlockedError"),
        (switch("handshake", "400"), "WebcastBlockedError"),
        (switch("handshake", "403"), "InvalidStatusCode"),
    ],
)
async def test_refusals_raise_what_the_library_raises_for_the_real_ones(
    tiktok: FakeTikTok, listener: Listener, prepare: Callable[[FakeTikTok], None], error: str
) -> None:
    prepare(tiktok)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - the class is checked by name below
        await listener.listen(fetch_room_info=True)
    assert type(refused.value).__name__ == error


@pytest.mark.parametrize(
    "page", ["captcha", "no_state", "broken", "blocked_ip", "no_room", "empty"]
)
async def test_a_useless_page_is_made_up_for_by_the_api(
    tiktok: FakeTikTok, listener: Listener, page: str
) -> None:
    tiktok.room.switches.page = page
    tiktok.room.scripts = [[WaitEntered(), chat("here"), *ENDING]]
    await listener.listen()
    assert len(listener.got("CommentEvent")) == 1
    assert len(tiktok.calls("/api-live/")) == 1


async def test_the_age_restricted_stream_works_without_its_info(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.switches.info = "age_restricted"
    tiktok.room.scripts = [[WaitEntered(), *ENDING]]
    await listener.listen()
    assert len(listener.got("ConnectEvent")) == 1


async def test_a_fallback_push_server_still_speaks(tiktok: FakeTikTok, listener: Listener) -> None:
    tiktok.room.switches.sign = "fallback"
    tiktok.room.scripts = [[WaitEntered(), chat("here"), *ENDING]]
    await listener.listen()
    assert tiktok.room.connections[0].path.startswith("/fallback/")
    assert len(listener.got("CommentEvent")) == 1


async def test_without_is_first_the_library_never_enters(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.switches.sign = "not_first"
    tiktok.room.scripts = [[chat("here"), WaitAck(), Close()]]
    await listener.listen()
    assert listener.got("ConnectEvent") == []
    assert tiktok.room.connections[0].entered == []


async def test_a_stranger_with_our_certificate_is_refused_and_a_friend_accepted() -> None:
    async with FakeTikTok(tls=True) as tiktok:
        tiktok.room.scripts = [[WaitEntered(), chat("secret"), *ENDING]]
        with tiktok.overrides():
            refusing = Listener()
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                await refusing.listen()
            await refusing.close()
            trust = tls.trusting_context()
            accepting = Listener(
                web_kwargs={"httpx_kwargs": {"verify": trust}}, ws_kwargs={"ssl": trust}
            )
            await accepting.listen()
            await accepting.close()
        assert tiktok.push_url.startswith("wss://")
        assert [event.comment for event in accepting.got("CommentEvent")] == ["secret"]


async def test_only_our_authority_vouches_for_the_server() -> None:
    reader = writer = None
    async with FakeTikTok(tls=True) as tiktok:
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection(
                "127.0.0.1", tiktok.port, ssl=ssl.create_default_context()
            )
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", tiktok.port, ssl=tls.trusting_context()
        )
        assert reader is not None
        writer.close()
        await writer.wait_closed()


async def test_the_settings_of_the_library_are_put_back(tiktok: FakeTikTok) -> None:
    from TikTokLive.client.web.web_settings import WebDefaults

    before = (
        WebDefaults.tiktok_app_url,
        WebDefaults.tiktok_webcast_url,
        WebDefaults.tiktok_sign_url,
    )
    with tiktok.overrides():
        assert WebDefaults.tiktok_app_url == tiktok.base
    after = (
        WebDefaults.tiktok_app_url,
        WebDefaults.tiktok_webcast_url,
        WebDefaults.tiktok_sign_url,
    )
    assert before == after
    assert all(url.startswith("https://") for url in after)


async def test_the_gift_list_is_read_signed_where_it_is_refused_without(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.switches.gift_list = ["unsigned_403", "unsigned_empty", "unsigned_403"]
    web = listener.client.web
    web.params["room_id"] = str(tiktok.room.room_id)
    for _ in range(2):
        with pytest.raises(Exception) as refused:  # noqa: PT011 - the class is checked by name below
            await web.fetch_gift_list()
        assert type(refused.value).__name__ == "FailedFetchGiftListError"
    signed = await web.get(f"{tiktok.urls.webcast}/gift/list/", sign_url=True)
    assert {"id": 5655, "name": "Rose", "diamond_count": 1}.items() <= signed.json()["data"][
        "gifts"
    ][0].items()
