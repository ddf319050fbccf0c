"""The buttons and keys that rules wait for, for who presses them.

One rule: of one name there is one; it is live while any of its rules is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.texts import folded
from app.core.triggers.button import ButtonIsPressed
from app.core.triggers.hotkey import KeysArePressed
from app.gateway.outside_views import ControlView

if TYPE_CHECKING:
    from app.core.rules import Rule
    from app.gateway.rulebook import RuleBook


class Controls:
    """Looks at the rules when it is asked. Loop's thread only."""

    def __init__(self, rules: RuleBook) -> None:
        self._rules = rules
        self._revision = -1
        self._found: dict[tuple[str, str], tuple[str, list[Rule]]] = {}
        self._told: tuple[ControlView, ...] = ()

    def views(self) -> tuple[ControlView, ...]:
        """Return all, in the order of the document."""
        if self._rules.revision != self._revision:
            self._revision = self._rules.revision
            self._look()
        return tuple(
            ControlView(
                kind="button" if kind == "button" else "hotkey",
                name=name,
                rules=tuple(rule.id for rule in rules),
                live=any(self._live(rule) for rule in rules),
            )
            for (kind, _), (name, rules) in self._found.items()
        )

    def changes(self) -> tuple[ControlView, ...] | None:
        """Return all if they are other ones than were told last, else None."""
        before, self._told = self._told, self.views()
        return self._told if self._told != before else None

    def _live(self, rule: Rule) -> bool:
        on = self._rules.engine.switched.get(rule.id, rule.on)
        return on and self._rules.document.rules.group_on(rule)

    def _look(self) -> None:
        self._found = {}
        for rule in self._rules.document.rules.rules:
            when = rule.when
            if isinstance(when, ButtonIsPressed) and when.name.strip():
                key, name = ("button", folded(when.name)), when.name.strip()
            elif isinstance(when, KeysArePressed) and when.combination:
                key, name = ("hotkey", when.combination), when.combination
            else:
                continue
            self._found.setdefault(key, (name, []))[1].append(rule)
