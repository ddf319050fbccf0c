"""Which triggers, conditions and actions there are to choose from, grouped for the menu.

Rule: a part says itself what it is for and where it stands, so that a new file shows up too.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from app.core.outputs import OutputAction
from app.core.parts import Action, Condition, Part, Trigger, parts
from app.core.walk import models
from app.gui.rule_editor.entries import Entry, without_empty_heads
from app.gui.rule_editor.specs import FieldSpec, holds, specs_of
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.core.rules import Rule
    from app.gui.rule_editor.draft import Json, Raw

FAMILIES: Final[dict[str, type[Part]]] = {
    "Trigger": Trigger,
    "Condition": Condition,
    "Action": Action,
}
# How many stand under "most used", and how many of those because the user's rules have them.
_MOST_OFTEN: Final = 6
_MOST_OWN: Final = 3
# What a group is called in the menu, in its order; the keys are ours.
GROUPS: Final[dict[str, str]] = {
    "gifts": N_("GIFTS"),
    "chat": N_("CHAT"),
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
    "chat": "chat",
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
_OUTPUT_ICONS: Final = {
    "motor": "motor",
    "light": "light",
    "switch": "relay",
    "level": "level",
    "pulse": "pulse",
    "effect": "effect",
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


def entries(family: str, used: Collection[str] = ()) -> list[Entry]:
    """Return every part of a family for the menu, under headings; found by its sentence too.

    Above them stand those most people look for, after those that the user's own rules `used`.
    """
    found: dict[str, type[Part]] = parts(FAMILIES[family]).found
    ordered = sorted(found.values(), key=_place_in_menu)
    often = [found[key] for key in used if key in found][:_MOST_OWN]
    often += [kind for kind in ordered if kind.common and kind not in often]
    lines = [Entry(None, tr("MOST USED"), again=True)]
    lines += [_entry(kind, again=True) for kind in often[:_MOST_OFTEN]]
    for group in GROUPS:
        lines.append(Entry(None, tr(GROUPS[group])))
        lines.extend(_entry(kind) for kind in ordered if kind.group == group)
    return without_empty_heads(lines)


def _place_in_menu(kind: type[Part]) -> tuple[bool, str]:
    return not kind.common, tr(kind.title).casefold()


def used_in(family: str, rules: Iterable[Rule]) -> list[str]:
    """Return which parts of a family rules are made of, the most frequent first."""
    base = FAMILIES[family]
    counted = Counter(
        part.key for rule in rules for _, part in models(rule) if isinstance(part, base)
    )
    return [key for key, _ in counted.most_common()]


def _entry(kind: type[Part], *, again: bool = False) -> Entry:
    found_by = f"{kind.key} {kind.title} {kind.sentence.en} {kind.sentence.vi}"
    about = tr(kind.summary)
    icon = _icon(kind)
    return Entry(kind.key, tr(kind.title), "", icon, "none", found_by, about=about, again=again)


def _icon(kind: type[Part]) -> str:
    """Return the picture of the output that a step drives, else that of the part's group."""
    driven = str(kind.kinds[0]) if issubclass(kind, OutputAction) and kind.kinds else ""
    return _OUTPUT_ICONS.get(driven) or _ICONS.get(kind.group, "effect")


def parsed_parts(family: str, data: Json) -> list[Raw]:
    """Return the parts of a family in copied data: one, or a list; nothing if there are others."""
    items = data if isinstance(data, list) else [data]
    known = [item for item in items if isinstance(item, dict) and kind_of(family, item)]
    return known if len(known) == len(items) else []
