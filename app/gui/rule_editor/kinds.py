"""Which triggers, conditions and actions there are to choose from, grouped for the menu.

Rule: what a part does not say of itself is told from what it is, so that a new file shows up too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from app.core.outputs import OutputAction
from app.core.parts import Action, Condition, Part, Trigger, parts
from app.gui.rule_editor.search_popup import Entry
from app.gui.rule_editor.specs import FieldSpec, holds, specs_of
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.rule_editor.draft import Json, Raw

FAMILIES: Final[dict[str, type[Part]]] = {
    "Trigger": Trigger,
    "Condition": Condition,
    "Action": Action,
}
# By the name of the event's class.
_EVENT_GROUPS: Final[dict[str, str]] = {
    "Gift": "gifts",
    **dict.fromkeys(("Follow", "Share", "Join", "Subscribe", "Chat", "Like", "Battle"), "viewers"),
    **dict.fromkeys(("StreamStarted", "StreamEnded", "Tick", "ViewerCount"), "time"),
    **dict.fromkeys(("MqttMessage", "Called"), "outside"),
    **dict.fromkeys(("Reading", "ButtonPressed", "HotkeyPressed"), "devices"),
}
# By what a part asks for: the first group with such a field.
_FIELD_GROUPS: Final[dict[str, frozenset[str]]] = {
    "rules": frozenset({"rule", "variable"}),
    "show": frozenset({"scene", "source", "sound", "voice"}),
    "outside": frozenset({"url", "topic"}),
    "devices": frozenset({"device"}),
    "time": frozenset({"time", "weekdays"}),
}
# What a group is called in the menu, in its order; the keys are ours.
GROUPS: Final[dict[str, str]] = {
    "gifts": N_("GIFTS"),
    "viewers": N_("VIEWERS"),
    "sender": N_("WHO SENT IT"),
    "values": N_("VALUES"),
    "devices": N_("DEVICES AND KEYS"),
    "flow": N_("ORDER AND CHOICE"),
    "groups": N_("GROUPS"),
    "time": N_("TIME AND STREAM"),
    "show": N_("SOUND, SCREEN AND MESSAGES"),
    "outside": N_("OTHER PROGRAMS"),
    "rules": N_("RULES AND VARIABLES"),
    "other": N_("MORE"),
}
_ICONS: Final[dict[str, str]] = {
    "gifts": "gift",
    "viewers": "user",
    "sender": "user",
    "values": "level",
    "devices": "device",
    "flow": "motion",
    "groups": "motion",
    "time": "clock",
    "show": "window",
    "outside": "share",
    "rules": "settings",
    "other": "effect",
}


def kind_of(family: str, raw: object) -> type[Part] | None:
    """Return the class of a raw part, None if this version does not know it."""
    key = raw.get("key") if isinstance(raw, dict) else None
    return parts(FAMILIES[family]).found.get(key) if isinstance(key, str) else None


def instance(kind: type[Part], raw: Raw) -> Part:
    """Return the part a raw one describes; one that does not fit is shown by its defaults."""
    try:
        return kind.model_validate(raw)
    except ValidationError:
        return kind.model_construct()


@cache
def new_raw(kind: type[Part]) -> Raw:
    """Return a new part as it stands in a file."""
    try:
        raw: Raw = kind().model_dump(mode="json")
    except ValidationError:
        raw = {"key": kind.key, **{spec.name: spec.default for spec in specs_of(kind)}}
    return raw


def title_of(family: str, raw: object) -> str:
    """Return what a raw part is called."""
    kind = kind_of(family, raw)
    if kind is not None:
        return tr(kind.title)
    return str(raw.get("key", "")) if isinstance(raw, dict) else ""


def held(kind: type[Part]) -> tuple[FieldSpec, ...]:
    """Return the fields of a part under which other parts, or branches with parts, stand."""
    return tuple(spec for spec in specs_of(kind) if holds(spec))


def wrappers(family: str) -> list[tuple[type[Part], FieldSpec]]:
    """Return the parts that can be put round another of their family, and where it goes then."""
    found: list[tuple[type[Part], FieldSpec]] = []
    kinds: list[type[Part]] = list(parts(FAMILIES[family]).found.values())
    for kind in kinds:
        for spec in specs_of(kind):
            if spec.kind == "parts" and spec.family == family:
                found.append((kind, spec))
                break
    return found


@cache
def group_of(kind: type[Part]) -> str:
    """Return the group of the menu a part is found in."""
    if held(kind):
        return "groups" if issubclass(kind, Condition) else "flow"
    if issubclass(kind, Trigger):
        return _EVENT_GROUPS.get(kind.event.__name__, "other")
    if issubclass(kind, OutputAction):
        return "devices"
    if kind.key.startswith("sender"):
        return "sender"
    kinds = {spec.kind for spec in specs_of(kind)}
    found = next((group for group, fields in _FIELD_GROUPS.items() if kinds & fields), "")
    if found:
        return found
    return (
        "values" if issubclass(kind, Condition) else "flow" if not kinds - {"formula"} else "show"
    )


def entries(family: str) -> list[Entry]:
    """Return every part of a family for the menu, under headings; found by its sentence too."""
    base = FAMILIES[family]
    kinds: list[type[Part]] = list(parts(base).found.values())
    kinds.sort(key=_by_title)
    lines: list[Entry] = []
    for group in GROUPS:
        inside = [kind for kind in kinds if group_of(kind) == group]
        if not inside:
            continue
        lines.append(Entry(None, tr(GROUPS[group])))
        lines.extend(_entry(kind, group) for kind in inside)
    return lines


def _by_title(kind: type[Part]) -> str:
    return tr(kind.title).casefold()


def _entry(kind: type[Part], group: str) -> Entry:
    found_by = f"{kind.key} {kind.title} {kind.sentence.en} {kind.sentence.vi}"
    about = (kind.__doc__ or "").strip().partition("\n")[0]
    icon = _ICONS.get(group, "effect")
    return Entry(kind.key, tr(kind.title), "", icon, found_by=f"{found_by} {about}")


def parsed_parts(family: str, data: Json) -> list[Raw]:
    """Return the parts of a family in copied data: one, or a list; nothing if there are others."""
    items = data if isinstance(data, list) else [data]
    known = [item for item in items if isinstance(item, dict) and kind_of(family, item)]
    return known if len(known) == len(items) else []
