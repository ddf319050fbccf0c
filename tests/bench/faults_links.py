"""Cables pulled, links that vanish, answers that lie: in one process, with the real hub and drivers.

One rule: the fault is timed by the hand that makes it, its end by what the hub or the far end shows.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from serial.tools import list_ports

from app.core.links import LinkReason, LinkStage
from app.core.outcome import Stage
from app.devices.config import DeviceConfig
from drivers.contract import SetColor, Switch
from tests.app.devices.rig import running
from tests.bench import transports
from tests.bench.table import Fault
from tests.drivers import every_way
from tests.drivers.transports.test_mqtt import Broker
from tests.fakes import home_assistant, net_cable
from tests.fakes.firmware.board import Board
from tests.fakes.net_cable import NetCable
from tests.fakes.own_device import OwnNetDevice
from tests.fakes.ports import FakePorts
from tests.fakes.tasmota import Tasmota

USB = "usb:2341:0043:"
RELAY = {"name": "Relay", "kind": "switch", "load": "harmless"}
LONG_S = 60.0
# No hand is faster, and the list of ports is looked at that often.
OUT_S = 1.2


@contextlib.contextmanager
def boards(*numbers):
    """Boards with these serial numbers, and the system's list of ports."""
    with tempfile.TemporaryDirectory() as folder:
        kept = list_ports.comports
        ports = FakePorts(SimpleNamespace(setattr=setattr))
        made = [Board(Path(folder) / f"ttyUSB{place}") for place in range(len(numbers))]
        for board, number in zip(made, numbers, strict=True):
            ports.plug(board.path, serial_number=number)
        try:
            yield made, ports
        finally:
            for board in made:
                board.close()
            list_ports.comports = kept


def config(number):
    return DeviceConfig(number, number, "giftwire_line", {"port": f"{USB}{number}"})


async def gone(rig, *devices):
    """Wait until none of them is online; return when that was."""
    await rig.until(
        lambda: all(rig.hub.device(one).link.stage is not LinkStage.ONLINE for one in devices), 30.0
    )
    return time.monotonic()


async def back(rig, *devices):
    """Wait until all of them are online and safe; return when that was."""
    await rig.until(
        lambda: all(
            rig.hub.device(one).link.stage is LinkStage.ONLINE and rig.hub.device(one).safe
            for one in devices
        ),
        60.0,
    )
    return time.monotonic()


def ended_once(rig, commands):
    """Whether each command has one final word (`final` allows no second)."""
    return all(rig.final(one) for one in commands)


async def pulled(runs):
    """Pull the cable while commands stream, put it back, many times."""
    out = Fault("cable out during a write", "a loss, told once", "to told")
    again = Fault("flapping: cable in again", "safe first, nothing replayed", "to safe")
    chance = random.Random(2)
    with boards("A1") as ((board,), ports):
        async with running(config("A1")) as rig:
            for _ in range(runs):
                commands = await _stream(rig, chance.uniform(0.05, 0.3))
                path = board.path
                began = time.monotonic()
                pulling = asyncio.gather(asyncio.to_thread(board.unplug))
                commands += await _stream(rig, 0.02)
                ports.unplug(path)
                at = await gone(rig, "A1")
                await pulling
                await rig.until(lambda commands=commands: ended_once(rig, commands))
                out.note(at - began, right=ended_once(rig, commands))
                await asyncio.sleep(OUT_S)
                lines, turned = len(board.lines), len(board.started)
                began = time.monotonic()
                await asyncio.to_thread(board.plug)
                ports.plug(board.path, serial_number="A1")
                at = await back(rig, "A1")
                first = board.lines[lines].startswith("STOP")
                again.note(at - began, right=first and len(board.started) == turned)
    return out, again


async def _stream(rig, seconds):
    commands, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        colour = SetColor(len(commands) % 200 + 1, 9, 9)
        commands.append(rig.send("A1", "light", colour, 5.0))
        await asyncio.sleep(0.002)
    return commands


async def alike(runs):
    """Plug in two boards that cannot be told apart."""
    fault = Fault("two boards of one USB id", "refused, neither touched", "to told")
    with boards("A1", "B2") as ((first, second), ports):
        async with running(config("A1")) as rig:
            for _ in range(runs):
                for board in (first, second):
                    ports.unplug(board.path)
                    await asyncio.to_thread(board.close)
                await gone(rig, "A1")
                await asyncio.to_thread(first.plug)
                await asyncio.to_thread(second.plug)
                heard = len(first.lines) + len(second.lines)
                began = time.monotonic()
                ports.plug(first.path, serial_number="A1")
                ports.plug(second.path, serial_number="A1", location="2-1:1.0")
                await rig.until(
                    lambda: rig.hub.device("A1").link.reason is LinkReason.AMBIGUOUS, 30.0
                )
                at = time.monotonic()
                fault.note(at - began, right=len(first.lines) + len(second.lines) == heard)
                ports.unplug(second.path)
                await back(rig, "A1")
    return (fault,)


async def swapped(runs):
    """Put two boards each into the socket of the other."""
    fault = Fault("ports swapped", "each is still itself", "to both safe")
    with boards("A1", "B2") as (both, ports):
        async with running(config("A1"), config("B2")) as rig:
            for _ in range(runs):
                paths = [one._link for one in both]
                for board in both:
                    ports.unplug(board.path)
                    await asyncio.to_thread(board.unplug)
                await gone(rig, "A1", "B2")
                began = time.monotonic()
                for board, path, number in zip(both, reversed(paths), ("A1", "B2"), strict=True):
                    await asyncio.to_thread(board.plug, path)
                    ports.plug(board.path, serial_number=number)
                at = await back(rig, "A1", "B2")
                before = [len(one.started) for one in both]
                click = rig.send("A1", "relay", Switch(on=True), 0.05)
                await rig.finished(click)
                after = [len(one.started) for one in both]
                fault.note(at - began, right=after == [before[0] + 1, before[1]])
    return (fault,)


async def answers(runs):
    """Have a board answer late, twice, wrongly, in rubbish, and not at all."""
    faults = []
    kinds = {
        "an answer 200 ms late": ["late:0.2"],
        "an answer twice": ["twice"],
        "an answer to something else": ["wrong"],
        "rubbish before the answer": ["garbage"],
        "a command that got lost": ["deaf"],
    }
    with boards("A1") as ((board,), _):
        async with running(config("A1")) as rig:
            for name, habits in kinds.items():
                fault = Fault(name, "clicks exactly once", "to the end")
                for _ in range(runs):
                    turned = len(board.started)
                    board.habits.faults.extend(habits)
                    began = time.monotonic()
                    click = rig.send("A1", "relay", Switch(on=True), 0.05)
                    await rig.finished(click)
                    at = time.monotonic()
                    done = rig.final(click).stage is Stage.DONE
                    fault.note(at - began, right=done and len(board.started) == turned + 1)
                    await asyncio.sleep(0.6)  # the relay's own pause
                faults.append(fault)
            silent = Fault("no answer at all", "made safe, told as failed", "to safe")
            for _ in range(runs):
                board.habits.faults.extend(["never", "never"])
                began = time.monotonic()
                click = rig.send("A1", "relay", Switch(on=True), 9.0)
                await rig.finished(click)
                await rig.until(lambda: rig.hub.device("A1").safe)
                at = time.monotonic()
                failed = rig.final(click).stage is Stage.FAILED
                silent.note(at - began, right=failed and board.resting)
                await asyncio.sleep(0.6)
    return (*faults, silent)


class HalfOpen:
    """Four devices behind cables that can be cut without a word."""

    def __init__(self, folder):
        own, web = OwnNetDevice("tcp"), OwnNetDevice("http")
        house, self.broker = home_assistant.HomeAssistant(), Broker(folder)
        plug = Tasmota(self.broker.port)
        self.ends = (own, web, house, plug)
        ports = (own.port, web.port, house.port, self.broker.port)
        ways = ("TCP", "HTTP", "WebSocket", "MQTT")
        self.cables = dict(zip(ways, map(NetCable, ports), strict=True))
        port = {way: cable.port for way, cable in self.cables.items()}
        on_off = {"on": "REL 1", "off": "REL 0"}
        get = {"on": "GET /REL/1", "off": "GET /REL/0"}
        here = "127.0.0.1"
        self.configs = (
            self._one(
                "TCP",
                "template",
                way="tcp",
                host=here,
                host_port=port["TCP"],
                outputs=[{**RELAY, **on_off}],
            ),
            self._one(
                "HTTP",
                "template",
                way="http",
                url=f"http://{here}:{port['HTTP']}",
                outputs=[{**RELAY, **get}],
                answer="OK",
            ),
            self._one(
                "WebSocket",
                "home_assistant",
                address=f"http://{here}:{port['WebSocket']}",
                token=home_assistant.TOKEN,
                entities="switch.plug",
            ),
            self._one(
                "MQTT", "mqtt_tasmota", host=here, port=port["MQTT"], topic="plug", load="harmless"
            ),
        )

    def _one(self, name, driver, /, **settings):
        return DeviceConfig(name, name, driver, settings)

    def close(self):
        for cable in self.cables.values():
            cable.close()
        for one in self.ends:
            one.close()
        self.broker.end()


async def half_open(runs):
    """Lose every packet of four links at once, with a command on its way."""
    faults = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(HalfOpen(Path(folder))) as world,
    ):
        async with running(*world.configs) as rig:
            for _ in range(runs):
                began = time.monotonic()
                for cable in world.cables.values():
                    cable.cut()
                commands = {way: _command(rig, way) for way in world.cables}
                await asyncio.gather(
                    *(_noticed(rig, faults, way, began, commands[way]) for way in world.cables)
                )
                for cable in world.cables.values():
                    await asyncio.to_thread(cable.unplug)
                    cable.plug()
                for way in world.cables:
                    rig.hub.try_now(way)
                await back(rig, *world.cables)
    return tuple(faults.values())


def _command(rig, way):
    capability = rig.hub.device(way).capabilities[0].capability.id
    return rig.send(way, capability, Switch(on=True), LONG_S)


async def _noticed(rig, faults, way, began, command):
    fault = faults.setdefault(
        way, Fault(f"half-open: {way}, packets lost", "a loss; no command believed", "to told")
    )
    # What is asked and not told has no link to lose: it is known not to be safe instead.
    await rig.until(
        lambda: (
            rig.hub.device(way).link.stage is not LinkStage.ONLINE
            or rig.hub.device(way).safe is False
        ),
        30.0,
    )
    at = time.monotonic()
    await rig.finished(command, timeout_s=30.0)
    confirmed = any(
        one.command_id == command and one.detail == "confirmed" for one in rig.deliveries
    )
    right = not confirmed and rig.final(command).stage is not Stage.DONE
    fault.note(at - began, right=right)


async def loop_blocked(runs):
    """STOP every way there is to a device while the program's loop stands still."""
    size = len(every_way.WAYS) - len(every_way.missing())
    fault = Fault(f"loop blocked: STOP, {size} ways", "STOP still out", "to last OFF")
    for took_ms in await transports.stops(size, runs):
        fault.note(took_ms / 1000.0)
    return (fault,)


def run(runs):
    """Print all of it."""
    half = () if net_cable.why_not() else (half_open,)
    for one in (pulled, *half, answers, alike, swapped, loop_blocked):
        for fault in asyncio.run(one(runs)):
            fault.tell()
