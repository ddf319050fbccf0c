"""A core with one light on a serial line and no rooms behind it, to try guardian, pipe and channel.

Run by the tests as a child of a real guardian. What it does is asked for by `Fire`: the gift says.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading

from app.gateway.messages import (
    Changed,
    CheckLive,
    CheckLiveResult,
    Fire,
    GetReceipt,
    Quit,
    Replay,
    Reply,
    Resume,
    Stop,
)
from app.gateway.pipe import BEAT_EVERY_S, PipeCalls, open_pipe
from app.gateway.server import Server
from app.gateway.views import (
    DeliveryView,
    FeedRow,
    ReceiptView,
    Snapshot,
    StopView,
    TraceStepView,
    TraceView,
)
from drivers.contract import SafeRecipe

RECEIPT = ReceiptView(
    event_id="pretend/Rose",
    at_ms=0,
    who="mai",
    gift="Rose",
    coins=1,
    count=10,
    traces=(
        TraceView(rule_id="r", rule_name="Roses turn", ran=True),
        TraceView(
            rule_id="s",
            rule_name="Big ones",
            ran=False,
            steps=(
                TraceStepView(
                    gate="only_if:coins_at_least",
                    passed=False,
                    reason="below_coins",
                    values={"at_least": 100.0, "coins": 1.0},
                ),
            ),
        ),
    ),
    deliveries=(
        DeliveryView(
            command_id="c",
            device="Motor",
            instruction="rotate",
            args={"rounds": 10, "rpm": 60},
            stage="acked",
            ms=1.25,
        ),
    ),
)


class Light:
    """One lamp at the other end of a serial line."""

    def __init__(self, address, pipe, expect):
        import serial

        self.pipe = pipe
        self.recipe = SafeRecipe("serial", address, (b"OFF\n",), expect=expect)
        self.port = serial.Serial(address, 115200, exclusive=True, write_timeout=1)

    def on(self):
        self.pipe.arm("lamp", self.recipe)
        self.port.write(b"ON\n")

    def off(self):
        self.port.write(b"off\n")  # small letters: the core did it, not the guardian


class TinyRoom:
    def __init__(self, pipe, options):
        self.pipe = pipe
        self.begin = pipe.begin()
        self.stopped = self.begin.stopped
        self.light = None
        if options.port:
            self.light = Light(options.port, pipe, options.expect.encode())
        self.ended = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.server = Server(self)

    def snapshot(self):
        return Snapshot(
            version="tiny",
            pid=os.getpid(),
            started_ms=self.begin.crashes,
            stop=StopView(stopped=self.stopped is not None, source=self.stopped or ""),
            settings={"safe": self.begin.safe},
        )

    async def handle(self, request):
        match request:
            case Stop(source=source):
                self.stop_now(source)
                self.pipe.stopped(source)
            case Resume():
                self.stopped = None
                self.pipe.resumed()
            case Quit():
                self.ended.set()
            case Fire():
                self.play(request)
                return Reply(id=request.id, event_id=f"pretend/{request.gift}")
            case GetReceipt(event_id="pretend/Rose"):
                return Reply(id=request.id, receipt=RECEIPT)
            case CheckLive(user=user):
                answer = "live" if user == "mai" else "not_found"
                return Reply(id=request.id, check_live=CheckLiveResult(user=user, answer=answer))
            case Replay() | GetReceipt():
                return Reply(id=request.id, ok=False, code="unknown_event")
        return Reply(id=request.id)

    def play(self, request):
        match request:
            case Fire(gift="on"):
                self.light.on()
            case Fire(gift="line"):
                self.pipe.gift_line(request.who)
            case Fire(gift="crash"):
                sys.stderr.write("the engine is on fire\n")
                os._exit(3)
            case Fire(gift="block"):
                # A loop that is stuck in Python code: other threads go on, the loop does not.
                threading.Event().wait(request.count)
            case Fire(gift="flood"):
                for number in range(request.count):
                    row = FeedRow(key=str(number), event_id=str(number), at_ms=0, kind="gift")
                    self.server.publish(Changed(waiting=number, feed=(row,)))
            case Fire(gift="boom"):
                raise RuntimeError("boom")

    def stop_now(self, source):
        self.stopped = source
        if self.light is not None:
            self.light.off()

    def on_eof(self):
        self.stop_now("guardian gone")
        self.end()

    def end(self):
        self.loop.call_soon_threadsafe(self.ended.set)

    def on_quit(self):
        self.end()

    async def beat(self):
        while True:
            self.pipe.beat()
            await asyncio.sleep(BEAT_EVERY_S)


async def serve(pipe, options):
    room = TinyRoom(pipe, options)
    pipe.start(PipeCalls(room.server.allow, room.stop_now, room.on_quit, room.on_eof))
    beating = asyncio.get_running_loop().create_task(room.beat())
    pipe.ready(await room.server.start())
    await room.ended.wait()
    if options.deaf:
        await asyncio.Event().wait()
    beating.cancel()
    if room.light is not None:
        room.light.off()
        pipe.disarm("lamp")
    await room.server.stop()
    pipe.bye()
    pipe.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", default="", help="the serial line of the lamp")
    parser.add_argument("--expect", default="", help="the answer that confirms OFF")
    parser.add_argument("--broken", action="store_true", help="end at once, with words")
    parser.add_argument("--deaf", action="store_true", help="never end when told to quit")
    options = parser.parse_args()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = open_pipe()
    if options.broken:
        sys.stderr.write("no such file: rules\n")
        raise SystemExit(4)
    asyncio.run(serve(pipe, options))


if __name__ == "__main__":
    main()
