"""The client of the control channel: it finds the core, asks, and comes back by itself."""

import asyncio
import threading

import pytest

from app.core.links import LinkReason, LinkStage
from app.endpoint import Endpoint
from app.gateway.client import ChannelClosed, Client
from app.gateway.messages import Changed, CheckLive, Fire, Status
from tests.app.gateway.rooms import House, until


class Door:
    """A guardian's endpoint that leads to a server of this test."""

    def __init__(self, profile, house):
        self.house = house
        self.stops = []
        self.answers = []
        self.endpoint = Endpoint(profile, self.answer)

    def answer(self, request):
        if request["want"] == "stop":
            self.stops.append(request["source"])
            return {"ok": True}
        if self.answers:
            return self.answers.pop(0)
        return {"ok": True, "port": self.house.port, "token": self.house.token()}


class Desk:
    def __init__(self, profile, **more):
        self.changed, self.snapshots, self.links, self.reports = [], [], [], []
        self.client = Client(
            profile,
            start_core=more.pop("start_core", None),
            on_changed=self.changed.append,
            on_snapshot=self.snapshots.append,
            on_link=self.links.append,
            on_stop_report=self.reports.append,
            **more,
        )

    async def __aenter__(self):
        self.task = asyncio.get_running_loop().create_task(self.client.run())
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        assert self.client.link.stage is LinkStage.OFF

    @property
    def stages(self):
        return [one.stage for one in self.links]


@pytest.fixture
async def house():
    async with House() as made:
        yield made


@pytest.fixture
async def door(profile, house):
    made = Door(profile, house)
    yield made
    await asyncio.to_thread(made.endpoint.close)


async def test_a_client_finds_the_core_and_hears_of_changes(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        assert desk.stages == [LinkStage.CONNECTING, LinkStage.ONLINE]
        house.server.publish(Changed(waiting=4))
        await until(lambda: desk.changed)
        assert desk.changed[0].waiting == 4


async def test_answers_find_their_questions(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        slow = asyncio.gather(desk.client.ask(CheckLive(user="x")))
        assert (await desk.client.ask(Status())).snapshot is not None
        assert not slow.done()
        house.room.go.set()
        assert (await slow)[0].ok


async def test_without_a_core_a_question_is_refused_at_once(profile):
    desk = Desk(profile)
    with pytest.raises(ChannelClosed):
        await desk.client.ask(Status())


async def test_a_question_that_gets_no_answer_ends(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        with pytest.raises(ChannelClosed):
            await desk.client.ask(CheckLive(user="x"), timeout_s=0.05)
        house.room.go.set()


async def test_a_lost_core_is_told_in_words_and_found_again(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        waiting = asyncio.gather(desk.client.ask(CheckLive(user="x")), return_exceptions=True)
        await until(lambda: house.room.asked)
        for connection in list(house.server._server.connections):
            connection.transport.abort()
        assert isinstance((await waiting)[0], ChannelClosed)
        await until(lambda: len(desk.snapshots) == 2)
        lost = next(one for one in desk.links if one.stage is LinkStage.WAITING)
        assert lost.reason is LinkReason.CRASHED
        assert desk.client.link.stage is LinkStage.ONLINE
        house.room.go.set()


async def test_a_core_that_restarts_is_waited_for_with_the_guardians_words(profile, house, door):
    words = {"ok": False, "state": "restarting", "words": "It starts again.", "detail": "fire"}
    door.answers = [words]
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        waiting = next(one for one in desk.links if one.stage is LinkStage.WAITING)
        assert waiting.detail == "It starts again. fire"


async def test_a_core_that_starts_is_asked_for_again_without_ado(profile, house, door):
    door.answers = [{"ok": False, "state": "starting"}] * 5
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        assert desk.stages == [LinkStage.CONNECTING, LinkStage.ONLINE]


async def test_a_wrong_token_is_tried_again_with_a_new_one(profile, house, door):
    door.answers = [{"ok": True, "port": house.port, "token": "wrong"}]
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        assert LinkStage.WAITING in desk.stages


async def test_nobody_at_the_port_is_no_end(profile, house, door):
    door.answers = [{"ok": True, "port": 9, "token": "x"}]
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)


async def test_no_guardian_is_started_once_and_waited_for(profile, house):
    made, started = [], threading.Event()

    def start():
        started.set()
        made.append(Door(profile, house))

    async with Desk(profile, start_core=start) as desk:
        await until(lambda: desk.snapshots)
        assert started.is_set()
        assert len(made) == 1
    await asyncio.to_thread(made[0].endpoint.close)


@pytest.mark.expect_log("guardian could not be started")
async def test_a_program_that_cannot_be_started_is_told(profile):
    def start():
        raise OSError("no memory")

    async with Desk(profile, start_core=start) as desk:
        await until(lambda: LinkStage.BLOCKED in desk.stages)
        assert "could not start its engine" in desk.client.link.detail


async def test_try_now_does_not_wait(profile, house):
    async with Desk(profile) as desk:
        await until(lambda: desk.stages.count(LinkStage.WAITING) > 4)
        made = Door(profile, house)
        desk.client.try_now()
        await until(lambda: desk.snapshots)
        await asyncio.to_thread(made.endpoint.close)


async def test_the_end_of_the_core_on_purpose_ends_the_client(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        await house.server.stop("quit")
        async with asyncio.timeout(10):
            await desk.task
        assert desk.client.link.stage is LinkStage.OFF


async def test_stop_goes_both_ways(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        threading.Thread(target=desk.client.stop_all, args=("button",)).start()
        await until(lambda: desk.reports)
        await until(lambda: house.room.asked)
        assert (door.stops, house.room.asked[0].source) == (["button"], "button")
        assert desk.reports[0].sentence == ""


async def test_stop_without_a_guardian_still_goes_by_the_channel(profile, house, door):
    async with Desk(profile) as desk:
        await until(lambda: desk.snapshots)
        await asyncio.to_thread(door.endpoint.close)
        desk.client.stop_all("button")
        await until(lambda: desk.reports)
        assert (desk.reports[0].channel, desk.reports[0].guardian) == (True, False)
        assert desk.reports[0].sentence == ""


@pytest.mark.expect_log("nobody answered")
async def test_stop_that_reaches_nobody_tells_what_to_do(profile):
    async with Desk(profile) as desk:
        desk.client.stop_all("button")
        await until(lambda: desk.reports)
        assert "Pull the plug" in desk.reports[0].sentence


def test_a_client_lives_on_the_loop_of_qt(profile, qapp):
    import qasync

    # The server has a loop and a thread of its own, as the core has a process.
    served, ended = threading.Event(), threading.Event()
    box = {}

    async def serve():
        async with House() as house:
            door = Door(profile, house)
            box["house"] = house
            served.set()
            await asyncio.to_thread(ended.wait, 60)
            await asyncio.to_thread(door.endpoint.close)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert served.wait(10)

    async def visit():
        async with Desk(profile) as desk:
            await until(lambda: desk.snapshots)
            answers = await asyncio.gather(*(desk.client.ask(Fire()) for _ in range(20)))
            assert all(one.ok for one in answers)
            desk.client.stop_all("button")
            await until(lambda: desk.reports)

    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
            runner.run(visit())
    finally:
        ended.set()
        thread.join(10)
