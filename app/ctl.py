"""`ctl`: asks a running Giftwire through the same door as the window, and says what came back.

One rule: one clear sentence for every way it can go wrong, and an exit code for scripts.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import console, endpoint
from app.arguments import core_options
from app.gateway import plain
from app.gateway.client import ChannelClosed, Client
from app.gateway.messages import (
    ArmDevice,
    CheckLive,
    CheckLiveResult,
    Fire,
    GetReceipt,
    PressButton,
    Record,
    Replay,
    Reply,
    Request,
    Resume,
    SetProfile,
    Status,
    WhyNot,
)
from app.tasks import Tasks

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Awaitable, Callable

    from app.gateway.views import ReceiptView

CONNECT_S = 10.0
RECEIPT_S = 2.0
WAIT_S = 900.0
LOOK_EVERY_S = 0.05
FINAL = frozenset({"done", "dropped", "failed", "stopped"})
_FAILURES = {
    "failed": "Something went wrong inside. The log files in the profile tell more.",
    "busy": "Giftwire has too much to do at the moment. Try again.",
    "unknown_request": "This Giftwire does not know that. Are two versions installed?",
    "stopped": "Everything is stopped. Resume first with: {program} ctl resume",
    "unknown_event": "There is no such event in the journal.",
    "not_found": "Nothing has that name. Look again.",
    "not_needed": "It needs no arming.",
    "no_file": "The file cannot be read.",
}


class Trouble(Exception):  # noqa: N818 - ends a command, with its sentence
    """It did not work; the text says why, `code` is the exit code."""

    def __init__(self, sentence: str, code: int = console.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def run(profile: Path, options: Namespace) -> int:
    """Carry out one request; returns the exit code."""
    try:
        return _run(profile, options)
    except Trouble as trouble:
        console.complain(str(trouble))
        return trouble.code
    except KeyboardInterrupt:
        return console.FAILED


def _run(profile: Path, options: Namespace) -> int:
    # The core runs in another folder: it needs the whole path.
    if getattr(options, "file", ""):
        options.file = str(Path(options.file).absolute())
        if options.ask == "replay" and not Path(options.file).is_file():
            raise Trouble(f"There is no file {options.file}.")
    if options.command == "check-live":
        # A question to TikTok, not to us: it needs nothing that runs.
        return asyncio.run(_check_live_here(options))
    if options.ask in {"stop", "quit"}:
        # By the guardian: these must work when the core hangs.
        return _by_guardian(profile, options)
    _need_running(profile)
    return asyncio.run(_by_channel(profile, options))


def _need_running(profile: Path) -> dict[str, Any]:
    return _ask_guardian(profile, {"want": "state"}, 5.0)


def _ask_guardian(profile: Path, request: dict[str, Any], timeout_s: float) -> dict[str, Any]:
    try:
        return endpoint.ask(profile, request, timeout_s)
    except endpoint.NobodyThereError:
        raise Trouble(
            f"Giftwire is not running. Start it with: {console.program()}", console.NOT_RUNNING
        ) from None
    except endpoint.EndpointError as error:
        raise Trouble(f"Giftwire does not answer ({error}).") from error


def _by_guardian(profile: Path, options: Namespace) -> int:
    began = time.monotonic()
    answer = _ask_guardian(profile, {"want": options.ask, "source": "ctl"}, 30.0)
    took_ms = (time.monotonic() - began) * 1000
    ok = bool(answer.get("ok"))
    if options.json:
        console.say(json.dumps({**answer, "took_ms": round(took_ms, 1)}))
        return console.DONE if ok else console.FAILED
    if not ok:
        raise Trouble(str(answer.get("words", "It did not work.")))
    unsure = [name for name, safe in dict(answer.get("safe") or {}).items() if not safe]
    for name in unsure:
        console.complain(f"{name} did NOT confirm that it is safe. Pull its plug.")
    if options.ask == "quit":
        console.say("Giftwire has ended.")
    else:
        how = {"recipes": " The engine did not answer, so its guardian stopped the devices."}
        more = how.get(str(answer.get("how")), "")
        console.say(
            f"Stopped in {took_ms:.0f} ms.{more} Resume with: {console.program()} ctl resume"
        )
    return console.FAILED if unsure else console.DONE


async def _by_channel(profile: Path, options: Namespace) -> int:
    connected = asyncio.Event()
    client = Client(
        profile,
        start_core=None,
        on_changed=lambda _: None,
        on_snapshot=lambda _: connected.set(),
        on_link=lambda _: None,
        name="ctl",
    )
    tasks = Tasks()
    _ = tasks.spawn("ctl", client.run())
    try:
        try:
            async with asyncio.timeout(CONNECT_S):
                await connected.wait()
        except TimeoutError:
            words = (await asyncio.to_thread(_need_running, profile)).get("words", "")
            raise Trouble(
                f"Giftwire does not answer. {words} {client.link.detail}".strip()
            ) from None
        return await _REQUESTS[options.ask](client, options)
    except ChannelClosed as error:
        raise Trouble(f"Giftwire went away before it answered ({error}).") from error
    finally:
        await tasks.cancel_all()


async def _asked(client: Client, request: Request) -> Reply:
    reply = await client.ask(request)
    if not reply.ok:
        sentence = _FAILURES.get(reply.code, "That did not work ({code}).")
        values = {**reply.values, "code": reply.code, "program": console.program()}
        raise Trouble(sentence.format_map(values))
    return reply


def _tell(options: Namespace, reply: Reply, lines: list[str]) -> int:
    if options.json:
        console.say(reply.model_dump_json(exclude_none=True, exclude={"type", "id"}))
    else:
        for line in lines:
            console.say(line)
    return console.DONE


async def _status(client: Client, options: Namespace) -> int:
    reply = await _asked(client, Status())
    if reply.snapshot is None:
        raise Trouble("Giftwire sent no status.")
    return _tell(options, reply, plain.status_lines(reply.snapshot))


async def _resume(client: Client, options: Namespace) -> int:
    """Release STOP, but only for somebody who says so twice: in the window it takes a long hold."""
    if not options.yes:
        raise Trouble(
            "Still stopped. Look at your devices first. If nobody can get hurt: "
            f"{console.program()} ctl resume --yes"
        )
    reply = await _asked(client, Resume(source="ctl"))
    return _tell(options, reply, ["Resumed. New gifts move your devices again."])


async def _fire(client: Client, options: Namespace) -> int:
    request = Fire(
        gift=options.gift,
        gift_id=options.gift_id,
        count=options.count,
        coins=options.coins,
        who=options.who,
        combo=options.combo,
    )
    fired = await _asked(client, request)
    reply = await _settled(client, fired.event_id, WAIT_S if options.wait else RECEIPT_S, options)
    lines = plain.receipt_lines(reply.receipt) if reply.receipt else ["Sent."]
    return _tell(options, reply.model_copy(update={"event_id": fired.event_id}), lines)


async def _settled(client: Client, event_id: str, for_s: float, options: Namespace) -> Reply:
    """Return the receipt when everything of it is decided, or as it is after `for_s`."""
    until = time.monotonic() + for_s
    while True:
        reply = await client.ask(GetReceipt(event_id=event_id))
        receipt = reply.receipt
        if reply.ok and receipt is not None and _decided(receipt, ended=options.wait):
            return reply
        if time.monotonic() > until:
            if not reply.ok:
                raise Trouble(f"The gift was sent, but there is no receipt yet ({event_id}).")
            return reply
        await asyncio.sleep(LOOK_EVERY_S)


def _decided(receipt: ReceiptView, *, ended: bool) -> bool:
    """Say whether every command was answered for (and, with `ended`, has ended)."""
    if not receipt.traces:
        return True
    latest = {step.command_id: step.stage for step in receipt.deliveries}
    enough = FINAL if ended else FINAL | {"acked"}
    wanted = any(trace.ran for trace in receipt.traces)
    return (bool(latest) or not wanted) and all(stage in enough for stage in latest.values())


async def _receipt(client: Client, options: Namespace) -> int:
    reply = await _asked(client, GetReceipt(event_id=options.event_id))
    if reply.receipt is None:
        raise Trouble(_FAILURES["unknown_event"])
    return _tell(options, reply, plain.receipt_lines(reply.receipt))


async def _explain(client: Client, options: Namespace) -> int:
    reply = await _asked(client, WhyNot(event_id=options.event_id))
    if reply.dry is None:
        raise Trouble(_FAILURES["unknown_event"])
    return _tell(options, reply, plain.explained_lines(reply.dry))


async def _press(client: Client, options: Namespace) -> int:
    pressed = await _asked(client, PressButton(name=options.name))
    reply = await _asked(client, GetReceipt(event_id=pressed.event_id))
    lines = plain.rule_lines(reply.receipt.traces) if reply.receipt else []
    return _tell(options, reply.model_copy(update={"event_id": pressed.event_id}), lines)


async def _rules(client: Client, options: Namespace) -> int:
    if options.name:
        _ = await _asked(client, SetProfile(name=options.name))
    snapshot = (await _asked(client, Status())).snapshot
    if snapshot is None:
        raise Trouble("Giftwire sent no status.")
    profiles = snapshot.profiles
    lines = [f"{'*' if name == profiles.current else ' '} {name}" for name in profiles.names]
    told = Reply(id=0, snapshot=None, values={"current": profiles.current})
    return _tell(options, told, lines)


async def _check_live(client: Client, options: Namespace) -> int:
    reply = await _asked(client, CheckLive(user=options.user.lstrip("@")))
    if reply.check_live is None:
        raise Trouble("TikTok gave no answer.")
    return _told_live(options, reply, reply.check_live)


def _told_live(options: Namespace, reply: Reply, result: CheckLiveResult) -> int:
    _tell(options, reply, [plain.check_live_line(result)])
    return console.DONE if result.answer in {"live", "offline"} else console.FAILED


async def _check_live_here(options: Namespace) -> int:
    """Ask TikTok from this process."""
    from app.core.giftlist import GiftList
    from app.link import SystemClock
    from app.live.net import Addresses
    from app.live.stream import Stream, StreamOptions
    from app.tasks import Tasks

    tiktok = core_options(options).tiktok.rstrip("/")
    elsewhere = Addresses(tiktok, f"{tiktok}/webcast", tiktok) if tiktok else Addresses()
    tasks = Tasks()
    stream = Stream(
        on_event=lambda _event, _at: None,
        on_state=lambda _: None,
        gifts=GiftList(),
        clock=SystemClock(),
        tasks=tasks,
        options=StreamOptions(elsewhere),
    )
    try:
        checked = await stream.check_live(options.user)
    finally:
        await stream.stop()
        await tasks.cancel_all()
    result = CheckLiveResult(
        user=checked.user,
        answer=checked.answer.value,
        reason=checked.reason.value,
        detail=checked.detail,
    )
    return _told_live(options, Reply(id=0, check_live=result), result)


async def _record(client: Client, options: Namespace) -> int:
    request = Record(on=not options.stop, path=options.file, hide_names=not options.with_names)
    reply = await _asked(client, request)
    told = "Recording stopped" if options.stop else "Recording"
    return _tell(options, reply, [f"{told}: {reply.path}" if reply.path else f"{told}."])


async def _replay(client: Client, options: Namespace) -> int:
    reply = await _asked(client, Replay(path=options.file, speed=max(0.0, options.speed)))
    return _tell(options, reply, [f"Playing {options.file}. Its gifts are marked as a replay."])


async def _arm(client: Client, options: Namespace) -> int:
    """Arm a device, or disarm it; what hurts is armed in the window only, by a hand that holds."""
    snapshot = (await _asked(client, Status())).snapshot
    devices = snapshot.devices if snapshot is not None else ()
    named = [one for one in devices if options.name in (one.id, one.name)]
    if len(named) != 1:
        raise Trouble(_FAILURES["not_found"])
    device, armed = named[0], options.ask == "arm"
    if armed and device.arming == "each_session":
        raise Trouble(f"{device.name} can hurt. Arm it in the window.")
    reply = await _asked(client, ArmDevice(device_id=device.id, armed=armed))
    return _tell(options, reply, [f"{device.name} is {'armed' if armed else 'off and disarmed'}."])


_REQUESTS: dict[str, Callable[[Client, Namespace], Awaitable[int]]] = {
    "status": _status,
    "fire": _fire,
    "resume": _resume,
    "receipt": _receipt,
    "explain": _explain,
    "press": _press,
    "arm": _arm,
    "disarm": _arm,
    "rules": _rules,
    "check-live": _check_live,
    "record": _record,
    "replay": _replay,
}
