"""Short ways to make packs and what stands around them, for the tests of packs."""

from __future__ import annotations

import json

from app.core.packs import read_pack
from app.core.rules import VERSION, from_content
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from drivers.contract import HAZARD_LIMITS, Hazard, Kind

ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
SPIN = {"key": "rotate", "device": "spinner", "rounds": "count"}
MOTOR = DeviceSketch(
    "m1", "Desk motor", "", (OutputSketch("turn", Kind.MOTOR, HAZARD_LIMITS[Hazard.MOTION], Hazard.MOTION),)
)  # fmt: skip
LAMP = DeviceSketch(
    "l1", "Lamp", "", (OutputSketch("rgb", Kind.LIGHT, HAZARD_LIMITS[Hazard.LIGHT]),)
)
AROUND = Surroundings((MOTOR, LAMP), frozenset({"score"}))


def raw_pack(**fields):
    usual = {
        "giftwire": "pack",
        "version": VERSION,
        "name": {"en": "Spin", "vi": "Xoay"},
        "author": "Anna",
        "needs": [{"role": "spinner", "kinds": ["motor"], "hazard": "motion"}],
        "rules": [{"id": "spin", "name": "Spin it", "on": True, "when": ROSE, "do": [SPIN]}],
    }
    return {**usual, **fields}


def pack(**fields):
    return read_pack(json.dumps(raw_pack(**fields)))


def document(*rules, groups=()):
    return from_content({"version": VERSION, "groups": list(groups), "rules": list(rules)})
