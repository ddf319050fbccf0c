"""A Home Assistant on this computer: sign-in, states, events and services.

One rule: written from the developers' documents of its WebSocket and REST APIs; a public client
for it is its judge. A service on something unavailable succeeds and does nothing, as there.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.net_end import NetEnd

if TYPE_CHECKING:
    import asyncio
    import ssl

TOKEN = "a long token"
_COLORS = ("rgb_color", "brightness", "effect", "color_temp_kelvin", "hs_color", "xy_color")


def _things() -> dict[str, dict[str, Any]]:
    lamp = {
        "friendly_name": "Desk lamp", "supported_color_modes": ["color_temp", "hs"],
        "color_mode": "color_temp", "color_temp_kelvin": 2700, "brightness": 120,
        "hs_color": [28.4, 65.0], "rgb_color": [255, 166, 89],
    }  # fmt: skip
    return {
        "light.desk": {"state": "on", "attributes": lamp},
        "light.plain": {"state": "off", "attributes": {"supported_color_modes": ["brightness"]}},
        "light.bulb": {"state": "off", "attributes": {"supported_color_modes": ["onoff"]}},
        "switch.plug": {"state": "off", "attributes": {"friendly_name": "Plug"}},
        "siren.horn": {"state": "off", "attributes": {}},
        "fan.big": {"state": "off", "attributes": {"percentage": 0}},
        "number.power": {"state": "10.0", "attributes": {"min": 10, "max": 20, "step": 0.5}},
        "button.bell": {"state": "unknown", "attributes": {}},
        "scene.party": {"state": "unknown", "attributes": {}},
        "script.dance": {"state": "off", "attributes": {}},
        "sensor.heat": {"state": "21.5", "attributes": {"unit_of_measurement": "°C"}},
        "lock.door": {"state": "locked", "attributes": {}},
    }


class HomeAssistant(NetEnd):
    """One Home Assistant; `asked` holds (domain, service, entity, data) of every call."""

    def __init__(self, *, token: str = TOKEN, tls: ssl.SSLContext | None = None) -> None:
        self.token = token
        self.things = _things()
        self.asked: list[tuple[str, str, str, dict[str, Any]]] = []
        self.mute: set[str] = set()
        self.refuse = False
        self.broken: set[str] = set()  # what cannot be told anything
        self._listening: dict[web.WebSocketResponse, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        super().__init__(tls)

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/api/websocket", self._meet),
            web.post("/api/services/{domain}/{service}", self._rest_call),
        ]

    def state(self, name: str) -> str:
        return str(self.things[name]["state"])

    def change(self, name: str, state: str, **attributes: Any) -> None:
        """Something is changed by its owner."""

        async def now() -> None:
            self._set(name, state, attributes)

        self.run(now)

    # ------------------------------------------------------------------ WebSocket

    async def _meet(self, request: web.Request) -> web.WebSocketResponse:
        link = await self.socket(request)
        await link.send_json({"type": "auth_required", "ha_version": "2026.8.1"})
        said = await link.receive_json()
        if said.get("type") != "auth" or said.get("access_token") != self.token:
            await link.send_json({"type": "auth_invalid", "message": "Invalid access token"})
            await link.close()
            return link
        await link.send_json({"type": "auth_ok", "ha_version": "2026.8.1"})
        last = 0
        async for message in link:
            if message.type is not WSMsgType.TEXT:
                continue
            told = message.json()
            if told["id"] <= last:
                error = {"code": "id_reuse", "message": "Identifier values have to increase."}
                await self._fail(link, told["id"], error)
                continue
            last = told["id"]
            await self._take(link, told)
        self.sockets.discard(link)
        self._listening.pop(link, None)
        return link

    async def _take(self, link: web.WebSocketResponse, told: dict[str, Any]) -> None:
        if told["type"] in self.mute:
            if told["type"] == "call_service":
                self._call_told(told)
            return
        match told["type"]:
            case "ping":
                await link.send_json({"id": told["id"], "type": "pong"})
                return
            case "get_states":
                found: Any = [{"entity_id": name, **one} for name, one in self.things.items()]
            case "subscribe_events":
                self._listening[link], found = told["id"], None
            case "call_service" if not self.refuse and self._call_told(told):
                found = {"context": {"id": "1"}, "response": None}
            case _:
                await self._fail(link, told["id"], {"code": "not_found", "message": "Not found"})
                return
        await link.send_json({"id": told["id"], "type": "result", "success": True, "result": found})

    async def _fail(self, link: web.WebSocketResponse, number: int, error: Any) -> None:
        await link.send_json({"id": number, "type": "result", "success": False, "error": error})

    def _call_told(self, told: dict[str, Any]) -> bool:
        name = told.get("target", {}).get("entity_id", "")
        return self._call(told["domain"], told["service"], name, told.get("service_data", {}))

    # ------------------------------------------------------------------ REST

    async def _rest_call(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        data = await request.json()
        names = request.match_info
        known = self._call(names["domain"], names["service"], data.pop("entity_id"), data)
        return web.json_response([]) if known else web.Response(status=400)

    # ------------------------------------------------------------------ services

    def _call(self, domain: str, service: str, name: str, data: dict[str, Any]) -> bool:
        thing = self.things.get(name)
        with self.told():
            self.asked.append((domain, service, name, data))
        if thing is None or thing["state"] == "unavailable":
            return True
        if name in self.broken or not name.startswith(f"{domain}."):
            return False
        match domain, service:
            case "light", "turn_on":
                shown = {key: data[key] for key in _COLORS if key in data}
                if "rgb_color" in data:
                    shown["color_mode"] = "hs"
                if "color_temp_kelvin" in data:
                    shown["color_mode"] = "color_temp"
                self._set(name, "on", shown)
            case "fan", "turn_on":
                self._set(name, "on", {"percentage": data.get("percentage", 100)})
            case "number" | "input_number", "set_value":
                self._set(name, str(float(data["value"])), {})
            case "button", "press":
                self._set(name, "2026-08-19T10:00:00+00:00", {})
            case _, "turn_on" | "turn_off":
                self._set(name, service.removeprefix("turn_"), {})
            case _:
                return False
        return True

    def _set(self, name: str, state: str, attributes: dict[str, Any]) -> None:
        with self.told():
            thing = self.things[name]
            thing["state"] = state
            thing["attributes"] = {**thing["attributes"], **attributes}
        new = {"entity_id": name, **thing}
        for link, number in self._listening.items():
            event = {
                "id": number,
                "type": "event",
                "event": {
                    "event_type": "state_changed",
                    "data": {"entity_id": name, "old_state": None, "new_state": new},
                    "origin": "LOCAL",
                    "time_fired": "2026-08-19T10:00:00+00:00",
                },
            }
            task = self.loop.create_task(_say(link, event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


async def _say(link: web.WebSocketResponse, message: dict[str, Any]) -> None:
    with contextlib.suppress(ConnectionError):
        await link.send_json(message)
