"""What changed is told soon, never too often, and nothing is done for nobody."""

import asyncio
import contextlib

import pytest

from app.gateway.messages import Changed
from app.gateway.publisher import WATCHED_EVERY_S, Publisher
from app.tasks import Tasks


class Room:
    """A board and its audience in one: what was noted since the last look, and what was told."""

    def __init__(self, *, watched=True, clients=1):
        self.on_news = lambda: None
        self.moving = False
        self.watched, self.clients = watched, clients
        self.noted = self.looks = 0
        self.told = []
        self.heard, self.looked = asyncio.Event(), asyncio.Event()

    def note(self):
        self.noted += 1
        self.on_news()

    def changes(self, numbers_every_s=0.5):
        assert numbers_every_s > 0
        self.looks += 1
        self.looked.set()
        noted, self.noted = self.noted, 0
        return Changed(waiting=noted) if noted else None

    def publish(self, changed):
        self.told.append(changed.waiting)
        self.heard.set()


@contextlib.asynccontextmanager
async def publishing(room):
    publisher, tasks = Publisher(room), Tasks()
    tasks.spawn("publisher", publisher.run(room))
    await asyncio.sleep(0)
    try:
        yield publisher
    finally:
        await tasks.cancel_all()


async def test_news_is_told_by_itself():
    room = Room()
    async with publishing(room), asyncio.timeout(10):
        for _ in range(5):
            room.heard.clear()
            room.note()
            await room.heard.wait()
    assert room.told == [1] * 5


async def test_news_of_another_thread_is_told_too():
    room = Room()
    async with publishing(room), asyncio.timeout(10):
        await asyncio.to_thread(room.note)
        await room.heard.wait()


async def test_a_flood_is_told_in_few_parts_and_none_is_lost():
    room = Room()
    loop = asyncio.get_running_loop()
    async with publishing(room), asyncio.timeout(20):
        began = loop.time()
        for _ in range(300):
            room.note()
            await asyncio.sleep(0.001)
        while sum(room.told) < 300:
            room.heard.clear()
            await room.heard.wait()
        assert len(room.told) <= (loop.time() - began) / WATCHED_EVERY_S + 2


async def test_without_news_it_looks_only_for_numbers():
    room = Room()
    async with publishing(room):
        await asyncio.sleep(0.3)
    assert room.looks <= 1


async def test_what_moves_is_looked_at_all_the_time():
    room = Room()
    room.moving = True
    async with publishing(room), asyncio.timeout(10):
        for _ in range(5):
            room.looked.clear()
            await room.looked.wait()


@pytest.mark.parametrize("clients", [0, 1])
async def test_unseen_news_waits_until_somebody_looks(clients):
    room = Room(watched=False, clients=clients)
    async with publishing(room) as publisher, asyncio.timeout(10):
        room.note()
        room.watched, room.clients = True, 1
        publisher.watched(True)
        await room.heard.wait()
    assert room.told == [1]


async def test_nobody_there_costs_no_look():
    room = Room(clients=0)
    async with publishing(room):
        for _ in range(20):
            room.note()
            await asyncio.sleep(0.005)
    assert room.looks == 0
