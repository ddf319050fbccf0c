"""An endless, believable stream: a calm room with people from two countries, made of a seed."""

from __future__ import annotations

import asyncio
import functools
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.tiktok import gifts, messages
from tests.fakes.tiktok.messages import ROOM_ID, Msg, Stamp
from tests.fakes.tiktok.viewers import Viewer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.fakes.tiktok.connection import Connection

VIEWERS_EVERY_S = 2.0
GIFT_EVERY_S = 2.0
COMBO_STEP_S = 0.35
COMBO_END_S = 3.0

_NAMES = (
    ("linh.nguyen", "Linh Nguyễn"),
    ("minh_tran92", "Minh Trần"),
    ("thuy.dung.le", "Thùy Dung"),
    ("quang.huy88", "Quang Huy"),
    ("be_na_2003", "Bé Na 🌸"),
    ("anhtuan.saigon", "Anh Tuấn"),
    ("phuong.mai", "Phương Mai"),
    ("hoang_long", "Hoàng Long"),
    ("sarahj", "Sarah J."),
    ("mike.rivers", "Mike Rivers"),
    ("emma_bakes", "Emma"),
    ("big_dan", "Big Dan"),
    ("olivia.w", "Olivia W"),
    ("jay_dee", "JayDee 🔥"),
    ("nora.lights", "Nora"),
    ("chris.ok", "Chris"),
)
_CHATS = (
    ("vi", "Chào chị ạ 👋"),
    ("vi", "Hay quá!"),
    ("vi", "Xin chào từ Đà Nẵng"),
    ("vi", "Quay tiếp đi ạ 😂"),
    ("vi", "Đèn đẹp quá"),
    ("en", "hello from Texas"),
    ("en", "that is so cool"),
    ("en", "what happens with a Lion?"),
    ("en", "spin it again 😂"),
    ("en", "love this stream ❤️"),
)
_GIFTS = (
    gifts.TIKTOK,
    gifts.ROSE,
    gifts.HEART_ME,
    gifts.FINGER_HEART,
    gifts.HAND_HEARTS,
)
_GIFT_WEIGHTS = (34, 46, 9, 7, 4)

Maker = Callable[[], Msg]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens again and again; `play` returns what comes of it and how soon."""

    every_s: float
    play: Callable[[], list[tuple[float, Maker]]]
    steady: bool = False


def _people() -> list[Viewer]:
    return [
        Viewer(
            id=6_900_000_000_000_000_000 + number,
            handle=handle,
            nickname=nickname,
            gifter_level=number * 2 % 33,
            fan_level=number % 11,
            is_follower=number % 3 != 1,
            is_moderator=number == 2,
            is_subscriber=number in {4, 11},
        )
        for number, (handle, nickname) in enumerate(_NAMES)
    ]


class Show:
    """The show of one stream; every connection sees its own run of it.

    `rate` multiplies everything but the viewer count, which comes each 2 s as in real rooms. At
    rate 1 there is about one gift every two seconds.
    """

    def __init__(self, *, rate: float = 1.0, seed: int = 1, room_id: int = ROOM_ID) -> None:
        """Set the pace; the same seed gives the same show."""
        self._rate = rate
        self._chance = random.Random(seed)
        self._stamp = Stamp(room_id=room_id)
        self._people = _people()
        self._likes = 0
        self._watching = 40

    async def __call__(self, connection: Connection) -> AsyncIterator[Msg]:
        """Yield one message after the other, each at its time, for ever: a script for a room."""
        del connection
        started = asyncio.get_running_loop().time()
        for at_s, msg in self.timeline():
            wait_s = started + at_s - asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, wait_s))
            yield msg()

    def timeline(self) -> Iterator[tuple[float, Maker]]:
        """Yield (seconds since the start, how to make the message then), in order, for ever."""
        order = itertools.count()
        due: list[tuple[float, int, Act | None, Maker | None]] = []
        for act in self._acts():
            heapq.heappush(due, (self._wait_s(act), next(order), act, None))
        while True:
            at_s, _, current, maker = heapq.heappop(due)
            if maker is not None:
                yield at_s, maker
            elif current is not None:
                for delay_s, later in current.play():
                    heapq.heappush(due, (at_s + delay_s, next(order), None, later))
                heapq.heappush(due, (at_s + self._wait_s(current), next(order), current, None))

    def _wait_s(self, act: Act) -> float:
        if act.steady:
            return act.every_s
        return act.every_s * self._chance.uniform(0.6, 1.4) / self._rate

    def _acts(self) -> list[Act]:
        return [
            Act(VIEWERS_EVERY_S, self._viewers, steady=True),
            Act(GIFT_EVERY_S, self._gift),
            # Rare, but a demo of five minutes shall surely see them.
            Act(45.0, functools.partial(self._send, gifts.LION)),
            Act(110.0, functools.partial(self._send, gifts.UNIVERSE)),
            Act(1.3, self._like),
            Act(2.5, self._join),
            Act(3.5, self._chat),
            Act(15.0, self._follow),
            Act(25.0, self._share),
            Act(60.0, self._subscribe),
        ]

    def _somebody(self) -> Viewer:
        return self._chance.choice(self._people)

    def _now(self, make: Callable[[Viewer], Msg]) -> list[tuple[float, Maker]]:
        who = self._somebody()
        return [(0.0, lambda: make(who))]

    def _viewers(self) -> list[tuple[float, Maker]]:
        self._watching = max(12, self._watching + self._chance.randint(-3, 4))
        watching = self._watching
        return [(0.0, lambda: messages.viewer_count(watching, self._stamp))]

    def _like(self) -> list[tuple[float, Maker]]:
        count = self._chance.randint(1, 15)
        # Real counts are sampled: the total grows by much more than the likes shown.
        self._likes += count + self._chance.randint(0, 30)
        total = self._likes
        return self._now(lambda who: messages.like(count, total, who, self._stamp))

    def _join(self) -> list[tuple[float, Maker]]:
        watching = self._watching
        return self._now(lambda who: messages.join(who, self._stamp, count=watching))

    def _chat(self) -> list[tuple[float, Maker]]:
        language, words = self._chance.choice(_CHATS)
        return self._now(lambda who: messages.chat(words, who, self._stamp, language=language))

    def _follow(self) -> list[tuple[float, Maker]]:
        return self._now(lambda who: messages.follow(who, self._stamp, followers=1200))

    def _share(self) -> list[tuple[float, Maker]]:
        joined = self._chance.choice((0, 0, 0, 5))
        return self._now(lambda who: messages.share(who, self._stamp, joined=joined))

    def _subscribe(self) -> list[tuple[float, Maker]]:
        months = self._chance.choice((1, 1, 2, 6))
        return self._now(lambda who: messages.subscribe(months, who, self._stamp))

    def _gift(self) -> list[tuple[float, Maker]]:
        return self._send(self._chance.choices(_GIFTS, weights=_GIFT_WEIGHTS)[0])

    def _send(self, kind: gifts.GiftKind) -> list[tuple[float, Maker]]:
        if not kind.combo:
            return self._now(lambda who: gifts.gift(kind, who, self._stamp))
        total = self._chance.randint(2, 12) if kind is gifts.ROSE else 1
        combo = gifts.Combo(kind, self._somebody(), room_id=self._stamp.room_id)
        steps: list[tuple[float, Maker]] = [
            (COMBO_STEP_S * (count - 1), functools.partial(combo.progress, count, added=1))
            for count in range(1, total + 1)
        ]
        end_s = COMBO_STEP_S * (total - 1) + COMBO_END_S
        return [*steps, (end_s, functools.partial(combo.end, total))]
