"""How fast a command reaches a serial line, and STOP does: `python -m tests.bench.devices`."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import threading
import time
from pathlib import Path

from app.core.catalog import scan
from app.core.outcome import Command, Stage
from app.devices.config import DeviceConfig, NoGuard
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import Driver, SetColor, Switch
from tests.fakes.firmware.board import Board

COMMANDS = 400
STOPS = 20


def row(name, values_ms):
    """One line of the table."""
    ordered = sorted(values_ms)
    p95, p99 = ordered[int(len(ordered) * 0.95)], ordered[int(len(ordered) * 0.99)]
    return f"{name:44} {statistics.median(ordered):8.2f} {p95:8.2f} {p99:8.2f} {ordered[-1]:8.2f}"


async def pause_until(true):
    """Look every half millisecond: the loop stays as idle as a real one."""
    while not true():  # noqa: ASYNC110 - looks at a thread's board
        await asyncio.sleep(0.0005)


async def measure(folder):
    """Return the rows of the table."""
    board = Board(folder / "tty")
    acked = {}

    def note(delivery):
        if delivery.stage is Stage.ACKED:
            acked[delivery.command_id] = delivery

    hub = Hub(scan("drivers", Driver), SystemClock(), note, lambda _: None, NoGuard())
    await hub.start([DeviceConfig("b", "B", "giftwire_line", {"port": board.path})])
    await pause_until(lambda: hub.device("b").capabilities)
    to_line, to_ack = [], []
    for number in range(COMMANDS):
        before, began = len(board.seen), time.monotonic()
        hub.dispatch([Command(f"c{number}", "b", "light", SetColor(9, 9, 9), began + 30, 5.0)])
        await pause_until(lambda number=number: f"c{number}" in acked)
        seen = next(at for at, text in board.seen[before:] if "COLOR" in text)
        to_line.append((seen - began) * 1000)
        to_ack.append((acked[f"c{number}"].at - began) * 1000)
        await asyncio.sleep(0.03)
    rows = [
        row("dispatch to line read by the board", to_line),
        row("dispatch to acknowledgement", to_ack),
    ]
    rows.append(row("STOP from a thread, loop blocked, to all off", await stops(hub, board)))
    began = time.monotonic()
    board.unplug()
    await pause_until(lambda: hub.device("b").link.stage != "online")
    rows.append(row("cable out to link down", [(time.monotonic() - began) * 1000]))
    await hub.stop()
    return rows


async def stops(hub, board):
    """Press STOP with the loop standing still; return milliseconds until the board rests."""
    taken = []
    for number in range(STOPS):
        hub.dispatch(
            [Command(f"s{number}", "b", "relay", Switch(on=True), time.monotonic() + 30, 5.0)]
        )
        await pause_until(lambda: board.on)
        thread, began = threading.Thread(target=hub.stop_now, args=("bench",)), time.monotonic()
        thread.start()
        board.wait_for(lambda: board.resting)
        taken.append((time.monotonic() - began) * 1000)
        thread.join()
        await pause_until(lambda: hub.stop_state.confirmed.get("b") is True)
        hub.resume()
        await asyncio.sleep(0.8)  # the relay's own pause
    return taken


def main():
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'milliseconds':44} {'p50':>8} {'p95':>8} {'p99':>8} {'max':>8}")
        print("\n".join(asyncio.run(measure(Path(folder)))))


if __name__ == "__main__":
    main()
