"""One rule being edited: what is applied, what is still a draft, and every change as one undo step.

Rule: a draft that does not fit leaves the rule as it was; it is applied with whatever mends it.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.core.rules import Rule
from app.gui.rule_editor import draft
from app.gui.rule_editor.kinds import new_raw
from app.gui.text import language_code, number, tr

if TYPE_CHECKING:
    from app.core.parts import Part
    from app.core.problems import Problem
    from app.gui.rule_editor.draft import Json, Place, Raw
    from app.gui.rules.desk import RuleDesk

_PRESSED_MS: Final = 30
_SHORT: Final = 24


class Session(QObject):
    """The rule in the editor.

    `shown` fires when fields should show `raw` again, `problems_changed` when drafts came or went,
    `focus_asked` with the place of the part that should get the focus, `settings_asked` with what
    has to be set up in the settings ("obs").
    """

    shown = Signal()
    problems_changed = Signal()
    focus_asked = Signal(tuple)
    settings_asked = Signal(str)

    def __init__(self, desk: RuleDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.rule: Rule | None = None
        self.raw: Raw = {}
        self.drafts: dict[Place, Json] = {}
        self.problems: tuple[Problem, ...] = ()
        self._kept: dict[str, dict[Place, Json]] = {}
        self._focus: Place | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._on_settle)
        desk.changed.connect(self._on_changed)
        desk.reset.connect(self._on_reset)

    # ------------------------------------------------------------ which rule

    def open(self, rule_id: str | None) -> None:
        """Edit a rule, or none. Drafts of the one before are kept for when it is opened again."""
        if self.rule is not None:
            self._keep_drafts(self.rule.id)
        self.rule = self.desk.rule(rule_id) if rule_id else None
        self.raw = draft.raw_of(self.rule) if self.rule is not None else {}
        self.drafts = self._kept.pop(rule_id, {}) if rule_id else {}
        self._focus = None
        self._settle.stop()
        self._check_drafts()
        self.shown.emit()
        self.problems_changed.emit()

    def _keep_drafts(self, rule_id: str) -> None:
        if self.drafts:
            self._kept[rule_id] = self.drafts

    def _on_changed(self, ids: set[str]) -> None:
        if self.rule is not None and self.rule.id in ids:
            self._take()

    def _on_reset(self) -> None:
        if self.rule is not None:
            self._take()

    def _take(self) -> None:
        """Show the rule as the desk has it now, once no mouse button is down.

        A click must end on the widget that it began on, so nothing may move in between.
        """
        if self.rule is None:
            return
        self.rule = self.desk.rule(self.rule.id)
        if self.rule is not None:
            self.raw = draft.raw_of(self.rule)
        else:
            self.raw, self.drafts = {}, {}
        self._later()

    def show_again(self) -> None:
        """Have everything shown anew, once no mouse button is down."""
        self._later()

    def _later(self) -> None:
        self._settle.start(0)

    def _on_settle(self) -> None:
        if QApplication.mouseButtons().value:
            self._settle.start(_PRESSED_MS)
            return
        self._check_drafts()
        self.shown.emit()
        self.problems_changed.emit()
        if self._focus is not None:
            place, self._focus = self._focus, None
            self.focus_asked.emit(place)

    # ------------------------------------------------------------ values

    def set_values(self, place: Place, values: Raw, title: str) -> None:
        """Give fields other values: applied when the rule fits with them, else kept as a draft."""
        if self.rule is None:
            return
        places = {(*place, name): value for name, value in values.items()}
        before = {where: self._value(where) for where in places}
        raw = self._with(self._with(self.raw, self.drafts), places)
        if isinstance(draft.read(raw), Rule):
            self.drafts = {}
            self._apply(raw, self._said(title, before, places), self._key(places))
            return
        # The draft elsewhere may be all that is wrong.
        alone = self._with(self.raw, places)
        if isinstance(draft.read(alone), Rule):
            self.drafts = {where: v for where, v in self.drafts.items() if where not in places}
            self._apply(alone, self._said(title, before, places), self._key(places))
            return
        self.drafts |= places
        self._later()

    def forget(self, place: Place) -> None:
        """Throw away what is drafted at a place, and below it."""
        kept = {where: v for where, v in self.drafts.items() if where[: len(place)] != place}
        self.drafts = kept
        self._later()

    def problems_at(self, place: Place) -> list[str]:
        """Return what is wrong with the drafts at a place, in words."""
        language = language_code()
        return [
            dataclasses.replace(problem, path=()).sentence(language)
            for problem in self.problems
            if draft.below(problem, place)
        ]

    def fit_at(self, place: Place) -> float | int | None:
        """Return the nearest value that fits, where a draft is too much or too little."""
        for problem in self.problems:
            if draft.below(problem, place):
                values = dict(problem.values)
                fits = values.get("le", values.get("ge"))
                if isinstance(fits, int | float):
                    return fits
        return None

    def _check_drafts(self) -> None:
        self.drafts = {
            where: value for where, value in self.drafts.items() if draft.has(self.raw, where[:-1])
        }
        if not self.drafts:
            self.problems = ()
            return
        found = draft.read(self._with(self.raw, self.drafts))
        self.problems = () if isinstance(found, Rule) else found

    def _with(self, raw: Raw, places: dict[Place, Json]) -> Raw:
        for where, value in places.items():
            raw = draft.put(raw, where, value)
        return raw

    def _value(self, place: Place) -> Json:
        return draft.value_at(self.raw, place) if draft.has(self.raw, place) else None

    def _key(self, places: dict[Place, Json]) -> str:
        rule_id = self.rule.id if self.rule is not None else ""
        return f"{rule_id}/{sorted(places)}"

    def _said(self, title: str, before: dict[Place, Json], after: dict[Place, Json]) -> str:
        """Say what an undo will say was undone: "Cooldown: 2 to 5"."""
        if len(before) == 1:
            (old,), (new,) = before.values(), after.values()
            if _plain(old) and _plain(new):
                return tr("{field}: {old} to {new}", field=title, old=_word(old), new=_word(new))
        return tr("{field} changed", field=title)

    # ------------------------------------------------------------ parts

    def insert(self, place: Place, part: Raw, title: str) -> None:
        """Put a new part before what stands at a place."""
        self._structural(
            draft.inserted(self.raw, place, part), tr("{part} added", part=title), place
        )

    def replace(self, place: Place, part: Json, title: str) -> None:
        """Put another part where one stands."""
        self._structural(
            draft.put(self.raw, place, part), tr("Changed to {part}", part=title), place
        )

    def become(self, place: Place, kind: type[Part]) -> None:
        """Put a part of another kind where one stands; values that fit it too are kept."""
        old = draft.value_at(self.raw, place)
        part = dict(new_raw(kind))
        for name, value in old.items():
            if name in part and name != "key":
                tried = {**part, name: value}
                if isinstance(draft.read(draft.put(self.raw, place, tried)), Rule):
                    part = tried
        self.replace(place, part, tr(kind.title))

    def remove(self, place: Place, title: str) -> None:
        """Take a part out."""
        if isinstance(place[-1], int):
            raw = draft.without(self.raw, place)
            left = len(draft.value_at(raw, place[:-1]))
            focus = (*place[:-1], min(place[-1], left - 1)) if left else place[:-1]
        else:
            raw, focus = draft.put(self.raw, place, None), place
        self._structural(raw, tr("{part} removed", part=title), focus)

    def duplicate(self, place: Place, title: str) -> None:
        """Put a copy of a part behind it."""
        step = place[-1]
        if isinstance(step, int):
            after = (*place[:-1], step + 1)
            part = draft.value_at(self.raw, place)
            raw = draft.inserted(self.raw, after, part)
            self._structural(raw, tr("{part} duplicated", part=title), after)

    def move(self, source: Place, target: Place, title: str) -> None:
        """Move a part before what stands at another place; into itself it does not go."""
        try:
            raw, landed = draft.moved(self.raw, source, target)
        except ValueError:
            return
        if raw != self.raw:
            self._structural(raw, tr("{part} moved", part=title), landed)

    def wrap(self, place: Place, group: Raw, inside: str, title: str, *, many: bool = True) -> None:
        """Put a group round a part; `inside` is the name under which the group holds parts."""
        part = draft.value_at(self.raw, place)
        whole = {**group, inside: [part] if many else part}
        within = (*place, inside, 0) if many else (*place, inside)
        self._structural(
            draft.put(self.raw, place, whole), tr("Put into {part}", part=title), within
        )

    def unwrap(self, place: Place, inside: str, title: str) -> None:
        """Put what a group holds in the place of the group."""
        held = draft.value_at(self.raw, (*place, inside))
        parts = held if isinstance(held, list) else [held] if held else []
        step = place[-1]
        if not isinstance(step, int):
            if len(parts) == 1:
                raw = draft.put(self.raw, place, parts[0])
                self._structural(raw, tr("{part} ungrouped", part=title), place)
            return
        raw = draft.without(self.raw, place)
        for offset, part in enumerate(parts):
            raw = draft.inserted(raw, (*place[:-1], step + offset), part)
        self._structural(raw, tr("{part} ungrouped", part=title), place)

    def turn(self, place: Place, title: str, *, on: bool) -> None:
        """Turn a part on or off; "on" is written only when it is off."""
        if on:
            raw = draft.without(self.raw, (*place, "on")) if self._has_on(place) else self.raw
        else:
            raw = draft.put(self.raw, (*place, "on"), False)
        words = tr("{part} on") if on else tr("{part} off")
        self._structural(raw, words.format(part=title), None)

    def _has_on(self, place: Place) -> bool:
        return draft.has(self.raw, (*place, "on"))

    def copy_text(self, place: Place) -> str:
        """Return a part as JSON text."""
        part = draft.value_at(self.raw, place)
        return json.dumps(part, ensure_ascii=False, indent=2, allow_nan=False)

    def paste(self, place: Place, parts: list[Raw]) -> bool:
        """Put copied parts before what stands at a place; False and told if they do not fit."""
        raw = self.raw
        for offset, part in enumerate(parts):
            step = place[-1]
            where = (*place[:-1], step + offset) if isinstance(step, int) else place
            raw = draft.inserted(raw, where, part)
        return self._structural(raw, tr("Pasted"), place)

    def _structural(self, raw: Raw, text: str, focus: Place | None) -> bool:
        """Apply a change of what there is; a draft of what changed is lost with it."""
        self.drafts = {
            where: value
            for where, value in self.drafts.items()
            if len(where) == 1 or self._value(where[:-1]) == _or_none(raw, where[:-1])
        }
        self._focus = focus
        return self._apply(raw, text, "")

    def _apply(self, raw: Raw, text: str, key: str) -> bool:
        found = draft.read(raw)
        if not isinstance(found, Rule):
            why = found[0].sentence(language_code()) if found else ""
            self.desk.told.emit(tr("That does not fit: {why}", why=why))
            self._later()
            return False
        fits = self.desk.put(found, text, key)
        self._later()
        return fits


def _or_none(raw: Json, place: Place) -> Json:
    return draft.value_at(raw, place) if draft.has(raw, place) else None


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if value is None or value == "":
        return tr("none")
    if isinstance(value, int | float):
        return number(float(value), 6)
    text = str(value)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
