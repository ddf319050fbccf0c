"""The words of rules: each rule's sentence once, and what searching looks at.

Rule: worded when first asked for, again only when the rule, the language or a device's name is
another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from app.core.sentences import rule_text
from app.core.speech import CLOSE, OPEN, Speaker
from app.gui.palette import folded
from app.gui.rule_editor.around import shipped_gifts
from app.gui.text import language_code, tr
from app.gui.words import TIERS, gift_icon, gift_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.rules import Rule
    from app.gui.models.state import State

# Names that users typed are fenced off in sentences; a search must not trip over the fence.
_FENCE: Final = str.maketrans("", "", OPEN + CLOSE)
_ICONS: Final = {
    "gift_any": "gift",
    "gift_tier": "gift",
    "combo_milestone": "star",
    "likes": "heart",
    "follow": "follow",
    "share": "share",
    "join": "join",
    "subscribe": "star",
    "chat_command": "chat",
    "chat_contains": "chat",
    "chat_pattern": "chat",
    "battle": "bolt",
    "viewers_reached": "user",
    "timer": "clock",
    "time_of_day": "clock",
    "stream_started": "live",
    "stream_ended": "live",
    "telemetry_crosses": "level",
    "mqtt_message": "devices",
    "button": "play",
    "hotkey": "keyboard",
    "called": "arrow",
}


def speaker(state: State) -> Speaker:
    """Return who words rules in the language in force, with the devices' names of now."""
    names = {device.id: device.name for device in state.devices.values()}

    def device_name(device_id: str) -> str:
        return names.get(device_id, "")

    return Speaker(language=language_code(), device_name=device_name, gift_name=gift_name)


@dataclass(slots=True)
class Worded:
    """A rule in words. `sought` is what a search looks at, made when first searched."""

    rule: Rule
    sentence: str
    icon: str
    role: str
    devices: frozenset[str]
    sought: str = ""


class Wording:
    """Rules in words, kept until something makes them different."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._kept: dict[str, Worded] = {}
        self._speaker = speaker(state)
        self._names: dict[str, str] = {}
        self.renew()

    def renew(self) -> bool:
        """Take other device names or another language; True if all has to be worded anew."""
        names = {device.id: device.name for device in self._state.devices.values()}
        if names == self._names and self._speaker.language == language_code() and self._kept:
            return False
        self._names = names
        self._speaker = speaker(self._state)
        self._kept.clear()
        return True

    def of(self, rule: Rule) -> Worded:
        """Return a rule in words."""
        kept = self._kept.get(rule.id)
        if kept is not None and kept.rule is rule:
            return kept
        if kept is not None and _same_but_name(kept.rule, rule):
            made = replace(kept, rule=rule, sought="")
        else:
            icon, role = _tile(rule)
            made = Worded(rule, rule_text(rule, self._speaker), icon, role, devices_of(rule))
        self._kept[rule.id] = made
        return made

    def sought(self, rule: Rule) -> str:
        """Return everything a search may find a rule by, without case and marks."""
        worded = self.of(rule)
        if not worded.sought:
            gifts = rule.when.gift_names()
            names = [self._names.get(one, "") for one in worded.devices]
            both = [*gifts, *(tr(one) for one in gifts)]
            parts = (rule.name, worded.sentence.translate(_FENCE), rule.note, *both, *names)
            worded.sought = folded("\n".join(parts))
        return worded.sought


def _same_but_name(was: Rule, now: Rule) -> bool:
    """Say whether turning, renaming or moving is all that was done: the sentence stays."""
    return (
        was.when is now.when
        and was.only_if is now.only_if
        and was.do is now.do
        and was.limits is now.limits
        and was.react == now.react
        and was.mode == now.mode
        and was.priority == now.priority
    )


def devices_of(rule: Rule) -> frozenset[str]:
    """Return the devices, by id or role, that the steps and conditions of a rule name."""
    return frozenset(_named((*rule.do, *rule.only_if, rule.when))) - {""}


def _named(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        fields: dict[str, Any] = value.__dict__
        for name, inner in fields.items():
            if name in ("device", "device_id") and isinstance(inner, str):
                yield inner
            elif isinstance(inner, BaseModel | tuple | list):
                yield from _named(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _named(inner)


@cache
def _prices() -> tuple[dict[int, int], dict[str, int]]:
    gifts = shipped_gifts()
    return {gift.id: gift.coins for gift in gifts}, {
        gift.name.casefold(): gift.coins for gift in reversed(gifts)
    }


def _tile(rule: Rule) -> tuple[str, str]:
    """Return picture and tint: a gift's by its price, others by what the rule waits for."""
    names = rule.when.gift_names()
    ids = rule.when.gift_ids()
    if not names and not ids:
        least = getattr(rule.when, "least", None)
        if isinstance(least, int):
            return gift_icon("", least), _tier(max(1, least))
        return _ICONS.get(rule.when.key, "gift"), "iff"
    by_id, by_name = _prices()
    coins = max(
        [by_id.get(one, 0) for one in ids] + [by_name.get(name.casefold(), 0) for name in names]
    )
    return gift_icon(names[0] if names else "", coins), _tier(coins)


def _tier(coins: int) -> str:
    return next((role for least, role in TIERS if coins >= least), "none")
