"""Streams made of a seed: traffic in the mix of real rooms, combos, losses and reconnects.

Every storm of gifts knows the truth: how many units of which gift came from whom, for whom.
"""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.tiktok import gifts, messages
from tests.fakes.tiktok.frames import Encoded, Frame
from tests.fakes.tiktok.proto import encode
from tests.fakes.tiktok.script import Abort, Script, Sleep, Step, WaitAck, WaitEntered
from tests.fakes.tiktok.viewers import Viewer, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.fakes.tiktok.messages import Msg

Key = tuple[int, int, int]
"""Viewer id, receiver id (0 for the streamer) and gift id."""


@dataclass(frozen=True, slots=True)
class Part:
    """One frame of a gift: what it shows so far, of which streak (0 for a single)."""

    msg: Msg
    group: int = 0
    count: int = 1
    end: bool = False


@dataclass(slots=True)
class Storm:
    """Gift frames in sending order, and the truth they tell together."""

    parts: list[Part] = field(default_factory=list)
    truth: Counter[Key] = field(default_factory=Counter)

    @property
    def msgs(self) -> list[Msg]:
        """Return the messages in sending order."""
        return [part.msg for part in self.parts]


def encoded(
    msgs: Iterable[Msg], *, per_frame: int = 1, need_ack: bool = False, gzip: bool = True
) -> list[Encoded]:
    """Return ready frames of `per_frame` messages each, for the fast path of `push_encoded`."""
    rows = list(msgs)
    groups = [rows[at : at + per_frame] for at in range(0, len(rows), per_frame)]
    return [Frame(group, gzip=gzip, need_ack=need_ack).encode() for group in groups]


def traffic(count: int, *, seed: int = 1, people: int = 60) -> list[Msg]:
    """Return messages in the mix of a busy room: 60 % likes, 20 % chat, 10 % joins, 6 % gifts."""
    chance = random.Random(seed)
    total = 10_000
    found: list[Msg] = []
    kinds = ("like", "chat", "join", "gift", "viewers", "follow")
    for kind in chance.choices(kinds, weights=(60, 20, 10, 6, 2, 2), k=count):
        viewer = numbered(chance.randrange(people))
        total += chance.randint(1, 40)
        found.append(_one(kind, viewer, chance, total))
    return found


def _one(kind: str, viewer: Viewer, chance: random.Random, total: int) -> Msg:
    match kind:
        case "like":
            return messages.like(chance.randint(1, 15), total, viewer)
        case "chat":
            return messages.chat(f"hello {chance.randrange(1000)} 👋", viewer)
        case "join":
            return messages.join(viewer, count=chance.randint(40, 90))
        case "follow":
            return messages.follow(viewer)
        case "viewers":
            return messages.viewer_count(chance.randint(40, 90))
        case _:
            return gifts.gift(chance.choice(gifts.CATALOGUE), viewer)


def singles(count: int, kind: gifts.GiftKind = gifts.HEART_ME, *, people: int = 50) -> Storm:
    """Return `count` gifts that come alone, from `people` viewers in turn."""
    storm = Storm()
    for number in range(count):
        viewer = numbered(number % people)
        storm.parts.append(Part(gifts.gift(kind, viewer)))
        storm.truth[viewer.id, 0, kind.id] += 1
    return storm


def combos(count: int, *, longest: int = 30, seed: int = 1, guests: Sequence[Viewer] = ()) -> Storm:
    """Return `count` whole combos that overlap in time, as in real rooms.

    Counts jump as real ones do (1, 3, 7, 10); one viewer may run several, also for `guests`.
    """
    chance = random.Random(seed)
    storm = Storm()
    waiting: list[list[Part]] = []
    for _ in range(count):
        viewer = numbered(chance.randrange(max(2, count // 2)))
        kind = chance.choice([kind for kind in gifts.CATALOGUE if kind.combo])
        to = chance.choice([None, *guests])
        total = chance.randint(1, longest)
        waiting.append(_combo(gifts.Combo(kind, viewer, to), total, chance))
        storm.truth[viewer.id, to.id if to else 0, kind.id] += total
    chance.shuffle(waiting)
    while waiting:
        turn = chance.randrange(min(4, len(waiting)))
        storm.parts.append(waiting[turn].pop(0))
        if not waiting[turn]:
            del waiting[turn]
    return storm


def _combo(combo: gifts.Combo, total: int, chance: random.Random) -> list[Part]:
    count, parts = 0, list[Part]()
    while count < total:
        added = min(total - count, chance.choice((1, 1, 1, 2, 3, 4)))
        count += added
        msg = combo.progress(count, added=added)
        parts.append(Part(msg, combo.group, count))
    parts.append(Part(combo.end(total), combo.group, total, end=True))
    return parts


def worsened(storm: Storm, *, seed: int = 1, rate: float = 0.2) -> Storm:
    """Return the same truth told badly: frames lost, doubled, resent and out of order.

    Of each streak at least one frame with the full count survives, else nobody could know.
    """
    chance = random.Random(seed)
    told: list[Part] = []
    full: dict[int, int] = {}
    for part in storm.parts:
        full[part.group] = max(full.get(part.group, 0), part.count)
    kept_full: set[int] = set()
    for part in storm.parts:
        whole = part.count == full[part.group]
        may_go = part.group and (not whole or part.group in kept_full)
        if may_go and chance.random() < rate:
            continue
        told.append(part)
        if whole:
            kept_full.add(part.group)
        if chance.random() < rate:
            told.append(part)
        if part.end and chance.random() < rate:
            fresh = dataclasses.replace(part, msg=_under_fresh_id(part.msg))
            told.append(fresh)
    return Storm(_jostled(told, chance, rate), Counter(storm.truth))


def _under_fresh_id(msg: Msg) -> Msg:
    """Return the gift with another message id, in the envelope and in the body."""
    fresh = messages.new_msg_id()
    old, new = (encode((2, number)) for number in (msg.msg_id, fresh))
    payload = msg.payload.replace(old, new, 1)
    return dataclasses.replace(msg, payload=payload, msg_id=fresh)


def _jostled(parts: list[Part], chance: random.Random, rate: float) -> list[Part]:
    mixed = list(parts)
    for place in range(len(mixed) - 1):
        if chance.random() < rate:
            mixed[place], mixed[place + 1] = mixed[place + 1], mixed[place]
    return mixed


@dataclass(slots=True)
class Journey:
    """A stream over several connections: give `scripts` and `backlogs` to a room."""

    scripts: list[Script]
    backlogs: list[Sequence[Msg]]
    truth: Counter[Key]


def journey(storm: Storm, *, connections: int = 4, seed: int = 1, repeat: int = 12) -> Journey:
    """Return the storm broken by drops; nothing is lost, but much is told twice.

    What happens between two connections rides only in the backlog of the next sign answer, which
    also repeats the last `repeat` messages. The last connection ends the stream.
    """
    chance = random.Random(seed)
    msgs = storm.msgs
    cuts = sorted(chance.sample(range(1, len(msgs)), connections - 1)) if connections > 1 else []
    bounds = [0, *cuts, len(msgs)]
    plan = Journey([], [[]], Counter(storm.truth))
    for number in range(connections):
        start, stop = bounds[number], bounds[number + 1]
        last = number == connections - 1
        seen = stop if last else stop - min(chance.randrange(6), (stop - start) // 2)
        live: list[Step] = [[msg] for msg in msgs[start:seen]]
        ending: list[Step] = [WaitAck(), Abort()]
        if last:
            ending = [WaitAck(), messages.control(messages.ENDED), WaitAck(), Sleep(0.05)]
        plan.scripts.append([WaitEntered(), *live, *ending])
        plan.backlogs.append([msg.as_history() for msg in msgs[max(0, seen - repeat) : stop]])
    return plan
