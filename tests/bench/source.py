"""The loopback TikTok in a process of its own: `python -m tests.bench.source`, told by JSON lines.

One rule: frames are made beforehand, so that sending costs this process next to nothing.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys

from tests.fakes.tiktok import gifts, storms
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.viewers import numbered

USER = "creator"
# A gift of no catalogue: only the rule under test knows it. Its count tells which one it was.
BENCH = gifts.GiftKind(990_001, "Bench", 1)


def mixed(events, share, first, seed):
    """Return frames of one event each and {message id: number} of the gifts that match."""
    chance = random.Random(seed)
    msgs, numbers = storms.traffic(events, seed=seed), {}
    places = sorted(chance.sample(range(events), int(events * share)))
    for number, place in enumerate(places, first):
        msgs[place] = gifts.Combo(BENCH, numbered(number % 50)).end(number)
        numbers[msgs[place].msg_id] = number
    return storms.encoded(msgs), numbers


def only_gifts(events):
    """Return frames of gifts that come alone, of all kinds the feed can show."""
    kinds = [kind for kind in gifts.CATALOGUE if not kind.combo]
    msgs = [gifts.gift(kinds[n % len(kinds)], numbered(n % 50)) for n in range(events)]
    return storms.encoded(msgs), {}


async def play(tiktok, order):
    """Send what the order says; return when each matching gift was written, and how fast it went."""
    if order["what"] == "gifts":
        frames, numbers = only_gifts(order["events"])
    else:
        frames, numbers = mixed(order["events"], order["share"], order["first"], order["seed"])
    connection = await tiktok.room.connection(len(tiktok.room.connections) - 1, 30.0)
    await asyncio.sleep(0.2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await tiktok.room.push_paced(frames, per_s=order["rate"])
    took_s = loop.time() - began
    times = connection.send_times_ns()
    sent = {number: times[msg_id] for msg_id, number in numbers.items()}
    return {"sent": sent, "rate": len(frames) / took_s}


async def serve():
    async with FakeTikTok(USER) as tiktok:
        print(json.dumps({"tiktok": tiktok.base}), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            order = json.loads(line)
            if order["what"] == "entered":
                await tiktok.room.connection(order["index"], 30.0)
                answer = {"connections": len(tiktok.room.connections)}
            else:
                answer = await play(tiktok, order)
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
