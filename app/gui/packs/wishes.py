"""What the user wants of a pack before taking it over. Rule: limits are only ever made tighter."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.core.expressions import Formula, FormulaError
from app.core.forms import Pick
from app.core.limits import RuleLimits
from app.core.outputs import OutputAction
from app.core.pack_import import Choices, Place
from app.core.surroundings import DeviceSketch, Surroundings
from app.core.walk import spots
from app.gui.rules.checking import sketched
from app.gui.text import language_code, tr
from drivers.contract import N_, Kind, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.core.packs import Need, Pack
    from app.core.rules import Rule
    from app.core.walk import Path
    from app.gui.models.state import State
    from app.gui.packs.opening import Opened

LATER: Final = "later"
SKIP: Final = "skip"
PRACTICE: Final = "practice"
# What a practice device must be to stand in for an output of a kind.
MACHINES: Final[dict[Kind, tuple[str, str]]] = {
    Kind.MOTOR: ("motor", N_("Practice motor")),
    Kind.LIGHT: ("light", N_("Practice light")),
    Kind.SWITCH: ("relay", N_("Practice relay")),
    Kind.EFFECT: ("effects", N_("Practice effect machine")),
    Kind.POSITION: ("servo", N_("Practice servo")),
    Kind.LEVEL: ("fan", N_("Practice fan")),
    Kind.PULSE: ("puffer", N_("Practice puffer")),
}
# No device has such an id; longer ones no rule can hold.
_STANDS_FOR: Final = "+{role:.59}"
Answer = Place | str


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that the user may tighten, from `low` to `high`.

    `pack` is what the pack asks for at most ("pause": at least), None if that depends on the
    event; `high` then means "as in the pack". `pause` alone gets tighter upwards.
    """

    key: str
    low: float
    high: float
    pack: float | None
    digits: int = 0

    @property
    def loose(self) -> float:
        """Return the value that tightens nothing."""
        return self.low if self.key == "pause" else self.high


# Field of a step: what bounds it, the least, the most where the pack does not tell, decimals.
_STEPS: Final = {
    "seconds": ("max_on_s", 0.1, 600.0, 1),
    "rounds": ("max_rounds", 1.0, 1_000.0, 0),
    "rpm": ("max_rpm", 1.0, 1_000.0, 0),
    "percent": ("max_level", 1.0, 100.0, 0),
}
_RULES: Final = {"max_per_hour": 10_000.0, "max_per_stream": 10_000.0}
_LONGEST_PAUSE_S: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """The answers: a role's device or one of LATER, SKIP, PRACTICE; limits by the key of `Bound`.

    `answers` fill what the pack asks. `share`: variables of the same name are the same ones.
    """

    roles: Mapping[str, Answer] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[tuple[str, Path], Any] = field(default_factory=dict)
    on: bool = False
    share: bool = False

    def pack(self, pack: Pack) -> Pack:
        """Return the pack without the rules that need what is skipped."""
        skipped = {role for role, answer in self.roles.items() if answer == SKIP}
        return without(pack, skipped) if skipped else pack

    def practised(self) -> list[str]:
        """Return the roles that a practice device is to be added for."""
        return [role for role, answer in self.roles.items() if answer == PRACTICE]

    def choices(self, added: Mapping[str, str] | None = None) -> Choices:
        """Return the choices; `added` are the ids of practice devices that are there by now."""
        places = {role: a for role, a in self.roles.items() if isinstance(a, Place)}
        for role in self.practised():
            places[role] = Place((added or {}).get(role) or _STANDS_FOR.format(role=role))
        return Choices(
            devices=places,
            answers=self.answers,
            on=self.on,
            ceiling=self._ceiling(),
            limits=self._limits(),
            language=language_code(),
            share=self.share,
        )

    def _ceiling(self) -> Limits:
        made: dict[str, float] = {}
        for key, (name, *_) in _STEPS.items():
            if key in self.limits:
                made[name] = self.limits[key] / (100.0 if key == "percent" else 1.0)
        return Limits(**made)

    def _limits(self) -> RuleLimits:
        made: dict[str, Any] = {key: int(self.limits[key]) for key in _RULES if key in self.limits}
        return RuleLimits(**made, cooldown_s=self.limits.get("pause", 0.0))


def around(state: State, wishes: Wishes, added: Mapping[str, str] | None = None) -> Surroundings:
    """Return the devices and variables there are, and those that are about to be added."""
    devices = sketched(state.devices.values())
    known = {device.id for device in devices}
    coming = [
        DeviceSketch(one, tr(N_("a practice device")))
        for role in wishes.practised()
        if (one := (added or {}).get(role) or _STANDS_FOR.format(role=role)) not in known
    ]
    # A goal waits for its variable also while nothing has set that yet.
    named = {one.name for one in state.variables} | {one.variable for one in state.goals}
    return Surroundings((*devices, *coming), frozenset(named - {""}))


def machine_for(need: Need) -> tuple[str, str] | None:
    """Return the practice machine that can take a role, and what it is called; None if none."""
    return next((MACHINES[kind] for kind in need.kinds or (Kind.LIGHT,) if kind in MACHINES), None)


def first_wishes(opened: Opened, state: State) -> Wishes:
    """Return what is suggested: own devices where any fit, else practice ones.

    Each output takes one role only, as long as there are others that fit.
    """
    devices = sketched(state.devices.values())
    roles: dict[str, Answer] = {}
    for need in opened.pack.needs:
        places = list(_fitting(need, opened.usual.get(need.role), devices))
        free = [one for one in places if one not in roles.values()]
        practice = PRACTICE if machine_for(need) else LATER
        roles[need.role] = next(iter(free or places), practice)
    return Wishes(roles, answers=dict(opened.answers))


def _fitting(need: Need, usual: Place | None, devices: tuple[DeviceSketch, ...]) -> Iterator[Place]:
    """Return the outputs that can take a role, the one that the file itself names first."""
    named = usual.device if usual is not None else need.role
    own = [one for one in devices if named in (one.id, one.role)]
    for sketch in own:
        output = sketch.output(need.kinds, usual.capability if usual is not None else "")
        if output is not None or not (need.kinds and sketch.outputs):
            yield Place(sketch.id, output.id if output is not None else "")
    for kind in need.kinds:
        for sketch in devices:
            for output in sketch.outputs:
                if output.kind is kind:
                    yield Place(sketch.id, output.id)


def without(pack: Pack, roles: Iterable[str]) -> Pack:
    """Return a pack without some roles, the rules that need them, and groups left empty."""
    roles = set(roles)
    rules = tuple(rule for rule in pack.rules if not roles & set(roles_of(rule)))
    used = {rule.group for rule in rules}
    return pack.model_copy(
        update={
            "rules": rules,
            "groups": tuple(group for group in pack.groups if group.id in used),
            "needs": tuple(need for need in pack.needs if need.role not in roles),
        }
    )


def roles_of(rule: Rule) -> Iterator[str]:
    """Return the roles that a rule needs."""
    for spot in spots(rule):
        if spot.pick == Pick.DEVICE and spot.value:
            yield str(spot.value)


def bounds(pack: Pack) -> tuple[Bound, ...]:
    """Return the limits that make sense for a pack: of its steps, and of its rules."""
    asked: dict[str, list[float | None]] = {}
    for rule in pack.rules:
        for spot in spots(rule):
            if spot.name in _STEPS and isinstance(spot.owner, OutputAction):
                asked.setdefault(spot.name, []).append(_constant(spot.value))
    found: list[Bound] = []
    for key, (_, low, high, digits) in _STEPS.items():
        if key in asked:
            known = [one for one in asked[key] if one is not None]
            most = max(known) if len(known) == len(asked[key]) else None
            top = high if most is None else max(low, most)
            found.append(Bound(key, low, top, most, digits))
    pause = min((rule.limits.cooldown_s for rule in pack.rules), default=0.0)
    found.append(Bound("pause", pause, max(pause, _LONGEST_PAUSE_S), pause))
    for key, high in _RULES.items():
        given = [getattr(rule.limits, key) for rule in pack.rules]
        most = None if None in given or not given else float(max(given))
        found.append(Bound(key, 1.0, high if most is None else most, most))
    return tuple(found)


def tightened(wishes: Wishes, bound: Bound, value: float) -> Wishes:
    """Return the wishes with one limit set; the loose end of it takes the limit away."""
    limits = {key: one for key, one in wishes.limits.items() if key != bound.key}
    value = min(max(value, bound.low), bound.high)
    if value != bound.loose:
        limits[bound.key] = value
    return dataclasses.replace(wishes, limits=limits)


def _constant(value: object) -> float | None:
    if not isinstance(value, Formula) or value.names() or value.free_names():
        return None
    try:
        return value.value({})
    except FormulaError:
        return None
