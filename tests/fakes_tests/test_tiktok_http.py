"""The pages, the webcast API and the sign server, in every mood they can be switched to."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.fakes.tiktok import messages
from tests.fakes.tiktok.gifts import GiftKind
from tests.fakes.tiktok.messages import ROOM_ID
from tests.fakes.tiktok.proto import Fields, WireError, decode, first_bytes, first_int, first_text
from tests.fakes.tiktok.signing import FALLBACK_TEXT
from tests.fakes.tiktok.switches import MODES, Switches

if TYPE_CHECKING:
    from tests.fakes.tiktok.server import FakeTikTok

SIGI = re.compile(r'<script id="SIGI_STATE" type="application/json">(.*?)</script>')


async def get(http: aiohttp.ClientSession, url: str, **query: object) -> tuple[int, Any, bytes]:
    async with http.get(url, params={k: str(v) for k, v in query.items()}) as answer:
        return answer.status, answer.headers, await answer.read()


async def page(
    http: aiohttp.ClientSession, tiktok: FakeTikTok, user: str = "creator"
) -> tuple[int, str]:
    status, _, body = await get(http, f"{tiktok.urls.app}/@{user}/live")
    return status, body.decode()


async def sign(http: aiohttp.ClientSession, tiktok: FakeTikTok) -> tuple[int, Any, bytes]:
    return await get(http, f"{tiktok.urls.sign}/webcast/fetch", room_id=ROOM_ID, client="x")


def state(html: str) -> dict[str, Any]:
    found = SIGI.search(html)
    assert found is not None
    return json.loads(found.group(1))


async def test_the_live_page_tells_room_and_status(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    _, html = await page(http, tiktok)
    user = state(html)["LiveRoom"]["liveRoomUserInfo"]["user"]
    assert (user["roomId"], user["status"]) == (str(ROOM_ID), 2)
    tiktok.room.live = False
    _, html = await page(http, tiktok)
    assert state(html)["LiveRoom"]["liveRoomUserInfo"]["user"]["status"] == 4


async def test_a_stranger_has_no_stream(tiktok: FakeTikTok, http: aiohttp.ClientSession) -> None:
    _, html = await page(http, tiktok, "nobody")
    assert "LiveRoom" not in state(html)
    _, _, body = await get(http, f"{tiktok.base}/api-live/user/room/", uniqueId="nobody")
    assert json.loads(body)["message"] == "user_not_found"
    tiktok.room.exists = False
    _, html = await page(http, tiktok)
    assert "LiveRoom" not in state(html)


@pytest.mark.parametrize(
    ("mode", "status", "sign_of"),
    [
        ("captcha", 200, "slider"),
        ("blocked_ip", 403, "Access Denied"),
        ("no_state", 200, "<body></body>"),
        ("broken", 200, "SIGI_STATE"),
        ("never_live", 200, "AppContext"),
        ("empty", 200, ""),
        ("500", 500, "Error"),
    ],
)
async def test_the_live_page_can_fail(
    tiktok: FakeTikTok, http: aiohttp.ClientSession, mode: str, status: int, sign_of: str
) -> None:
    tiktok.room.switches.page = mode
    got, html = await page(http, tiktok)
    assert got == status
    assert sign_of in html
    assert str(ROOM_ID) not in html


async def test_a_broken_page_is_not_json(tiktok: FakeTikTok, http: aiohttp.ClientSession) -> None:
    tiktok.room.switches.page = "broken"
    _, html = await page(http, tiktok)
    with pytest.raises(json.JSONDecodeError):
        state(html)


async def test_the_api_tells_the_room_too(tiktok: FakeTikTok, http: aiohttp.ClientSession) -> None:
    url = f"{tiktok.base}/api-live/user/room/"
    tiktok.room.switches.api = ["ok", "no_room", "not_found", "empty"]
    bodies = [(await get(http, url, uniqueId="creator", sourceType=54))[2] for _ in range(4)]
    assert json.loads(bodies[0])["data"]["user"]["roomId"] == str(ROOM_ID)
    assert "roomId" not in json.loads(bodies[1])["data"]["user"]
    assert json.loads(bodies[2])["message"] == "user_not_found"
    assert bodies[3] == b""


async def test_check_alive_answers_for_each_room(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    other = tiktok.add_room("other", 77)
    other.live = False
    url = f"{tiktok.urls.webcast}/room/check_alive/"
    _, _, body = await get(http, url, room_ids=f"{ROOM_ID},77,5")
    assert [entry["alive"] for entry in json.loads(body)["data"]] == [True, False, False]
    tiktok.room.switches.alive = "dead"
    _, _, body = await get(http, url, room_ids=ROOM_ID)
    assert json.loads(body)["data"][0]["alive"] is False


async def test_room_info_and_gift_list_answer_and_refuse(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    info, gift_list = f"{tiktok.urls.webcast}/room/info/", f"{tiktok.urls.webcast}/gift/list/"
    _, _, body = await get(http, info, room_id=ROOM_ID)
    assert json.loads(body)["data"]["owner"]["display_id"] == "creator"
    tiktok.room.switches.info = "age_restricted"
    _, _, body = await get(http, info, room_id=ROOM_ID)
    assert "prompts" in json.loads(body)["data"]
    tiktok.room.switches.gift_list = ["ok", "403", "empty"]
    _, _, body = await get(http, gift_list, room_id=ROOM_ID)
    assert {"id": 5655, "name": "Rose"}.items() <= json.loads(body)["data"]["gifts"][0].items()
    assert (await get(http, gift_list, room_id=ROOM_ID))[0] == 403
    assert (await get(http, gift_list, room_id=ROOM_ID))[2] == b""


async def test_the_gift_list_speaks_the_language_it_is_asked_in(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    url = f"{tiktok.urls.webcast}/gift/list/"

    async def names(tag: str) -> set[str]:
        _, _, body = await get(http, url, room_id=ROOM_ID, webcast_language=tag)
        return {gift["name"] for gift in json.loads(body)["data"]["gifts"]}

    assert {"Rose", "Lion"} <= await names("en-US")
    assert {"Hoa hồng", "Sư tử", "Money Gun"} <= await names("vi-VN")
    tiktok.room.extra_gifts = (GiftKind(70_001, "Only here", 7),)
    assert "Only here" in await names("en-US")


async def test_the_gift_list_may_want_a_signature(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    url = f"{tiktok.urls.webcast}/gift/list/"
    tiktok.room.switches.gift_list = "unsigned_403"
    assert (await get(http, url, room_id=ROOM_ID))[0] == 403
    async with http.post(
        f"{tiktok.base}/webcast/sign_url", json={"url": f"{url}?room_id={ROOM_ID}"}
    ) as response:
        signed = (await response.json())["response"]["signedUrl"]
    assert (await get(http, signed))[0] == 200
    tiktok.room.switches.gift_list = "unsigned_empty"
    assert (await get(http, url, room_id=ROOM_ID))[2] == b""
    assert len((await get(http, signed))[2]) > 1000


def result(body: bytes) -> Fields:
    return decode(body)


async def test_the_sign_answer_carries_all_a_client_needs(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    tiktok.room.backlogs = [[messages.chat("before you came")]]
    status, headers, body = await sign(http, tiktok)
    fields = result(body)
    assert status == 200
    assert headers["X-Set-TT-Cookie"].startswith("ttwid=")
    assert [first_text(decode(m), 1) for m in fields[1]] == ["WebcastChatMessage"]
    assert first_text(fields, 2)
    assert first_text(fields, 5)
    assert first_text(fields, 10) == tiktok.push_url
    assert len(fields[7]) == 3
    assert first_int(fields, 11) == 1
    assert 1 not in result((await sign(http, tiktok))[2])


@pytest.mark.parametrize(
    ("mode", "header", "value"),
    [
        ("429", "RateLimit-Reset", "epoch"),
        ("429_epoch", "RateLimit-Reset", "epoch"),
        ("429_seconds", "RateLimit-Reset", "seconds"),
        ("429_retry_after", "Retry-After", "seconds"),
        ("429_x_reset", "X-RateLimit-Reset", "epoch"),
        ("429_bare", None, ""),
    ],
)
async def test_too_many_requests_tells_the_wait_in_each_known_way(
    tiktok: FakeTikTok, http: aiohttp.ClientSession, mode: str, header: str | None, value: str
) -> None:
    tiktok.room.switches.sign = mode
    tiktok.room.retry_after_s = 90
    status, headers, body = await sign(http, tiktok)
    told = {h for h in ("RateLimit-Reset", "Retry-After", "X-RateLimit-Reset") if h in headers}
    assert status == 429
    assert told == ({header} if header else set())
    assert json.loads(body)["limit_label"] == "rate_limit_account_day"
    if header and value == "seconds":
        assert headers[header] == "90"
    elif header:
        assert abs(int(headers[header]) - time.time() - 90) < 30


@pytest.mark.parametrize("mode", ["401", "403", "500", "503"])
async def test_the_sign_server_refuses_with_a_status(
    tiktok: FakeTikTok, http: aiohttp.ClientSession, mode: str
) -> None:
    tiktok.room.switches.sign = mode
    status, headers, body = await sign(http, tiktok)
    assert status == json.loads(body)["code"] == int(mode)
    assert "X-Set-TT-Cookie" not in headers


async def test_the_sign_answer_can_lack_each_part(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    tiktok.room.switches.sign = [
        "no_cookie",
        "no_cursor",
        "no_push_server",
        "not_first",
        "empty",
        "garbage",
    ]
    _, headers, body = await sign(http, tiktok)
    assert "X-Set-TT-Cookie" not in headers
    assert first_text(result(body), 10)
    assert 2 not in result((await sign(http, tiktok))[2])
    no_push = result((await sign(http, tiktok))[2])
    assert 10 not in no_push
    assert 7 not in no_push
    assert 11 not in result((await sign(http, tiktok))[2])
    assert (await sign(http, tiktok))[2] == b""
    with pytest.raises(WireError):
        result((await sign(http, tiktok))[2])


async def test_the_fallback_answer_is_a_small_stub_for_another_server(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    tiktok.room.switches.sign = "fallback"
    _, _, body = await sign(http, tiktok)
    fields = result(body)
    assert len(body) < 300
    assert first_text(fields, 2) == FALLBACK_TEXT
    assert first_text(fields, 10) != tiktok.push_url


async def test_hanging_endpoints_end_with_the_server(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.sign = "hang"
    tiktok.room.switches.page = "hang"
    patience = aiohttp.ClientTimeout(total=0.3)
    async with aiohttp.ClientSession(timeout=patience) as http:
        for ask in (sign(http, tiktok), page(http, tiktok)):
            with pytest.raises(asyncio.TimeoutError):
                await ask
    assert len(tiktok.calls("/webcast/fetch")) == 1


async def test_a_reset_sign_server_drops_the_connection(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    tiktok.room.switches.sign = "reset"
    with pytest.raises(aiohttp.ClientConnectionError):
        await sign(http, tiktok)
    tiktok.room.switches.sign = "ok"
    assert (await sign(http, tiktok))[0] == 200


async def test_signing_an_address_and_asking_for_limits(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    async with http.post(
        f"{tiktok.urls.sign}/webcast/sign_url", json={"url": "http://x/y?a=1"}
    ) as answer:
        assert (await answer.json())["response"]["signedUrl"].startswith("http://x/y?a=1&msToken")
    tiktok.room.switches.rate_limits = ["ok", "spent"]
    for left in (9, 0):
        _, _, body = await get(http, f"{tiktok.urls.sign}/webcast/rate_limits")
        assert json.loads(body)["minute"]["remaining"] == left


async def test_every_request_is_kept_with_query_and_headers(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    await get(http, f"{tiktok.urls.webcast}/room/info/", room_id=ROOM_ID)
    await page(http, tiktok)
    first, second = tiktok.requests
    assert (first.method, first.path, first.query["room_id"]) == (
        "GET",
        "/webcast/room/info/",
        str(ROOM_ID),
    )
    assert second.path == "/@creator/live"
    assert "User-Agent" in second.headers
    assert first.at_ns < second.at_ns
    assert tiktok.calls("/room/info") == [first]


async def test_a_numeric_profile_tells_the_name(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    _, _, body = await get(http, f"{tiktok.base}/@9000")
    assert b"__UNIVERSAL_DATA_FOR_REHYDRATION__" in body
    assert b'"uniqueId": "creator"' in body


def test_a_word_that_does_not_exist_is_refused() -> None:
    switches = Switches()
    with pytest.raises(ValueError, match="sign knows"):
        switches.sign = "429_typo"
    with pytest.raises(ValueError, match="page knows"):
        switches.page = []
    with pytest.raises(AttributeError):
        switches.sing = "ok"


def test_a_list_of_words_is_taken_call_by_call_and_the_last_stays() -> None:
    switches = Switches()
    switches.sign = ["500", "503", "ok"]
    assert [switches.take("sign") for _ in range(5)] == ["500", "503", "ok", "ok", "ok"]
    switches.sign = ["401"]
    assert switches.take("sign") == "401"
    assert all(switches.take(name) == "ok" for name in MODES if name != "sign")


async def test_the_last_messages_ride_in_the_next_sign_answer(
    tiktok: FakeTikTok, http: aiohttp.ClientSession
) -> None:
    tiktok.room.redeliver = 2
    sent = [messages.chat(str(number)) for number in range(3)]
    for msg in sent:
        await tiktok.push(tiktok.room, msg)
    fields = result((await sign(http, tiktok))[2])
    told = [decode(msg) for msg in fields[1]]
    assert [first_int(msg, 3) for msg in told] == [msg.msg_id for msg in sent[1:]]
    assert [first_int(msg, 6) for msg in told] == [1, 1]
    assert [first_bytes(msg, 2) for msg in told] == [msg.payload for msg in sent[1:]]
