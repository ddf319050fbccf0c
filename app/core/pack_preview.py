"""Tells what a pack will do, before any of it is accepted: its rules in words, and what it reaches.

One rule: everything that leaves the rules or can start them from outside is named.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.forms import Pick
from app.core.outputs import OutputAction
from app.core.pack_guard import host_of
from app.core.pack_import import Choices, asks, clashes, other_names
from app.core.pack_words import REACHES
from app.core.packs import written
from app.core.parts import Action, Trigger
from app.core.sentences import rule_text
from app.core.walk import fields_of, spots
from drivers.contract import Hazard, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from app.core.pack_import import Ask, Place
    from app.core.packs import Need, Pack
    from app.core.rules import RuleDocument
    from app.core.speech import Speaker
    from app.core.surroundings import Surroundings
    from app.core.walk import Spot

# Steps that reach outside without a field that tells where.
_BY_KEY: Final = {
    "speak": "speech",
    "notify": "notify",
    "show_text": "overlay",
    "write_log": "log",
    "raise_alarm": "alarm",
}
_BY_PICK: Final[dict[Pick, str]] = {
    Pick.SOUND: "sound",
    Pick.SCENE: "obs",
    Pick.SOURCE: "obs",
    Pick.TOPIC: "mqtt",
}
# Steps that stay within the rules.
_INSIDE: Final = frozenset(
    (
        *("wait", "sequence", "parallel", "repeat", "choose", "random_pick", "stop_run"),
        *("run_rule", "turn_rule", "set_variable", "add_variable"),
    )
)
_HEARD: Final = {"mqtt_message": "hears_mqtt", "called": "hears_call", "hotkey": "hotkey"}
_SAFE: Final = (Hazard.NONE, Hazard.LIGHT)
# From harmless to what hurts most, as they are written down.
_WORSE: Final = tuple(Hazard)
# How dangerous an output of a kind is taken to be while nobody has said more.
_FEARED: Final = {
    Kind.MOTOR: Hazard.MOTION,
    Kind.SWITCH: Hazard.MAINS,
    Kind.PULSE: Hazard.MOTION,
    Kind.LIGHT: Hazard.LIGHT,
}
_MOST_LISTED: Final = 20
_ORDER: Final = tuple(REACHES)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of the pack in words, and whether it would come in turned on."""

    name: str
    sentence: str
    on: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Something outside that rules of the pack use, or that can start them (`REACHES`)."""

    code: str
    what: str
    rules: tuple[str, ...]

    def sentence(self, language: str = "en") -> str:
        """Say it, beginning in small letters: "plays the sound horn"."""
        say = REACHES[self.code]
        return (say.vi if language == "vi" else say.en).format(what=self.what)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of the pack, and the own outputs that can take it: (device, its name, capability)."""

    need: Need
    fitting: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown before a pack is taken over.

    `clashes` are variables of the pack that the user has already: with `renamed` names if they
    are not to be shared.
    """

    rules: tuple[RuleLine, ...]
    reaches: tuple[Reach, ...]
    roles: tuple[RoleLine, ...]
    clashes: tuple[str, ...]
    renamed: Mapping[str, str]
    asks: tuple[Ask, ...]


def preview(
    document: RuleDocument,
    pack: Pack,
    choices: Choices,
    around: Surroundings,
    speaker: Speaker,
    most: int | None = None,
) -> Preview:
    """Tell what a pack will do with these choices; `document` is what there is already.

    Of its rules no more than `most` are put into words.
    """
    named = dataclasses.replace(speaker, device_name=_Namer(pack, choices, around, speaker))
    table = pack.words.get(speaker.language, {})
    lines = tuple(
        RuleLine(
            table.get(rule.name, rule.name),
            rule_text(rule, named, full=True),
            rule.on and choices.on,
        )
        for rule in pack.rules[:most]
    )
    return Preview(
        rules=lines,
        reaches=reaches(pack, choices, around, speaker),
        roles=tuple(RoleLine(need, tuple(_fitting(need, around))) for need in pack.needs),
        clashes=tuple(sorted(clashes(document, pack, around))),
        renamed=other_names(document, pack, choices, around),
        asks=asks(pack),
    )


def reaches(
    pack: Pack, choices: Choices, around: Surroundings, speaker: Speaker
) -> tuple[Reach, ...]:
    """Return what the pack uses outside its rules, each thing once, with the rules that do."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    name_of = _Namer(pack, choices, around, speaker)
    for rule in pack.rules:
        for spot in spots(rule):
            answer = written(choices.answers.get((rule.id, spot.path)))
            for code, what in _reached(spot, answer, pack, choices, around):
                shown = name_of(what) if code in ("device", "hazard") else what
                found.setdefault((code, shown), {})[rule.name or rule.id] = None
    ordered = sorted(found.items(), key=lambda item: (_ORDER.index(item[0][0]), item[0][1]))
    return tuple(Reach(code, what, tuple(rules)) for (code, what), rules in ordered)


def _reached(
    spot: Spot, answer: str, pack: Pack, choices: Choices, around: Surroundings
) -> Iterator[tuple[str, str]]:
    owner, pick, text = spot.owner, spot.pick, answer or written(spot.value)
    first = spot.name == next(iter(type(owner).model_fields), "")
    if isinstance(owner, Trigger):
        if first and owner.key in _HEARD:
            yield _HEARD[owner.key], _texts_of(owner)
    elif pick == Pick.PEOPLE and spot.value:
        yield "people", _listed([str(one) for one in spot.value])
    elif not isinstance(owner, Action):
        return
    elif pick == Pick.DEVICE and text:
        yield _danger(spot, pack, choices, around), text
    elif pick == Pick.URL:
        yield ("webhook", host_of(text) or text) if text else ("webhook_asked", "")
    elif pick in _BY_PICK and text:
        yield _BY_PICK[Pick(pick)], text
    elif first:
        yield from _by_key(owner)


def _by_key(step: Action) -> Iterator[tuple[str, str]]:
    if step.key in _BY_KEY:
        yield _BY_KEY[step.key], ""
    elif step.key not in _INSIDE and not _told(type(step)):
        # A step that came later than this list: better named than hidden.
        yield "other", step.title


def _told(step: type[BaseModel]) -> bool:
    picks = set(fields_of(step).values())
    return bool(picks & {Pick.DEVICE, Pick.URL, *_BY_PICK})


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_LISTED
    said = ", ".join(texts[:_MOST_LISTED])
    return f"{said}, … (+{more})" if more > 0 else said


def _texts_of(part: BaseModel) -> str:
    texts = (getattr(part, name) for name in type(part).model_fields)
    return _listed([text for text in texts if isinstance(text, str) and text])


def _danger(spot: Spot, pack: Pack, choices: Choices, around: Surroundings) -> str:
    need = pack.need(str(spot.value))
    if need is None:
        return "device"
    kinds = spot.owner.kinds if isinstance(spot.owner, OutputAction) else need.kinds
    hazard = hazard_of(need, choices.devices.get(need.role), around, kinds)
    return "device" if hazard in _SAFE else "hazard"


def hazard_of(
    need: Need, place: Place | None, around: Surroundings, kinds: Sequence[Kind] = ()
) -> Hazard:
    """Say how dangerous a role is: what the pack says or its device is, whichever is worse.

    Where no device is known, the pack is not believed to be harmless. `kinds`: those of the step.
    """
    kinds = kinds or need.kinds
    sketch = around.device(place.device, kinds) if place is not None else None
    output = sketch.output(kinds, place.capability) if sketch and place else None
    if output is not None:
        own = [output.hazard]
    elif sketch is not None and not kinds:
        own = [one.hazard for one in sketch.outputs]
    else:
        own = [_FEARED.get(kind, Hazard.NONE) for kind in kinds]
    return max((need.hazard, *own), key=_WORSE.index)


class _Namer:
    """Names a role by the own device that takes it, or by what the pack calls it."""

    def __init__(
        self, pack: Pack, choices: Choices, around: Surroundings, speaker: Speaker
    ) -> None:
        self._names: dict[str, str] = {}
        devices = {one.id: one.name or one.id for one in around.devices or ()}
        for need in pack.needs:
            place = choices.devices.get(need.role)
            own = devices.get(place.device, place.device) if place is not None else ""
            self._names[need.role] = own or need.title.said(speaker.language) or need.role

    def __call__(self, device: str) -> str:
        return self._names.get(device, "")


def _fitting(need: Need, around: Surroundings) -> Iterator[tuple[str, str, str]]:
    for device in around.devices or ():
        name = device.name or device.id
        if not need.kinds or not device.outputs:
            yield device.id, name, ""
            continue
        for kind in need.kinds:
            for output in device.outputs:
                if output.kind is kind:
                    yield device.id, name, output.id
