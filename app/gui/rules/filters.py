"""What the list is asked to show. Rule: all of it must fit; nothing chosen shows everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.gui.palette import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.rules import Rule
    from app.gui.rules.desk import RuleDesk
    from app.gui.rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Wanted:
    """`state` is "", on, off or warnings; `when` a trigger's key; `device` an id or a role."""

    text: str = ""
    state: str = ""
    when: str = ""
    device: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.text.strip() or self.state or self.when or self.device)

    @property
    def count(self) -> int:
        """How many filters are chosen, the search not counted."""
        return sum(map(bool, (self.state, self.when, self.device)))

    def test(self, desk: RuleDesk, wording: Wording) -> Callable[[Rule], bool]:
        """Return what says whether a rule fits."""
        tests: list[Callable[[Rule], bool]] = []
        if self.state == "warnings":
            tests.append(lambda rule: bool(desk.warnings(rule.id)))
        elif self.state:
            tests.append(lambda rule: desk.live(rule) == (self.state == "on"))
        if self.when:
            tests.append(lambda rule: rule.when.key == self.when)
        if self.device:
            tests.append(lambda rule: self.device in wording.of(rule).devices)
        words = folded(self.text).split()
        if words:

            def has_all(rule: Rule) -> bool:
                sought = wording.sought(rule)
                return all(word in sought for word in words)

            tests.append(has_all)
        return lambda rule: all(test(rule) for test in tests)
