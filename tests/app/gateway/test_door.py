"""The local door through a whole core: who may call, who may not, and what the overlay shows."""

import asyncio
import contextlib
import json
import socket

import httpx
import pytest

from app.core import rules as document_of
from app.gateway.door import MOST_CONNECTIONS
from app.gateway.messages import Fire, GetDoor, SetSetting
from tests.app.gateway.core import Core
from tests.ports import free_port

ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
SPIN = {"key": "rotate", "device": "motor", "rounds": "turns", "rpm": "100"}
CALLED = {"id": "call", "on": True, "when": {"key": "called", "name": "spin"}, "do": [SPIN]}
SHOW = {"key": "show_text", "text": "Thanks <b>{user}</b>!", "seconds": 2}
THANKS = {"id": "thanks", "on": True, "when": ROSE, "do": [SHOW]}


class Open:
    """A core with its door open, and a program that may call."""

    def __init__(self, profile):
        content = {"version": document_of.VERSION, "rules": [CALLED, THANKS]}
        (profile / "rules.json").write_text(json.dumps(content))
        self.port = free_port()
        self.core = Core(profile)

    async def __aenter__(self):
        await self.core.__aenter__()
        assert (await self.core.ask(SetSetting(key="door_port", value=self.port))).ok
        door = (await self.core.ask(GetDoor())).door
        assert door.port == self.port
        self.token = door.token
        self.web = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Authorization": f"Bearer {self.token}"},
            trust_env=False,
        )
        return self

    async def __aexit__(self, *what):
        await self.web.aclose()
        await self.core.__aexit__(*what)

    async def ran(self):
        return next(one.ran for one in (await self.core.now()).rules if one.id == "call")


@pytest.fixture
async def door(tmp_path):
    async with Open(tmp_path) as one:
        yield one


async def test_a_program_calls_a_rule_with_a_number(door):
    answer = await door.web.post("/call/SPIN", json={"text": "hi", "numbers": {"turns": 2}})
    assert answer.status_code == 202
    assert answer.json()["id"].startswith("call/")

    def turning(snapshot):
        return [one.args.get("rounds") for one in snapshot.running]

    assert await door.core.see(turning, "a turning motor") == [2.0]
    assert await door.ran() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": ""}, 401),
        ({"Origin": "https://example.com"}, 403),
        ({"Host": "evil.example"}, 403),
    ],
)
async def test_strangers_are_sent_away(door, headers, status):
    answer = await door.web.post("/call/spin", headers=headers)
    assert answer.status_code == status
    assert door.token not in answer.text
    assert await door.ran() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{nonsense", 400),
        (b'{"numbers": {"a": "many"}}', 400),
        (b'{"other": 1}', 400),
        (b'{"text": "' + b"x" * 10_000 + b'"}', 413),
    ],
)
async def test_nonsense_is_refused_and_runs_nothing(door, body, status):
    assert (await door.web.post("/call/spin", content=body)).status_code == status
    assert await door.ran() == 0


async def test_floods_are_held_back(door):
    answers = await asyncio.gather(*(door.web.post("/call/other") for _ in range(120)))
    statuses = {one.status_code for one in answers}
    assert statuses <= {202, 429}
    assert [one.status_code for one in answers].count(429) > 0


async def test_a_new_token_shuts_the_old_one_out(door):
    fresh = (await door.core.ask(GetDoor(fresh=True))).door.token
    assert fresh != door.token
    assert (await door.web.post("/call/spin")).status_code == 401
    headers = {"Authorization": f"Bearer {fresh}"}
    assert (await door.web.post("/call/spin", headers=headers)).status_code == 202


async def test_the_overlay_shows_the_text_and_nothing_but_text(door):
    page = await door.web.get("/overlay", headers={"Authorization": ""})
    assert page.status_code == 200
    assert "textContent" in page.text
    async with asyncio.timeout(20), door.web.stream("GET", "/overlay/texts") as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith(":")
        await door.core.ask(Fire(who="<script>"))
        async for line in lines:
            if line.startswith("data: "):
                shown = json.loads(line.removeprefix("data: "))
                break
    assert shown == {"text": "Thanks <b><script></b>!", "seconds": 2.0}


async def test_a_shut_door_is_not_there(door):
    assert (await door.core.ask(SetSetting(key="door_port", value=0))).ok
    assert (await door.core.ask(GetDoor())).door.port == 0
    with pytest.raises(httpx.ConnectError):
        await door.web.post("/call/spin")


async def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with Core(tmp_path) as core:
            port = taken.getsockname()[1]
            assert (await core.ask(SetSetting(key="door_port", value=port))).ok

            def told(snapshot):
                return [one.values for one in snapshot.notices if one.code == "door_port_taken"]

            (values,) = await core.see(told, "a notice")
            assert values["port"] == str(port)


async def test_the_token_is_in_no_file(door, tmp_path):
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(door.token.encode() in content for content in kept)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_pictures_on_web_pages_do_not_take_the_overlays_place(door, site):
    headers = {"Authorization": "", "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    assert (await door.web.get("/overlay/texts", headers=headers)).status_code == 403
    own = {"Authorization": "", "Sec-Fetch-Site": "same-origin"}
    async with asyncio.timeout(20), door.web.stream("GET", "/overlay/texts", headers=own) as one:
        assert one.status_code == 200


@contextlib.asynccontextmanager
async def dialled(door):
    """A connection of a program that speaks for itself."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def gone(reader):
    """Wait until the other side has hung up."""
    async with asyncio.timeout(20):
        with contextlib.suppress(ConnectionError):
            while await reader.read(1000):
                pass


async def test_who_connects_and_says_nothing_is_sent_away(door):
    async with dialled(door) as (silent, _), dialled(door) as (slow, writer):
        writer.write(b"POST /call/spin HTTP/1.1\r\nHost: ")
        await asyncio.gather(gone(silent), gone(slow))
    assert (await door.web.post("/call/spin")).status_code == 202


async def test_a_body_that_never_comes_is_not_waited_for(door):
    head = (
        f"POST /call/spin HTTP/1.1\r\nHost: 127.0.0.1:{door.port}\r\n"
        f"Authorization: Bearer {door.token}\r\nContent-Length: 10\r\n\r\n"
    )
    async with dialled(door) as (reader, writer), asyncio.timeout(20):
        writer.write(head.encode() + b"{")
        assert b" 413 " in await reader.readline()
    assert await door.ran() == 0


async def test_there_are_so_many_connections_and_no_more(door):
    async with contextlib.AsyncExitStack() as stack:
        count = MOST_CONNECTIONS + 1
        many = [await stack.enter_async_context(dialled(door)) for _ in range(count)]
        # The last one at once, the others when they were silent for long enough.
        await gone(many[-1][0])
        assert not many[MOST_CONNECTIONS // 2][0].at_eof()
        await asyncio.gather(*(gone(reader) for reader, _ in many))
    assert (await door.web.post("/call/spin")).status_code == 202
