"""The rules of this core: the document on the disk, the engine, the user's switch, and the counts.

One rule: what the engine runs is what the document says; both change together.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from app.core import rules as document_of
from app.core.engine import Engine, EngineGate
from app.core.notices import Level, Notice, NoticeCode
from app.core.rules import Rule, RuleDocument
from app.gateway.views import RuleView
from app.store.documents import Document, Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.engine import Directory
    from app.core.outcome import Outcome


class RuleBook:
    """Holds the rules. Loop's thread only; `load` blocks on the disk and is for the start."""

    def __init__(
        self,
        path: Path,
        starter: Path,
        directory: Directory,
        on_notice: Callable[[Notice], None],
    ) -> None:
        """Take the file and the starter rules that a new profile begins with."""
        self.running = True
        self._saving = asyncio.Lock()
        self._starter = starter
        self._on_notice = on_notice
        self._file = Document(path, self._format(), on_notice)
        self._document = RuleDocument()
        self.engine = Engine(self._document.rules, directory)
        self._ran: Counter[str] = Counter()
        self._considered: Counter[str] = Counter()
        self._counted: set[str] = set()

    def load(self) -> None:
        """Read the file, or begin with the starter rules; rules that do not fit are told."""
        document = self._file.load()
        self._take(document)
        self._tell_set_aside()

    async def reload_if_changed(self) -> bool:
        """Take the file anew if somebody edited it; True if so. Rules keep their cooldowns."""
        if not self._file.changed_outside():
            return False
        self._take(await asyncio.to_thread(self._file.load))
        self._tell_set_aside()
        return True

    def _tell_set_aside(self) -> None:
        for aside in self._document.set_aside:
            values = {"rule": aside.name, "why": aside.problems[0].sentence()}
            self._on_notice(
                Notice(f"rule.{aside.position}", Level.WARNING, NoticeCode.RULE_SET_ASIDE, values)
            )

    def gate(self, *, stopped: bool) -> EngineGate:
        """Return what holds for all rules now."""
        return EngineGate(running=self.running, stopped=stopped)

    async def turn(self, rule_id: str, *, on: bool) -> None:
        """Turn one rule on or off and save it; raises KeyError.

        After a SaveError the change holds all the same, until the end.
        """
        self._take(self._document.turned(rule_id, on=on))
        # One after the other, else older rules may be the last to reach the disk.
        async with self._saving:
            await asyncio.to_thread(self._file.save, self._document)

    def note(self, outcome: Outcome) -> None:
        """Count who was considered and who ran."""
        for trace in outcome.traces:
            self._considered[trace.rule_id] += 1
            self._ran[trace.rule_id] += trace.ran
            self._counted.add(trace.rule_id)

    def name_of(self, rule_id: str) -> str:
        """Return a rule's name; its id if it has none or is gone."""
        rule = self._by_id.get(rule_id)
        return (rule.name if rule else "") or rule_id

    def uses(self, device_id: str, role: str, kinds: frozenset[str]) -> int:
        """Count the rules that are on and would drive this device."""
        asked = (device_id, role, kinds)
        if asked not in self._uses:
            # Asked for every picture of a device, 30 times a second: counted once.
            names = {device_id, role, *kinds} - {""}
            rules = self._by_id.values()
            self._uses[asked] = sum(1 for rule in rules if rule.on and names & _devices_of(rule))
        return self._uses[asked]

    def views(self) -> tuple[RuleView, ...]:
        """Return all rules in brief; those whose counts are the same are the same objects."""
        for rule_id in self._counted:
            rule = self._by_id.get(rule_id)
            if rule is not None:
                self._views[rule_id] = self._view(rule)
        self._counted.clear()
        return tuple(self._views.values())

    def _view(self, rule: Rule) -> RuleView:
        return RuleView(
            id=rule.id,
            name=rule.name,
            on=rule.on,
            gift=", ".join(getattr(rule.when, "gift_names", tuple)()),
            ran=self._ran[rule.id],
            considered=self._considered[rule.id],
        )

    def _take(self, document: RuleDocument) -> None:
        self._document = document
        self._by_id: dict[str, Rule] = {rule.id: rule for rule in document.rules.rules}
        self._views = {rule.id: self._view(rule) for rule in document.rules.rules}
        self._uses: dict[tuple[str, str, frozenset[str]], int] = {}
        self.engine.replace(document.rules)

    def _fresh(self) -> RuleDocument:
        return document_of.load(self._starter.read_text(encoding="utf-8"))

    def _format(self) -> Format[RuleDocument]:
        return Format(
            document_of.VERSION,
            document_of.from_content,
            document_of.to_content,
            self._fresh,
            document_of.UPGRADES,
        )


def _devices_of(rule: Rule) -> set[str]:
    return {str(getattr(action, "device", "")) for action in rule.do} - {""}
