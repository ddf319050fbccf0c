"""What OBS says over obs-websocket 5: greeting, requests, and which sources are in which scene.

One rule: pure, and the standard library only: the guardian and the outlets prove the password with
it, too. Source: obs-websocket's protocol.md, opcodes 0 to 7 and the Scenes requests.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.codecs.naming import output_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HELLO, IDENTIFY, IDENTIFIED, EVENT, REQUEST, ANSWER = 0, 1, 2, 5, 6, 7
RPC_VERSION = 1
# Scenes and SceneItems.
_EVENTS = 1 << 2 | 1 << 7


@dataclass(frozen=True, slots=True)
class Item:
    """One source in one scene; `shown` as it was told last."""

    scene: str
    number: int
    name: str
    shown: bool

    @property
    def key(self) -> tuple[str, int]:
        """What OBS itself calls it."""
        return self.scene, self.number


def identify(hello: Mapping[str, Any], password: str) -> str:
    """Answer OBS's greeting, with the proof that we know the password if it wants one."""
    data: dict[str, Any] = {"rpcVersion": RPC_VERSION, "eventSubscriptions": _EVENTS}
    asked = hello.get("authentication")
    if isinstance(asked, dict):
        data["authentication"] = proof(password, str(asked["salt"]), str(asked["challenge"]))
    return json.dumps({"op": IDENTIFY, "d": data})


def proof(password: str, salt: str, challenge: str) -> str:
    """Return base64(sha256(base64(sha256(password + salt)) + challenge))."""
    secret = base64.b64encode(hashlib.sha256((password + salt).encode()).digest())
    return base64.b64encode(hashlib.sha256(secret + challenge.encode()).digest()).decode()


def request(number: int, message: Mapping[str, Any]) -> str:
    """Return the text of a request; `message` has requestType and perhaps requestData."""
    return json.dumps({"op": REQUEST, "d": {"requestId": str(number), **message}})


def ask(kind: str, **data: object) -> dict[str, Any]:
    """Return a request without its number."""
    return {"requestType": kind, "requestData": data} if data else {"requestType": kind}


def to_scene(scene: str) -> dict[str, Any]:
    """Ask for a scene on air."""
    return ask("SetCurrentProgramScene", sceneName=scene)


def show(item: Item, *, shown: bool) -> dict[str, Any]:
    """Ask for a source to be shown in its scene, or hidden."""
    return ask(
        "SetSceneItemEnabled",
        sceneName=item.scene,
        sceneItemId=item.number,
        sceneItemEnabled=shown,
    )


def scenes_of(answer: object) -> tuple[str, tuple[str, ...]]:
    """Return the scene on air and all scenes, as OBS shows them, from GetSceneList."""
    told = answer if isinstance(answer, dict) else {}
    listed = told.get("scenes")
    names = [
        str(one["sceneName"])
        for one in reversed(listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and "sceneName" in one
    ]
    return str(told.get("currentProgramSceneName") or ""), tuple(names)


def groups_of(answers: Iterable[object]) -> tuple[str, ...]:
    """Return the groups in scenes, from their GetSceneItemList, each once.

    A group is asked and told like a scene: by its own name (RequestHandler_SceneItems.cpp).
    """
    found = [
        str(one.get("sourceName", ""))
        for answer in answers
        for one in _listed(answer)
        if one.get("isGroup") is True
    ]
    return tuple(dict.fromkeys(found))


def items_of(scene: str, answer: object) -> list[Item]:
    """Return the sources of a scene from GetSceneItemList, or of a group."""
    return [
        Item(
            scene,
            one["sceneItemId"],
            str(one.get("sourceName", "")),
            bool(one.get("sceneItemEnabled")),
        )
        for one in _listed(answer)
        if isinstance(one.get("sceneItemId"), int)
    ]


def _listed(answer: object) -> list[dict[str, Any]]:
    told = answer.get("sceneItems") if isinstance(answer, dict) else None
    return [one for one in (told if isinstance(told, list) else []) if isinstance(one, dict)]


def outputs_of(items: Iterable[Item], wanted: str) -> dict[str, Item]:
    """Return the sources that are outputs, by name; `wanted` "" takes all.

    `wanted` has names parted by commas, each a source's or "scene/source". A source that is in
    a scene twice is told apart by its number.
    """
    names = {one.strip().lower() for one in wanted.split(",") if one.strip()}
    found: dict[str, Item] = {}
    for one in items:
        name = f"{one.scene}/{one.name}"
        if names and not names & {one.name.lower(), name.lower()}:
            continue
        whole = output_name(name)
        found[output_name(f"{name} {one.number}") if whole in found else whole] = one
    return found
