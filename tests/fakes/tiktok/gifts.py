"""Gifts: the kinds a stream sees, and the frames TikTok writes for singles, combos and guests.

A combo is progress frames (repeat_end 0, cumulative repeat_count, one group_id) and an end frame.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
from dataclasses import dataclass
from typing import Literal

from tests.fakes.tiktok.messages import FRESH, Msg, Stamp, message, new_msg_id, now_ms
from tests.fakes.tiktok.proto import encode
from tests.fakes.tiktok.viewers import ALICE, STREAMER, Viewer, image

COMBO_TYPE, SINGLE_TYPE, FAN_TYPE = 1, 2, 4

_groups = itertools.count(1_763_688_000_123, 205)


def new_group() -> int:
    """Return a streak id nobody had yet: in real rooms the epoch ms of the first send."""
    return next(_groups)


@dataclass(frozen=True, slots=True)
class GiftKind:
    """One gift of the catalogue; `type` 1 can be combined into a streak, others come alone."""

    id: int
    name: str
    coins: int
    type: int = COMBO_TYPE

    @property
    def combo(self) -> bool:
        """Say whether sends of this gift form streaks."""
        return self.type == COMBO_TYPE


ROSE = GiftKind(5655, "Rose", 1)
TIKTOK = GiftKind(5269, "TikTok", 1)
FINGER_HEART = GiftKind(5487, "Finger Heart", 5)
DOUGHNUT = GiftKind(5879, "Doughnut", 30)
HEART_ME = GiftKind(7934, "Heart Me", 1, FAN_TYPE)
HAND_HEARTS = GiftKind(5660, "Hand Hearts", 100, SINGLE_TYPE)
MONEY_GUN = GiftKind(7168, "Money Gun", 500, SINGLE_TYPE)
LION = GiftKind(6369, "Lion", 29999, SINGLE_TYPE)
UNIVERSE = GiftKind(9072, "TikTok Universe", 44999, SINGLE_TYPE)

CATALOGUE: tuple[GiftKind, ...] = (
    ROSE,
    TIKTOK,
    FINGER_HEART,
    DOUGHNUT,
    HEART_ME,
    HAND_HEARTS,
    MONEY_GUN,
    LION,
    UNIVERSE,
)


@functools.lru_cache(maxsize=1024)
def gift_struct(kind: GiftKind) -> bytes:
    """Return the Gift struct: 1 image, 5 id, 10 combo, 11 type, 12 diamond_count, 16 name."""
    hosts = ("p16", "p19")
    picture = image(
        *(
            f"https://{host}-webcast.tiktokcdn.com/img/maliva/webcast-va/"
            f"{kind.id:032x}~tplv-obj.webp"
            for host in hosts
        ),
        uri=f"webcast-va/{kind.id:032x}",
        color="#405237",
    )
    return encode(
        (1, picture),
        (2, f"sent {kind.name}"),
        (4, 1000),
        (5, kind.id),
        (7, True),
        (10, kind.combo),
        (11, kind.type),
        (12, kind.coins),
        (13, True),
        (14, 2000 + kind.id),
        (16, kind.name),
        (21, picture),
        (47, picture),
    )


@dataclass(frozen=True, slots=True)
class Gift:
    """One WebcastGiftMessage to be. `count` is cumulative within `group`; `added` is the step.

    `to` is a guest who gets the gift instead of the streamer; `to_fields` chooses how TikTok says
    so: "user" (8), "member" (45-47) or "both". `struct` False leaves the gift struct out.
    """

    kind: GiftKind
    sender: Viewer = ALICE
    count: int = 1
    end: bool = False
    group: int = 0
    added: int | None = None
    to: Viewer | None = None
    to_fields: Literal["user", "member", "both"] = "both"
    order_id: str = ""
    struct: bool = True
    monitor: bool = True
    group_count: int = 1
    at: Stamp = FRESH

    def message(self) -> Msg:
        """Return the message; without `at.msg_id` every call takes a fresh id."""
        msg_id = new_msg_id() if self.at.msg_id is None else self.at.msg_id
        at = dataclasses.replace(self.at, msg_id=msg_id)
        log_id = f"20261121{msg_id % 10**20:020d}"
        return message(
            "WebcastGiftMessage",
            at,
            *self._counts(),
            (7, self.sender.encode()),
            (8, self.to.encode() if self.to and self.to_fields != "member" else None),
            (9, self.end),
            (11, self.group),
            (13, self._step() * self.kind.coins),
            (15, gift_struct(self.kind) if self.struct else None),
            (16, log_id),
            (17, 1),
            (22, self._monitor_extra(at, log_id) if self.monitor else None),
            (23, self._monitor_info()),
            (25, self.count == 1 and not self.end),
            (28, self.order_id),
            (32, self.sender.identity(gives_gift=True)),
            (34, not self.end),
            *self._member(),
            display=self._display(),
        )

    def _step(self) -> int:
        if self.added is not None:
            return self.added
        return 0 if self.end else 1

    def _counts(self) -> tuple[tuple[int, int], ...]:
        fan_tickets = self.kind.coins * self.count
        return (
            (2, self.kind.id),
            (3, fan_tickets),
            (4, self.group_count),
            (5, self.count),
            (6, self.count),
        )

    def _member(self) -> tuple[tuple[int, int | str], ...]:
        if self.to is None or self.to_fields == "user":
            return ()
        return ((45, str(self.to.id)), (46, self.to.id), (47, self.to.nickname))

    def _monitor_extra(self, at: Stamp, log_id: str) -> str:
        receiver = self.to or STREAMER
        return json.dumps(
            {
                "anchor_id": STREAMER.id,
                "from_idc": "maliva",
                "from_user_id": self.sender.id,
                "gift_id": self.kind.id,
                "gift_type": self.kind.type,
                "log_id": log_id,
                "msg_id": at.msg_id,
                "repeat_count": self.count,
                "repeat_end": int(self.end),
                "room_id": at.room_id,
                "to_user_id": receiver.id,
            }
        )

    def _monitor_info(self) -> bytes:
        receiver = self.to or STREAMER
        sent = now_ms() if self.at.create_ms is None else self.at.create_ms
        return encode((1, STREAMER.id), (2, 372), (3, sent - 372), (4, sent), (8, receiver.id))

    def _display(self) -> bytes:
        pieces = [
            encode((1, 11), (21, encode((1, self.sender.encode())))),
            encode((1, 12), (22, encode((1, self.kind.id)))),
            encode((1, 1), (3, f"x{self.count}")),
        ]
        pattern = "{0:user} sent {1:gift} {2:string}"
        return encode((1, "webcast_aweme_gift_send_message"), (2, pattern), (4, pieces))


def gift(kind: GiftKind, sender: Viewer = ALICE, at: Stamp = FRESH) -> Msg:
    """Return a gift that is whole at once: a single, or a combo gift in one end frame."""
    if kind.combo:
        return Gift(kind, sender, end=True, group=new_group(), at=at).message()
    return Gift(kind, sender, at=at).message()


@dataclass(frozen=True, slots=True)
class Combo:
    """One streak: hand out its progress frames, its end and its resent end in any order."""

    kind: GiftKind
    sender: Viewer = ALICE
    to: Viewer | None = None
    group: int = dataclasses.field(default_factory=new_group)
    room_id: int = Stamp().room_id

    def _gift(self, count: int, *, end: bool, added: int | None) -> Msg:
        at = Stamp(room_id=self.room_id)
        return Gift(self.kind, self.sender, count, end, self.group, added, self.to, at=at).message()

    def progress(self, count: int, *, added: int | None = None) -> Msg:
        """Return the frame that says: so far `count`, and it goes on."""
        return self._gift(count, end=False, added=added)

    def end(self, count: int) -> Msg:
        """Return the end frame; calling it again is the end resent under a fresh message id."""
        return self._gift(count, end=True, added=None)

    def frames(self, total: int, step: int = 1) -> list[Msg]:
        """Return the whole streak: counts step by step up to `total`, then the end."""
        counts = [*range(step, total, step), total]
        steps = [now - before for before, now in itertools.pairwise([0, *counts])]
        progress = [
            self.progress(count, added=added) for count, added in zip(counts, steps, strict=True)
        ]
        return [*progress, self.end(total)]
