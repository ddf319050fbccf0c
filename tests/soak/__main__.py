"""Let the whole program run while all goes wrong around it: `python -m tests.soak --minutes 10`.

One rule: at the end nothing is on, every gift has its one receipt, and the processes have not grown.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import sys
import time
from collections import Counter

from app import endpoint
from app.gateway import messages as asks
from app.gateway.client import ChannelClosed
from tests import hands
from tests.bench.house import House
from tests.e2e.harness import Desk
from tests.soak.devices import Devices

FINAL = {"done", "dropped", "failed", "stopped"}
GIFT_ID = 880_000
GIFTS_PER_S = 5.0
CALM_S = 6.0
BACK_S = 90.0
LOOK_EVERY_S = 120.0
SLEEP_S = (4.0, 9.0)
_MB = 1 << 20


class Soak:
    """One run: the program, its devices, a desk, and what was asked."""

    def __init__(self, house, devices, chance):
        self.house, self.devices, self.chance = house, devices, chance
        self.asked = {}
        self.unanswered = 0
        self.done = Counter()
        self.looks = []
        self.quiet = asyncio.Lock()

    def write(self):
        """Write the profile: a gift for each device, one rule for each gift."""
        things = self.devices.things
        devices = [
            {"id": one.id, "name": one.id, "driver": one.driver, "settings": one.settings}
            for one in things
        ]
        rules = [
            {
                "id": f"r{number}",
                "on": True,
                "when": {"key": "gift", "gifts": [_gift(number)]},
                "do": [
                    {
                        "key": "switch_on",
                        "device": one.id,
                        "capability": one.output,
                        "seconds": "0.2 + count / 10",
                    }
                ],
            }
            for number, one in enumerate(things)
        ]
        profile = self.house.profile
        (profile / "devices.json").write_text(json.dumps({"version": 1, "devices": devices}))
        (profile / "rules.json").write_text(json.dumps({"version": 1, "rules": rules}))
        hands.used(profile, *(one.id for one in things))

    # ------------------------------------------------------------------ what happens

    async def gifts(self, desk, until):
        """Send pretend gifts, for whichever device, until the end."""
        while time.monotonic() < until:
            async with self.quiet:
                await self._gift(desk)
            await asyncio.sleep(self.chance.expovariate(GIFTS_PER_S))

    async def _gift(self, desk):
        number, count = self.chance.randrange(len(self.devices.things)), self.chance.randint(1, 9)
        gift = _gift(number)
        try:
            async with asyncio.timeout(20):
                reply = await desk.client.ask(
                    asks.Fire(gift=gift["name"], gift_id=gift["id"], count=count, coins=1)
                )
        except (ChannelClosed, TimeoutError):
            self.unanswered += 1
            return
        assert reply.ok, reply
        self.asked[reply.event_id] = number, count

    async def trouble(self, desk, until):
        """Make one kind of trouble after the other."""
        kinds = {
            self.take_away: 6,
            self.give_back: 6,
            self.lose_packets: 2,
            self.end_broker: 1,
            self.stop: 2,
            self.sleep: 1,
        }
        while time.monotonic() < until:
            (what,) = self.chance.choices(list(kinds), weights=list(kinds.values()))
            await what(desk)
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))

    async def take_away(self, _desk):
        here = [one for one in self.devices.things if one.away and not one.gone]
        if len(here) > 4:
            one = self.chance.choice(here)
            await asyncio.to_thread(one.away)
            one.gone = True
            self.done["unplugged"] += 1

    async def give_back(self, _desk):
        gone = [one for one in self.devices.things if one.gone]
        if gone:
            one = self.chance.choice(gone)
            await asyncio.to_thread(one.back)
            one.gone = False
            self.done["plugged in"] += 1

    async def lose_packets(self, _desk):
        here = [one for one in self.devices.things if one.mute and not one.gone]
        if here:
            one = self.chance.choice(here)
            one.mute()
            await asyncio.sleep(self.chance.uniform(0.1, 4.0))
            await asyncio.to_thread(one.back)
            self.done["packets lost"] += 1

    async def end_broker(self, _desk):
        await asyncio.to_thread(self.devices.restart_broker)
        self.done["broker restarted"] += 1

    async def stop(self, desk):
        desk.client.stop_all("soak")
        await asyncio.sleep(self.chance.uniform(0.3, 2.0))
        assert (await desk.client.ask(asks.Resume())).ok
        self.done["STOP"] += 1

    async def sleep(self, _desk):
        """Have the computer sleep: all of the program stands still, and the clocks go on."""
        async with self.quiet:
            running = list(self.house.processes().values())
            for one in running:
                one.suspend()
            await asyncio.sleep(self.chance.uniform(*SLEEP_S))
            for one in reversed(running):
                one.resume()
            await asyncio.sleep(1.0)
        self.done["slept"] += 1

    # ------------------------------------------------------------------ what is so then

    async def calm(self, desk):
        """Plug everything in and wait until all of it is there, safe and at rest; then look."""
        for one in self.devices.things:
            if one.gone:
                await asyncio.to_thread(one.back)
                one.gone = False
        began = time.monotonic()
        while away := await self._away(desk):
            if time.monotonic() - began > BACK_S:
                say(f"  not back after {BACK_S:.0f} s: {', '.join(away)}")
                break
            await asyncio.sleep(0.5)
        await asyncio.sleep(CALM_S)
        self.looks.append(self.look())
        on = self.devices.still_on()
        say(f"  {self.told()}; on: {', '.join(on) or 'nothing'}")
        return not away and not on

    async def _away(self, desk):
        now = (await desk.client.ask(asks.Status())).snapshot
        return [
            f"{one.id} {one.link.stage} {one.link.reason}"
            for one in now.devices
            if one.link.stage != "online"
        ]

    def look(self):
        """Return what each process holds: threads, files, megabytes."""
        return {
            name: (one.num_threads(), one.num_fds(), one.memory_info().rss / _MB)
            for name, one in self.house.processes().items()
        }

    def told(self):
        """Say what the processes hold now."""
        return "; ".join(
            f"{name} {threads} threads, {files} files, {rss:.1f} MB"
            for name, (threads, files, rss) in self.looks[-1].items()
        )

    async def receipts(self, desk):
        """Return how many gifts have one receipt that says all, and what is wrong with the rest."""
        right, wrong, finals = 0, [], Counter()
        for event_id, (_, count) in self.asked.items():
            receipt = (await desk.client.ask(asks.GetReceipt(event_id=event_id))).receipt
            if receipt is None or receipt.count != count:
                wrong.append(f"{event_id}: {receipt and receipt.count} for {count}")
                continue
            ends = Counter(one.command_id for one in receipt.deliveries if one.stage in FINAL)
            commands = {one.command_id for one in receipt.deliveries}
            if not commands and (why := _why_not(receipt)):
                right += 1
                finals[f"not begun: {why}"] += 1
                continue
            if len(commands) != 1 or list(ends.values()) != [1]:
                stages = [one.stage for one in receipt.deliveries]
                wrong.append(f"{event_id}: {len(commands)} commands, {stages}")
                continue
            right += 1
            finals.update(
                f"{one.stage} {one.drop}".strip()
                for one in receipt.deliveries
                if one.stage in FINAL
            )
        return right, wrong, finals


def say(text):
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _why_not(receipt):
    """Return why no rule ran for a gift, if the receipt says so of every rule that was looked at."""
    steps = [step for trace in receipt.traces if not trace.ran for step in trace.steps]
    reasons = {step.reason for step in steps if not step.passed and step.reason}
    return "" if any(trace.ran for trace in receipt.traces) else ", ".join(sorted(reasons))


def _gift(number):
    return {"id": GIFT_ID + number, "name": f"Soak {number}"}


async def soak(world, minutes):
    """Return whether all is as it should be."""
    async with Desk(world.house.profile) as desk:
        good = [await world.calm(desk)]
        end = time.monotonic() + minutes * 60.0
        while (now := time.monotonic()) < end:
            until = min(end, now + LOOK_EVERY_S)
            await asyncio.gather(world.gifts(desk, until), world.trouble(desk, until))
            good.append(await world.calm(desk))
        right, wrong, finals = await world.receipts(desk)
    say(f"done: {dict(world.done)}")
    say(f"gifts {len(world.asked)}, with one right receipt {right}; unanswered {world.unanswered}")
    say(f"their ends: {dict(finals.most_common())}")
    for one in wrong[:10]:
        say(f"  wrong: {one}")
    restarts = endpoint.ask(world.house.profile, {"want": "state"}, 10.0).get("restarts")
    say(f"restarts of the core: {restarts}")
    return all(good) and not wrong and not restarts and not grown(world.looks)


def grown(looks):
    """Say which process holds more at the end than after the first trouble."""
    more = []
    for name, (threads, files, rss) in looks[-1].items():
        first = looks[min(1, len(looks) - 1)][name]
        if threads > first[0] + 2 or files > first[1] + 3 or rss > first[2] * 1.1 + 5:
            more.append(name)
            say(f"{name} has grown: {first} to {(threads, files, rss)}")
    return more


def main():
    """Run it; the exit code says whether all was as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with House(stream=False, boards=0) as house, contextlib.closing(Devices()) as devices:
        world = Soak(house, devices, random.Random(options.seed))
        world.write()
        house.start_guardian()
        house.ready()
        good = asyncio.run(soak(world, options.minutes))
    say("all is as it should be" if good else "NOT as it should be")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
