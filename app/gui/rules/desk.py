"""The rules as the desk has them: a mirror that every edit goes through, and one undo stack.

Rule: nothing changes the mirror but `push`, undo, redo, and what the core says it holds.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.checks_words import warning_sentence
from app.core.copies import copied, copy_text, fresh_id, pasted
from app.core.edits import DropAside, PutRule, applied
from app.core.rules import Rule, RuleDocument, RulesError
from app.gui.inbox.known import KnownGifts
from app.gui.rules import order
from app.gui.rules.groups import Groups
from app.gui.rules.profiles import shown_name
from app.gui.rules.stack import EditStep, UndoStack
from app.gui.rules.sync import Sync, moved, said, touched
from app.gui.rules.wording import speaker
from app.gui.text import tr, trn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.core.check_rule import RuleWarning
    from app.core.edits import Edit
    from app.core.groups import Group
    from app.core.rules import SetAside
    from app.core.speech import Speaker
    from app.gateway.views import RuleView
    from app.gui.bridge import Bridge


def no_problem(keys: str) -> str:
    """Say that any keys can be had."""
    del keys
    return ""


class RuleDesk(QObject):
    """Holds the document the page shows. Every change is a `push`; it shows at once and is sent.

    `changed` carries the ids of rules and groups that are new, gone or different; `arranged` tells
    that the order is another one; `reset` that all may be different. `selected` asks to show a
    rule, "" for none. `told` is a sentence for the user.
    """

    changed = Signal(set)
    arranged = Signal()
    reset = Signal()
    selected = Signal(str)
    told = Signal(str)
    # Sentence of what was removed; whoever shows it offers Undo.
    removed = Signal(str)
    pending_changed = Signal(int)
    # Ids of the rules whose warnings are others.
    warned = Signal(set)
    # The counts in `views` are others.
    counted = Signal()

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        # Says why keys that a rule waits for cannot be had; who knows the system's keys sets it.
        self.keys_problem: Callable[[str], str] = no_problem
        self.document = RuleDocument()
        self.stack = UndoStack(self.carry_out, self)
        self._clock = clock
        self._rules: dict[str, Rule] = {}
        self._groups: dict[str, Group] = {}
        self._warnings: Mapping[str, tuple[RuleWarning, ...]] = {}
        self.sync = Sync(bridge, self)
        self.sync.fetched.connect(self._on_fetched)
        self.sync.told.connect(self.told)
        self.sync.pending_changed.connect(self.pending_changed)
        self.groups = Groups(self)
        self.gifts = KnownGifts(bridge, self)
        self._views: dict[str, RuleView] | None = None
        bridge.rules_changed.connect(self._on_views)
        self.sync.start()

    # ------------------------------------------------------------ what there is

    @property
    def known(self) -> bool:
        """Whether the rules were read from the core."""
        return self.sync.known

    @property
    def revision(self) -> int:
        """The core's revision that the mirror builds on; -1 before the first."""
        return self.sync.revision

    @property
    def views(self) -> Mapping[str, RuleView]:
        """How often each rule was considered and ran, by id."""
        if self._views is None:
            self._views = {view.id: view for view in self.bridge.state.rules}
        return self._views

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule, None if there is no such."""
        return self._rules.get(rule_id)

    def group(self, group_id: str) -> Group | None:
        """Return a group, None if there is no such."""
        return self._groups.get(group_id)

    def position(self, rule_id: str) -> int:
        """Return where a rule stands among the document's entries, from 0; raises KeyError."""
        for place, entry in enumerate(self.document.entries()):
            if getattr(entry, "id", None) == rule_id:
                return place
        raise KeyError(rule_id)

    def live(self, rule: Rule) -> bool:
        """Say whether a rule is on, and its group too."""
        group = self._groups.get(rule.group)
        return rule.on and (group is None or group.on)

    def speaker(self) -> Speaker:
        """Return who words rules in the language in force, with the names of devices and gifts."""
        return speaker(self.bridge.state)

    def warnings(self, rule_id: str) -> tuple[RuleWarning, ...]:
        """Return what was found wrong with a rule, as of the last check."""
        return self._warnings.get(rule_id, ())

    def warning_text(self, warning: RuleWarning) -> str:
        """Say what will go wrong, in the language in force."""
        return warning_sentence(warning, self.speaker())

    def take_warnings(self, found: Mapping[str, tuple[RuleWarning, ...]]) -> None:
        """Show other warnings; `warned` carries the rules that got others."""
        old, self._warnings = self._warnings, found
        ids = {key for key in old.keys() | found.keys() if old.get(key) != found.get(key)}
        if ids:
            self.warned.emit(ids)

    # ------------------------------------------------------------ changes

    def push(self, text: str, edit: Edit, merge_key: str = "") -> bool:
        """Do an edit: shown at once, undoable, sent. `text` is what undo will say was undone.

        Steps of one `merge_key` within a second become one. False, told in words, if the edit
        does not fit the document.
        """
        try:
            _, back = applied(self.document, edit)
        except RulesError as error:
            self.told.emit(tr("That does not fit: {why}", why=said(error)))
            return False
        self.stack.push(EditStep(text, edit, back, merge_key, self._clock()))
        return True

    def put(self, rule: Rule, text: str, merge_key: str = "") -> bool:
        """Put a changed rule in the place of the one with its id."""
        if self._rules.get(rule.id) == rule:
            return True
        return self.push(text, PutRule(rule), merge_key)

    def carry_out(self, edit: Edit, text: str) -> None:
        """Apply an edit to the mirror and send it; for steps of the stack only."""
        self._take(edit.apply(self.document))
        self.sync.send(edit, text)

    def undo(self) -> None:
        """Take the last step back, show what changed, and tell."""
        if not self.stack.canUndo():
            self.told.emit(tr("Nothing to undo"))
            return
        text, before = self.stack.undoText(), self.document
        self.stack.undo()
        self._point_at(before)
        self.told.emit(tr("Undid: {what}", what=text))

    def redo(self) -> None:
        """Do the last undone step again, show what changed, and tell."""
        if not self.stack.canRedo():
            self.told.emit(tr("Nothing to redo"))
            return
        text, before = self.stack.redoText(), self.document
        self.stack.redo()
        self._point_at(before)
        self.told.emit(tr("Done again: {what}", what=text))

    def turn(self, rule_ids: str | Iterable[str], on: bool) -> None:
        """Turn rules on or off."""
        ids = [rule_ids] if isinstance(rule_ids, str) else list(rule_ids)
        rules = [r for one in ids if (r := self._rules.get(one)) is not None and r.on != on]
        if not rules:
            return
        if len(rules) == 1:
            words = tr("{name} on") if on else tr("{name} off")
            text = words.format(name=self.name(rules[0]))
        else:
            text = trn("%Ln rule(s) on", len(rules)) if on else trn("%Ln rule(s) off", len(rules))
        changed = [rule.model_copy(update={"on": on}) for rule in rules]
        self.push(text, order.put_all(changed))

    def rename(self, rule_id: str, name: str) -> None:
        """Give a rule another name."""
        rule = self._rules.get(rule_id)
        if rule is None or rule.name == name:
            return
        text = tr("Renamed to {name}", name=name)
        self.put(rule.model_copy(update={"name": name}), text, f"{rule_id}/name")

    def new_rule(self, rule: Rule, text: str = "") -> str:
        """Add a rule at the end of its group, under an id of its own; returns the id."""
        fresh = rule.model_copy(update={"id": fresh_id(self.document, rule.name)})
        text = text or tr("New rule {name}", name=self.name(fresh))
        if not self.push(text, PutRule(fresh, order.end_of(self.document, fresh.group))):
            return ""
        self.selected.emit(fresh.id)
        return fresh.id

    def duplicate(self, rule_ids: Sequence[str]) -> list[str]:
        """Put copies, switched off, below the rules they are copies of; returns their ids."""
        rules = [rule for rule in self.document.rules.rules if rule.id in set(rule_ids)]
        text = trn("%Ln rule(s) duplicated", len(rules))
        return self._insert(
            text, [(copied(self.document, rule), self.position(rule.id) + 1) for rule in rules]
        )

    def paste(self, text: str, below: str = "") -> list[str]:
        """Add the rules that a copied text holds, switched off, below a rule; returns their ids."""
        try:
            rules = pasted(text)
        except RulesError as error:
            self.told.emit(tr("There are no rules in what was copied: {why}", why=said(error)))
            return []
        target = self._rules.get(below)
        at = self.position(below) + 1 if target else order.end_of(self.document, "")
        group = target.group if target else ""
        fitted = [rule.model_copy(update={"group": group, "on": False}) for rule in rules]
        words = trn("%Ln rule(s) pasted", len(rules))
        return self._insert(words, [(rule, at) for rule in fitted])

    def copy_text(self, rule_ids: Iterable[str]) -> str:
        """Return rules as JSON text, in the order of the list."""
        wanted = set(rule_ids)
        return copy_text(tuple(r for r in self.document.rules.rules if r.id in wanted))

    def remove(self, rule_ids: Sequence[str]) -> None:
        """Remove rules; `removed` tells, so that Undo is offered."""
        rules = [rule for one in rule_ids if (rule := self._rules.get(one)) is not None]
        if not rules:
            return
        after = order.neighbour(self.document, {rule.id for rule in rules})
        if len(rules) == 1:
            text = tr("{name} deleted", name=self.name(rules[0]))
        else:
            text = trn("%Ln rule(s) deleted", len(rules))
        if self.push(text, order.drop_all([rule.id for rule in rules])):
            self.selected.emit(after)
            self.removed.emit(text)

    def move(self, rule_ids: Sequence[str], before: str, group: str) -> bool:
        """Move rules into a group ("" for none), above the rule `before`, or to the group's end."""
        edit = order.move_rules(self.document, rule_ids, before, group)
        if edit is None:
            return False
        rules = [self._rules[one] for one in rule_ids]
        if len(rules) == 1:
            text = tr("{name} moved", name=self.name(rules[0]))
        else:
            text = trn("%Ln rule(s) moved", len(rules))
        return self.push(text, edit)

    def step(self, rule_ids: Sequence[str], step: int) -> bool:
        """Move rules one place up (-1) or down (1); False at the end of the list."""
        target = order.stepped(self.document, set(rule_ids), step)
        return target is not None and self.move(rule_ids, *target)

    def told_place(self, rule_id: str) -> str:
        """Say where a rule stands now, for who cannot see it."""
        ids = [rule.id for rule in self.document.rules.served()]
        rule = self._rules[rule_id]
        group = self._groups.get(rule.group)
        place = {"name": self.name(rule), "n": ids.index(rule_id) + 1, "all": len(ids)}
        if group is None:
            return tr("{name} is number {n} of {all}", **place)
        into = self.groups.name(group)
        return tr("{name} is number {n} of {all}, in group {group}", group=into, **place)

    def tell_copied(self, count: int) -> None:
        """Say that rules are on the clipboard."""
        self.told.emit(trn("%Ln rule(s) copied", count))

    def drop_aside(self, aside: SetAside) -> None:
        """Remove from the file what could not be read."""
        text = tr("{name} deleted", name=aside.name or tr("Rule without a name"))
        if self.push(text, DropAside(aside.position, aside.kind)):
            self.removed.emit(text)

    def name(self, rule: Rule) -> str:
        """Return what a rule is called in messages."""
        return rule.name or tr("Rule without a name")

    # ------------------------------------------------------------ inside

    def _insert(self, text: str, wanted: Sequence[tuple[Rule, int | None]]) -> list[str]:
        """Put rules at their places, each with an id nobody has."""
        if not wanted:
            return []
        edit, ids = order.insert_all(self.document, wanted)
        if not self.push(text, edit):
            return []
        self.selected.emit(ids[-1])
        return ids

    def _on_views(self) -> None:
        # Counts come up to 30 times a second, whether or not anybody looks.
        self._views = None
        self.counted.emit()

    def _on_fetched(self, document: RuleDocument, why: str) -> None:
        if why:
            # Steps back were worked out on rules that are no longer so.
            self.stack.clear()
        if why == "elsewhere":
            self.told.emit(tr("The rules were changed elsewhere. This is how they are now."))
        elif why == "profile":
            self.told.emit(
                tr("{profile}: these rules run now.", profile=shown_name(self.sync.profile))
            )
        self._keep(document)
        self.reset.emit()

    def _take(self, document: RuleDocument) -> None:
        before = self.document
        self._keep(document)
        ids, other_order = touched(before, document), moved(before, document)
        if ids:
            self.changed.emit(ids)
        if other_order or before.set_aside != document.set_aside:
            self.arranged.emit()

    def _keep(self, document: RuleDocument) -> None:
        self.document = document
        self._rules = {rule.id: rule for rule in document.rules.rules}
        self._groups = {group.id: group for group in document.rules.groups}

    def _point_at(self, before: RuleDocument) -> None:
        """Show the rule that undo or redo changed."""
        ids = touched(before, self.document)
        if not ids:
            ids = order.moved_ids(before, self.document)
        there = [rule.id for rule in self.document.rules.rules if rule.id in ids]
        if there:
            self.selected.emit(there[0])
