"""Tries every part of the program on this computer: `--selftest`, and the lists of parts.

One rule: each check is independent; one that fails says why and stops nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__, console, endpoint, launch, paths
from app.core.catalog import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.gateway.views import Snapshot

START_S = 60.0
LISTS = ("drivers", "conditions", "actions", "pages")


def list_parts(kinds: Sequence[str]) -> int:
    """Print the keys of what was found by scanning, one a line; broken files go to stderr."""
    broken: dict[str, str] = {}
    for kind in kinds:
        keys, bad = found(kind)
        for key in keys:
            console.say(key)
        broken |= bad
    for name, error in broken.items():
        console.complain(f"{name} is broken: {error}")
    return console.FAILED if broken else console.DONE


def found(kind: str) -> tuple[list[str], dict[str, str]]:
    """Return the sorted keys of `kind` (one of LISTS) and what is broken, with its error."""
    if kind == "pages":
        _offscreen()
        from app.gui.page import broken_pages, find_pages

        pages = find_pages()
        return sorted(page.key for page in pages.pages), broken_pages(pages)
    return _catalog(kind)


def _catalog(kind: str) -> tuple[list[str], dict[str, str]]:
    from app.core.parts import Action, Condition, parts
    from drivers.contract import Driver

    if kind == "drivers":
        base: type[Any] = Driver
        drivers = scan("drivers", base)
        return sorted(drivers.found), dict(drivers.broken)
    catalog = parts(Condition) if kind == "conditions" else parts(Action)
    return sorted(catalog.found), dict(catalog.broken)


def run(file: str = "") -> int:
    """Carry out every check, print a line for each; `file` gets the result as JSON."""
    results = [_carry_out(name, check) for name, check in CHECKS.items()]
    good = all(one["ok"] for one in results)
    failed = sum(not one["ok"] for one in results)
    console.say("All parts work." if good else f"{failed} of {len(results)} parts do not work.")
    if file:
        told = {"version": __version__, "python": platform.python_version(), "ok": good}
        told |= {"system": platform.platform(), "frozen": paths.frozen(), "checks": results}
        try:
            Path(file).write_text(json.dumps(told, indent=2), encoding="utf-8")
        except OSError as error:
            console.complain(f"The result cannot be written: {error}")
            return console.FAILED
    return console.DONE if good else console.FAILED


def _carry_out(name: str, check: Callable[[], str]) -> dict[str, object]:
    began = time.monotonic()
    try:
        ok, detail = True, check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what we look for
        ok, detail = False, f"{type(error).__name__}: {error}"
    ms = round((time.monotonic() - began) * 1000)
    console.say(f"{'ok' if ok else 'FAILED':6} {name}: {detail} ({ms} ms)")
    return {"name": name, "ok": ok, "detail": detail, "ms": ms}


# --------------------------------------------------------------------------------- the checks


def _core() -> str:
    """Start guardian and core as a user would, talk, and end them."""
    profile = Path(tempfile.mkdtemp(prefix="giftwire-selftest-"))
    try:
        return asyncio.run(_visit(profile))
    finally:
        # Ended, or never begun.
        with contextlib.suppress(endpoint.EndpointError):
            endpoint.ask(profile, {"want": "quit"}, 20.0)
        shutil.rmtree(profile, ignore_errors=True)


async def _visit(profile: Path) -> str:
    from app.gateway.client import Client
    from app.gateway.messages import Status
    from app.tasks import Tasks

    seen: asyncio.Queue[Snapshot] = asyncio.Queue()
    client = Client(
        profile,
        start_core=lambda: launch.start_guardian(profile, launch.CoreOptions(demo=True)),
        on_changed=lambda _: None,
        on_snapshot=seen.put_nowait,
        on_link=lambda _: None,
        name="selftest",
    )
    tasks = Tasks()
    _ = tasks.spawn("selftest", client.run())
    began = time.monotonic()
    try:
        async with asyncio.timeout(START_S):
            snapshot = await seen.get()
        ready_ms = (time.monotonic() - began) * 1000
        began = time.monotonic()
        if (await client.ask(Status())).snapshot is None:
            raise RuntimeError("no status came back")
        trip_ms = (time.monotonic() - began) * 1000
    except TimeoutError:
        raise RuntimeError(f"the core did not start: {client.link.detail}") from None
    finally:
        await tasks.cancel_all()
    return f"process {snapshot.pid} ready in {ready_ms:.0f} ms, round trip {trip_ms:.1f} ms"


def _backtest() -> str:
    """Play a short stream as the window does, in a process of its own."""
    from app.core.backtests import BacktestRequest, Failed, Finished, Scripted, news

    starter = json.loads((paths.resources() / "rules" / "starter.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="giftwire-selftest-") as folder:
        request = BacktestRequest(source=Scripted(name="roses"), rules=starter, profile=folder)
        process = subprocess.Popen(
            launch.own_command("backtest"),
            cwd=launch.own_folder(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **launch.apart(),
        )
        too_long = threading.Timer(START_S, process.kill)
        too_long.start()
        # Its input stays open until it has answered: the end of it would mean that we are gone.
        with process:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("no pipes")
            process.stdin.write(request.model_dump_json().encode() + b"\n")
            process.stdin.flush()
            told = [news.validate_json(line) for line in process.stdout]
        too_long.cancel()
    match told[-1:]:
        case [Finished(now=now)]:
            return f"{now.gifts} gifts of {now.length_s:.0f} s played in {now.took_s * 1000:.0f} ms"
        case [Failed(code=code, detail=detail)]:
            raise RuntimeError(f"{code}: {detail}")
    raise RuntimeError(f"no answer, exit code {process.returncode}")


def _keyring() -> str:
    import keyring
    from keyring.backends import chainer, fail

    backend = keyring.get_keyring()
    bare = isinstance(backend, chainer.ChainerBackend) and not backend.backends
    if isinstance(backend, fail.Keyring) or bare:
        return "this computer has none; keys are kept for one run, or in a file with a passphrase"
    return f"{type(backend).__module__}.{type(backend).__name__}"


def _tls() -> str:
    import ssl

    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    number = len(context.get_ca_certs())
    if context.verify_mode != ssl.CERT_REQUIRED or not context.check_hostname or not number:
        raise RuntimeError("certificates would not be checked")
    return f"{ssl.OPENSSL_VERSION}, {number} authorities"


def _decoding() -> str:
    """Build a frame with a gift, as TikTok sends it, and read it."""
    from app.live import schema
    from app.live.wire import FrameReader

    gift = schema.MESSAGES[b"WebcastGiftMessage"](gift_id=5655, repeat_count=3)
    inner = schema.BaseMessage(method=b"WebcastGiftMessage", payload=gift.SerializeToString())
    result = schema.FetchResult(messages=[inner], need_ack=True)
    frame = schema.PushFrame(payload_type=b"msg", payload=result.SerializeToString(), log_id=7)
    received = FrameReader(1, 1).receive(frame.SerializeToString())
    if received is None or len(received.messages) != 1 or len(received.replies) != 1:
        raise RuntimeError("a built frame could not be read")
    read = type(gift).FromString(received.messages[0].payload)
    if (read.gift_id, read.repeat_count) != (5655, 3):
        raise RuntimeError("a built gift was read wrong")
    from google.protobuf.internal import api_implementation

    return f"protobuf {api_implementation.Type()}"


def _tiktok() -> str:
    """Import the library, and start the process that signs with it; without a wish it ends."""
    import TikTokLive  # noqa: F401 - whether it imports is the question

    words = launch.own_command("sign")
    done = subprocess.run(words, cwd=launch.own_folder(), input=b"", timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(f"the process that signs ended with {done.returncode}")
    return f"TikTokLive {metadata.version('TikTokLive')}"


def _serial() -> str:
    import serial
    from serial.tools import list_ports

    ports = len(list_ports.comports())
    if sys.platform == "win32":
        return f"pyserial {serial.__version__}, {ports} ports"
    main, far = os.openpty()
    try:
        with serial.Serial(os.ttyname(far), 115200, timeout=2, exclusive=True) as port:
            port.write(b"ping")
            if os.read(main, 4) != b"ping":
                raise RuntimeError("bytes were changed on the way out")
            os.write(main, b"pong")
            if port.read(4) != b"pong":
                raise RuntimeError("bytes were changed on the way in")
    finally:
        os.close(main)
        os.close(far)
    return f"pyserial {serial.__version__}, {ports} ports"


def _database() -> str:
    import sqlite3

    with tempfile.TemporaryDirectory(prefix="giftwire-selftest-") as folder:
        base = sqlite3.connect(Path(folder) / "try.db")
        try:
            mode = base.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        finally:
            base.close()
    return f"SQLite {sqlite3.sqlite_version}, journal mode {mode}"


def _window() -> str:
    """Load Qt, the look, the fonts, an icon and both languages."""
    _offscreen()
    from app.gui import icons
    from app.gui.application import prepare
    from app.gui.options import OptionsFile
    from app.gui.tray import tray_icon

    with tempfile.TemporaryDirectory(prefix="giftwire-selftest-") as folder:
        app, language = prepare(OptionsFile(Path(folder)))
        for code in ("vi", "en"):
            language.choose(code)
        for picture in (icons.pixmap("gift", "text2"), tray_icon("running").pixmap(32, 32)):
            if picture.isNull():
                raise RuntimeError("an icon could not be drawn")
        font, platform_name = app.font().family(), app.platformName()
    return f"Qt {metadata.version('PySide6-Essentials')}, {platform_name}, font {font}"


def _resources() -> str:
    wanted = ("fonts/*.otf", "i18n/*.qm", "rules/starter.json", "gifts/*.json")
    counts = {what: len(list(paths.resources().glob(what))) for what in wanted}
    missing = [what for what, number in counts.items() if not number]
    if missing:
        raise RuntimeError(f"missing: {', '.join(missing)}")
    return ", ".join(f"{number} {what}" for what, number in counts.items())


def _rules() -> str:
    from app.core.rules import load

    text = (paths.resources() / "rules" / "starter.json").read_text(encoding="utf-8")
    document = load(text)
    if document.set_aside:
        raise RuntimeError(f"{len(document.set_aside)} starter rules do not load")
    return f"{len(document.rules.rules)} starter rules"


def _parts() -> str:
    counts = {}
    for kind in LISTS:
        keys, broken = found(kind)
        if broken:
            raise RuntimeError("; ".join(f"{name}: {error}" for name, error in broken.items()))
        counts[kind] = len(keys)
    if not all(counts.values()):
        raise RuntimeError(f"some were not found: {counts}")
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def _outside() -> str:
    """Load what rules reach outside with; some of it is looked up by name when it is needed."""
    import miniaudio
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    from app.gateway.door import quiet_server
    from app.outlets.sound import sounds

    ours = sounds([paths.resources() / "sounds"])
    seconds = sum(miniaudio.get_file_info(str(path)).duration for path in ours.values())
    protocol = Client(CallbackAPIVersion.VERSION2).protocol
    config = quiet_server(_no_app).config
    config.load()
    # On a Mac the system's own program speaks.
    voices = {"win32": "sapi5", "darwin": ""}.get(sys.platform, "espeak")
    if voices and importlib.util.find_spec(f"pyttsx3.drivers.{voices}") is None:
        raise LookupError(f"pyttsx3.drivers.{voices}")
    door = config.http_protocol_class.__name__
    return f"{len(ours)} sounds of {seconds:.1f} s, MQTT {protocol.name}, door by {door}"


def _broker() -> str:
    """Send a message through the broker for Wi-Fi devices, in its own process."""
    from app.broker.try_out import try_out

    return asyncio.run(try_out())


async def _no_app(_scope: object, _receive: object, _send: object) -> None:
    """Serve nothing."""


CHECKS: dict[str, Callable[[], str]] = {
    "resources": _resources,
    "parts": _parts,
    "starter rules": _rules,
    "core and control channel": _core,
    "backtest": _backtest,
    "keyring": _keyring,
    "secure connections": _tls,
    "decoding": _decoding,
    "TikTok client": _tiktok,
    "outside": _outside,
    "broker": _broker,
    "serial lines": _serial,
    "database": _database,
    "window": _window,
}


def _offscreen() -> None:
    """Let Qt load where there is no screen."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
