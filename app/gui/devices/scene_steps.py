"""What a step of a scene can be told, by kind of output. Rule: values are those of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.core.forms import CHOICES, SHOWN_IF
from app.gateway.views import SceneStep
from app.gui.rule_editor.specs import FieldSpec
from app.gui.tokens import RULE_COLOURS
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import CapabilityView, OutputRef
    from app.gui.rule_editor.draft import Raw

_HUNDRED: Final = 100
_WHITE: Final = RULE_COLOURS[0]
_MOST_S: Final = 600
_USUAL_S: Final = 3.0
# What an output is told, the usual first; where there are two, one is chosen.
VERBS: Final[dict[str, tuple[str, ...]]] = {
    "switch": ("switch",),
    "level": ("set_level",),
    "light": ("set_color", "flash"),
    "motor": ("rotate", "run"),
    "pulse": ("pulse",),
    "effect": ("play",),
    "position": ("move_to",),
}
_WORDS: Final[dict[str, str]] = {
    "set_color": N_("shines"),
    "flash": N_("flashes"),
    "rotate": N_("turns rounds"),
    "run": N_("turns for a time"),
}
# These end by themselves.
_COUNTED: Final = ("rotate", "flash")


def specs_of_step(output: CapabilityView) -> tuple[FieldSpec, ...]:
    """Return the fields of a step that tells this output something."""
    verbs = VERBS.get(output.kind, ())
    specs: list[FieldSpec] = []
    if len(verbs) > 1:
        words = {CHOICES: {verb: _WORDS[verb] for verb in verbs}}
        specs.append(
            FieldSpec("verb", "choice", N_("It"), choices=verbs, default=verbs[0], schema=words)
        )
    specs += _OWN.get(output.kind, ())
    if output.kind == "effect":
        names = tuple(output.effects)
        first = names[0] if names else ""
        specs.append(FieldSpec("effect", "choice", N_("Effect"), choices=names, default=first))
    specs.append(
        FieldSpec("after_s", "duration", N_("Begins after"), unit="s", low=0, high=_MOST_S,
                  default=0)
    )  # fmt: skip
    timed = [verb for verb in verbs if verb not in _COUNTED]
    if timed and output.kind != "pulse":
        shown = {SHOWN_IF: {"verb": timed}} if len(verbs) > 1 else {}
        specs.append(
            FieldSpec("duration_s", "duration", N_("For this long"), unit="s", low=0, low_open=True,
                      high=_MOST_S, default=_USUAL_S, schema=shown)
        )  # fmt: skip
    return tuple(specs)


def _only(*verbs: str) -> dict[str, Any]:
    return {SHOWN_IF: {"verb": list(verbs)}}


_OWN: Final[dict[str, tuple[FieldSpec, ...]]] = {
    "level": (FieldSpec("level", "percent", N_("Level"), unit="percent", low=0, high=100,
                        default=50),),
    "position": (FieldSpec("position", "percent", N_("Position"), unit="percent", low=0, high=100,
                           default=100),),
    "light": (
        FieldSpec("colour", "color", N_("Colour"), default=_WHITE),
        FieldSpec("level", "percent", N_("Brightness"), unit="percent", low=1, high=100,
                  default=100, schema=_only("set_color")),
        FieldSpec("times", "number", N_("Times"), low=1, high=100, whole=True, default=3,
                  schema=_only("flash")),
    ),
    "motor": (
        FieldSpec("rounds", "number", N_("Rounds"), low=0, low_open=True, default=3,
                  schema=_only("rotate")),
        FieldSpec("rpm", "number", N_("Speed"), unit="rpm", low=0, low_open=True, default=60),
        FieldSpec("reverse", "switch", N_("Backwards"), default=False),
    ),
}  # fmt: skip


def shown(step: SceneStep) -> Raw:
    """Return a step's values as its fields show them."""
    raw: Raw = {"verb": step.verb, "after_s": step.after_s, **step.args}
    if step.duration_s is not None:
        raw["duration_s"] = step.duration_s
    for name in ("level", "position"):
        if name in raw:
            raw[name] = round(float(raw[name]) * _HUNDRED)
    if "red" in raw:
        rgb = (int(raw.get(name, 255)) for name in ("red", "green", "blue"))
        raw["colour"] = "#" + "".join(f"{one:02x}" for one in rgb)
    return raw


def step_of(ref: OutputRef, output: CapabilityView, raw: Raw) -> SceneStep:
    """Return the step that fields with these values mean."""
    verbs = VERBS.get(output.kind, ("pulse",))
    verb = str(raw.get("verb") or verbs[0])
    if verb not in verbs:
        verb = verbs[0]
    counted = verb in _COUNTED or verb == "pulse"
    return SceneStep(
        device_id=ref.device_id,
        capability=ref.capability,
        verb=verb,
        args=_args(verb, raw),
        after_s=float(raw.get("after_s") or 0.0),
        duration_s=None if counted else float(raw.get("duration_s") or _USUAL_S),
    )


def _args(verb: str, raw: Raw) -> dict[str, float | int | bool | str]:
    turning: dict[str, float | int | bool | str] = {
        "rpm": float(raw.get("rpm") or 0.0),
        "reverse": bool(raw.get("reverse")),
    }
    found: dict[str, dict[str, float | int | bool | str]] = {
        "switch": {"on": True},
        "set_level": {"level": _share(raw, "level")},
        "move_to": {"position": _share(raw, "position")},
        "play": {"effect": str(raw.get("effect") or "")},
        "set_color": {**_rgb(raw), "level": _share(raw, "level")},
        "flash": {"times": int(raw.get("times") or 1), **_rgb(raw)},
        "rotate": {"rounds": float(raw.get("rounds") or 0.0), **turning},
        "run": turning,
    }
    return found.get(verb, {})


def _share(raw: Raw, name: str) -> float:
    value = raw.get(name)
    return float(_HUNDRED if value is None else value) / _HUNDRED


def _rgb(raw: Raw) -> dict[str, float | int | bool | str]:
    colour = str(raw.get("colour") or _WHITE).removeprefix("#")
    numbers = [int(colour[place : place + 2], 16) for place in (0, 2, 4)]
    return dict(zip(("red", "green", "blue"), numbers, strict=True))
