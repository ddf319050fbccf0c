"""A WLED controller on this computer: state as JSON, presets, playlists and realtime over UDP.

One rule: written from WLED's own source (json.cpp, udp.cpp, playlist.cpp, ws.cpp at 6d16dc2);
the public Python client for WLED is its judge.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.net_end import NetEnd

_MAX_UDP = 1472
_SEGMENT = {
    "id": 0, "start": 0, "stop": 30, "len": 30, "grp": 1, "spc": 0, "of": 0, "on": True,
    "frz": False, "bri": 255, "cct": 127, "set": 0, "lc": 1,
    "col": [[255, 160, 0], [0, 0, 0], [0, 0, 0]],
    "fx": 0, "sx": 128, "ix": 128, "pal": 0, "c1": 128, "c2": 128, "c3": 16, "sel": True,
    "rev": False, "mi": False, "o1": False, "o2": False, "o3": False, "si": 0, "m12": 0, "bm": 0,
}  # fmt: skip


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, device: WledDevice) -> None:
        self._device = device

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._device.datagram(data)


class WledDevice(NetEnd):
    """One controller with `leds` LEDs and the presets 1 "Party", 2 "Hearts", 3 "Evening"."""

    def __init__(self, *, leds: int = 30, receives: bool = True, mute: bool = False) -> None:
        self.leds = leds
        self.receives = receives
        self.mute = mute
        self.slow_s = 0.0
        self.state: dict[str, Any] = {
            "on": True, "bri": 128, "transition": 7, "bs": 0, "ps": -1, "pl": -1, "ledmap": 0,
            "AudioReactive": {"on": False},
            "nl": {"on": False, "dur": 60, "mode": 1, "tbri": 0, "rem": -1},
            "udpn": {"send": False, "recv": True, "sgrp": 1, "rgrp": 1},
            "lor": 0, "mainseg": 0, "seg": [copy.deepcopy(_SEGMENT)],
        }  # fmt: skip
        self.presets: dict[str, Any] = {
            "0": {},
            "1": {"n": "Party", "on": True, "bri": 200, "mainseg": 0, "seg": [{"id": 0, "fx": 9}]},
            "2": {
                "n": "Hearts",
                "on": True,
                "bri": 255,
                "mainseg": 0,
                "seg": [{"id": 0, "fx": 77}],
            },
            "3": {"n": "Evening", "on": True, "bri": 40, "mainseg": 0, "seg": [{"id": 0, "fx": 2}]},
            "9": {"n": "All evening", "playlist": {"ps": [3], "dur": [9000], "repeat": 0}},
        }
        self.live = False
        self.pixels: dict[int, tuple[int, int, int]] = {}
        self.datagrams: list[bytes] = []
        self.posted: list[dict[str, Any]] = []
        self.udp_port = 0
        self._udp: asyncio.DatagramTransport | None = None
        self._live_end: asyncio.TimerHandle | None = None
        self._playlist: asyncio.TimerHandle | None = None
        self._pushes: set[asyncio.Task[None]] = set()
        super().__init__()

    @property
    def shown(self) -> tuple[Any, ...]:
        """What the strip shows: realtime pixels, or effect and brightness."""
        if self.live:
            return ("live", tuple(sorted(self.pixels.items())))
        segment = self.state["seg"][0]
        return (self.state["on"], self.state["bri"], segment["fx"], str(segment["col"]))

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/json", self._all),
            web.get("/json/si", self._si),
            web.get("/json/info", self._info_page),
            web.get("/json/state", self._state_page),
            web.post("/json/state", self._post),
            web.post("/json", self._post),
            web.get("/json/{what:effects|eff|palettes|pal|fxdata|cfg}", self._list),
            web.get("/presets.json", self._presets_page),
            web.get("/ws", self._ws),
        ]

    async def begin(self) -> None:
        self._udp, _ = await self.loop.create_datagram_endpoint(
            lambda: _Ear(self), local_addr=("127.0.0.1", 0)
        )
        self.udp_port = self._udp.get_extra_info("sockname")[1]

    async def end(self) -> None:
        if self._udp is not None:
            self._udp.close()
        for timer in (self._live_end, self._playlist):
            if timer is not None:
                timer.cancel()
        for task in list(self._pushes):
            task.cancel()

    # ------------------------------------------------------------------ realtime, as in udp.cpp

    def datagram(self, data: bytes) -> None:
        with self.told():
            self.datagrams.append(data)
            if self.receives and 2 <= len(data) <= _MAX_UDP and 0 < data[0] < 6:
                self._realtime(data)

    def _realtime(self, data: bytes) -> None:
        if data[1] == 0:
            if self.live:
                self._leave_live()
            return
        self._enter_live(data[1])
        first, width, at = {
            1: (0, 4, 2), 2: (0, 3, 2), 3: (0, 4, 2),
            4: (int.from_bytes(data[2:4], "big"), 3, 4), 5: (int.from_bytes(data[2:4], "big"), 4, 4),
        }[data[0]]  # fmt: skip
        for place, i in enumerate(range(at, len(data) - width + 1, width)):
            rgb = data[i + 1 : i + 4] if data[0] == 1 else data[i : i + 3]
            led = data[i] if data[0] == 1 else first + place
            if led < self.leds:
                self.pixels[led] = (rgb[0], rgb[1], rgb[2])

    def _enter_live(self, hold_s: float) -> None:
        if not self.live:
            self.pixels = dict.fromkeys(range(self.leds), (0, 0, 0))
        self.live = True
        if self._live_end is not None:
            self._live_end.cancel()
        self._live_end = self.loop.call_later(hold_s, self._leave_live)

    def _leave_live(self) -> None:
        if self._live_end is not None:
            self._live_end.cancel()
        with self.told():
            self.live = False
        self._push()

    # ------------------------------------------------------------------ state, as in json.cpp

    def _apply(self, new: dict[str, Any], preset: int = 0) -> None:
        state = self.state
        before = json.dumps([state["on"], state["bri"], state["seg"]])
        for key in ("on", "bri", "transition", "mainseg", "lor"):
            if key in new:
                state[key] = new[key]
        state["nl"].update(new.get("nl", {}))
        if new.get("live") is False and self.live:
            self._leave_live()
        segments = new.get("seg", [])
        for n, one in enumerate([segments] if isinstance(segments, dict) else segments):
            target = one.get("id", n)
            if target < len(state["seg"]):
                state["seg"][target].update(one)
                if "fx" in one and not preset and state["pl"] >= 0:
                    self._unload()
        if "ps" in new and new["ps"] != state["ps"] and 0 < new["ps"] < 251:
            self._apply_preset(new["ps"])
            return
        if "playlist" in new:
            self._load(new["playlist"], preset)
        elif json.dumps([state["on"], state["bri"], state["seg"]]) != before:
            state["ps"] = preset or -1

    def _apply_preset(self, number: int) -> None:
        self._unload()
        self._preset_from_list(number)

    def _preset_from_list(self, number: int) -> None:
        found = self.presets.get(str(number))
        if found:
            self._apply(found, number)
            self.state["ps"] = number

    def _load(self, playlist: dict[str, Any], preset: int) -> None:
        self._unload()
        end = playlist.get("end", 0)
        end = max(self.state["ps"], 0) if end == 255 else end
        self.state["pl"] = preset
        self._preset_from_list(playlist["ps"][0])
        if playlist.get("repeat", 0):
            wait_s = playlist["dur"][0] / 10
            self._playlist = self.loop.call_later(wait_s, self._roll_over, end)

    def _roll_over(self, end: int) -> None:
        with self.told():
            self._unload()
            if end:
                self._preset_from_list(end)
        self._push()

    def _unload(self) -> None:
        if self._playlist is not None:
            self._playlist.cancel()
        self.state["pl"] = -1

    # ------------------------------------------------------------------ pages

    def _info(self) -> dict[str, Any]:
        return {
            "ver": "16.0.1", "vid": 2608190, "cn": "Niji", "release": "ESP32",
            "repo": "wled/WLED", "str": False, "name": "Desk", "udpport": self.udp_port,
            "live": self.live, "liveseg": -1, "lm": "UDP" if self.live else "", "lip": "",
            "leds": {"count": self.leds, "pwr": 120, "fps": 42, "maxpwr": 850, "maxseg": 32,
                     "bootps": 0, "seglc": [1], "lc": 1, "rgbw": False, "wv": 0, "cct": 0},
            "ws": len(self.sockets), "fxcount": 2, "palcount": 2, "cpalcount": 0, "maps": [{"id": 0}],
            "wifi": {"bssid": "00:00:00:00:00:00", "rssi": -50, "signal": 100, "channel": 6},
            "fs": {"u": 12, "t": 983, "pmt": 1}, "ndc": 0, "arch": "esp32", "core": "v4",
            "lwip": 0, "freeheap": 180000, "uptime": 60, "time": "2026-8-19, 12:00:00",
            "opt": 79, "brand": "WLED", "product": "FOSS", "mac": "aabbccddeeff",
            "ip": "127.0.0.1",
        }  # fmt: skip

    async def _all(self, _: web.Request) -> web.Response:
        more = {"effects": ["Solid", "Blink"], "palettes": ["Default", "Random"]}
        return web.json_response({"state": self.state, "info": self._info(), **more})

    async def _si(self, _: web.Request) -> web.Response:
        await self._silent()
        return web.json_response({"state": self.state, "info": self._info()})

    async def _info_page(self, _: web.Request) -> web.Response:
        await self._silent()
        return web.json_response(self._info())

    async def _state_page(self, _: web.Request) -> web.Response:
        return web.json_response(self.state)

    async def _list(self, request: web.Request) -> web.Response:
        names: Any = {"eff": ["Solid", "Blink"], "pal": ["Default", "Random"]}
        found = names.get(request.match_info["what"][:3], [])
        return web.json_response(found if request.match_info["what"] != "cfg" else {"hw": {}})

    async def _presets_page(self, _: web.Request) -> web.Response:
        return web.json_response(self.presets)

    async def _post(self, request: web.Request) -> web.Response:
        new = await request.json()
        with self.told():
            self.posted.append(new)
            self._apply(new)
        await self._silent()
        self._push()
        return web.json_response(self.state if new.get("v") else {"success": True})

    async def _silent(self) -> None:
        await asyncio.sleep(30 if self.mute else self.slow_s)

    # ------------------------------------------------------------------ live news, as in ws.cpp

    async def _ws(self, request: web.Request) -> web.WebSocketResponse:
        # Pings of the socket's own kind stay unanswered: the source says so.
        link = await self.socket(request, autoping=False)
        await link.send_json({"state": self.state, "info": self._info()})
        async for message in link:
            if message.type is WSMsgType.TEXT and message.data.startswith("p"):
                await link.send_str("pong")
        self.sockets.discard(link)
        return link

    def _push(self) -> None:
        if self.sockets and not self.loop.is_closed():
            task = self.loop.create_task(self._push_all())
            self._pushes.add(task)
            task.add_done_callback(self._pushes.discard)

    async def _push_all(self) -> None:
        for link in list(self.sockets):
            with contextlib.suppress(ConnectionError):
                await link.send_json({"state": self.state, "info": self._info()})
