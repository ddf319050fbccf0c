"""The rules of this core: the document that runs, its revision, the user's switch, the counts.

One rule: what the engine runs is what the document says; both change together, the disk follows.
"""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.core.edits import PutRule, from_wire
from app.core.engine import Engine, EngineGate
from app.core.events import Source
from app.core.notices import Level, Notice, NoticeCode
from app.core.outcome import Reason
from app.core.rules import Rule, RuleDocument, RulesError, from_content, upgraded
from app.core.variables import Variables
from app.gateway.bulk import devices_of, uncollected
from app.gateway.rule_views import ProfilesView, RulesResult, RuleView, SetAsideView
from app.gateway.rulefiles import RuleFiles
from app.gateway.ruletext import content_of
from app.gateway.saver import Saver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.edits import Edit
    from app.core.outcome import Outcome, Trace
    from app.core.rules import SetAside
    from app.core.world import World
    from app.store.settings import Settings
    from app.tasks import Tasks


# So many rules at once are a document that was read, and not an edit.
_MANY: Final = 100
# What did not reach a rule's conditions is no event that it could have run for.
_NOT_MEANT: Final = frozenset(
    {Reason.NO_MATCH, Reason.COMBO_RUNNING, Reason.RULE_OFF, Reason.GROUP_OFF}
)


_Found = TypeVar("_Found", RuleDocument, RuleDocument | None)


class StaleError(Exception):
    """An edit was made on an older revision; `revision` is the present one."""

    def __init__(self, revision: int) -> None:
        super().__init__(str(revision))
        self.revision = revision


class RuleBook:
    """Holds the rules. Loop's thread only; `load` blocks on the disk and is for the start."""

    def __init__(
        self,
        path: Path,
        settings: Settings,
        world: World,
        on_notice: Callable[[Notice], None],
        *,
        tasks: Tasks,
        now: Callable[[], float],
    ) -> None:
        """Take the main file and the settings: they name the rules that a new install has."""
        self.running, self.revision = True, 0
        # Whose rules the engine has, and what hears that it is about to have others.
        self.profile = ""
        self.on_leaving: Callable[[], None] = lambda: None
        self._on_notice = on_notice
        self._files = RuleFiles(path, settings, on_notice)
        self._saver = Saver(tasks, now, self._snapshot, on_notice)
        # Files are read and profiles switched one after the other.
        self._one = asyncio.Lock()
        self._document = RuleDocument()
        self._by_id: dict[str, Rule] = {}
        self._views: dict[str, RuleView] = {}
        self._devices: dict[str, frozenset[str]] = {}
        self._names: tuple[str, ...] = ()
        self._off_groups: frozenset[str] = frozenset()
        self._gift_ids: frozenset[int] | None = None
        self.variables = Variables()
        self.engine = Engine(self._document.rules, world, variables=self.variables)
        self._now = now
        self._switched: dict[str, bool] = {}
        self._ran: Counter[str] = Counter()
        self._considered: Counter[str] = Counter()
        self._counted: set[str] = set()
        self._ready: dict[str, frozenset[str]] = {}

    @property
    def document(self) -> RuleDocument:
        """The rules that run."""
        return self._document

    # ------------------------------------------------------------ files

    def load(self) -> None:
        """Read the file, or begin with the starter rules; rules that do not fit are told."""
        with uncollected():
            self._take(self._files.load())
        self._names, self.profile = self._files.names(), self._files.current
        self._tell_set_aside()

    async def reload_if_changed(self) -> bool:
        """Take the file anew if somebody edited it; True if so. Rules keep their cooldowns."""
        if self._saver.waiting() or not self._files.changed_outside():
            return False
        async with self._one:
            if self._saver.waiting():
                # Changed here a moment ago: that holds, and saving keeps the other one aside.
                return False
            # Nothing is edited meanwhile: that waits for the same lock.
            with uncollected():
                document = await asyncio.to_thread(self._made_ready, self._files.reload)
                if document is None:
                    return False
                self._take(document)
        self._tell_set_aside()
        return True

    async def look_for_profiles(self) -> bool:
        """Take notice of files that somebody put into the folder; True if there are others now."""
        if not self._files.folder_changed():
            return False
        names = await asyncio.to_thread(self._files.names)
        changed, self._names = names != self._names, names
        return changed

    async def flush(self) -> None:
        """Put on the disk what waits; raises SaveError."""
        await self._saver.flush()

    def _snapshot(self) -> Callable[[], None]:
        document, files = self._document, self._files

        def write() -> None:
            if kept := files.save(document):
                values = {"file": "rules.json", "kept": kept}
                code = NoticeCode.DOCUMENT_EDITED_TWICE
                self._on_notice(Notice("rules.edited", Level.WARNING, code, values))

        return write

    def _tell_set_aside(self) -> None:
        for aside in self._document.set_aside:
            values = {"rule": aside.name, "why": aside.problems[0].sentence()}
            self._on_notice(
                Notice(f"rule.{aside.position}", Level.WARNING, NoticeCode.RULE_SET_ASIDE, values)
            )

    # ------------------------------------------------------------ changes

    async def edit(self, wire: dict[str, Any], revision: int) -> int:
        """Change the document and the engine with it; returns the new revision.

        Raises StaleError, and RulesError if the edit or its result does not fit; then nothing
        has changed.
        """
        async with self._one:
            if revision != self.revision:
                raise StaleError(self.revision)
            # A whole document takes a while to check; gifts go on meanwhile.
            with uncollected():
                was = self._document
                self._take(
                    await asyncio.to_thread(self._made_ready, lambda: from_wire(wire).apply(was))
                )
            self._saver.changed()
            return self.revision

    async def turn(self, rule_id: str, *, on: bool) -> None:
        """Turn one rule on or off; raises KeyError."""
        async with self._one:
            rule = self._by_id[rule_id]
            self._do(PutRule(rule.model_copy(update={"on": on})))

    def _do(self, edit: Edit) -> int:
        self._take(edit.apply(self._document))
        self._saver.changed()
        return self.revision

    def _made_ready(self, make: Callable[[], _Found]) -> _Found:
        """Make a document and what `_take` would need long for with many rules; in a thread."""
        document = make()
        if document is not None:
            self.engine.prepare(document.rules)
            fresh = [one for one in document.rules.rules if self._by_id.get(one.id) is not one]
            self._ready = {rule.id: devices_of(rule) for rule in fresh}
        return document

    def _take(self, document: RuleDocument) -> None:
        self.engine.replace(document.rules)
        was, self._document = self._document, document
        self.revision += 1
        fresh = self._changed_rules(was, document)
        ready, self._ready = self._ready, {}
        for rule in fresh:
            self._by_id[rule.id] = rule
            self._views[rule.id] = self._view(rule)
            self._devices[rule.id] = ready.get(rule.id) or devices_of(rule)
        if len(fresh) >= _MANY:
            # What stays for hours need not be looked through again and again: with thousands of
            # rules one such look is half a second in which no gift would be answered.
            gc.freeze()
        self._off_groups = document.rules.off_groups()
        self._gift_ids = None
        self._uses: dict[tuple[str, str, frozenset[str]], int] = {}

    def _changed_rules(self, was: RuleDocument, document: RuleDocument) -> list[Rule]:
        """Return the rules that are not as before; what is known of others is put in order."""
        old, new = was.rules.rules, document.rules.rules
        if len(old) == len(new):
            pairs = [(one, other) for one, other in zip(old, new, strict=True) if one is not other]
            if all(one.id == other.id for one, other in pairs):
                return [other for _, other in pairs]
        before, views, devices = self._by_id, self._views, self._devices
        kept = [rule for rule in new if before.get(rule.id) is rule]
        # In the order of the document: faces show them so.
        self._by_id = {rule.id: rule for rule in new}
        self._views = {rule.id: views[rule.id] for rule in kept}
        self._devices = {rule.id: devices[rule.id] for rule in kept}
        return [rule for rule in new if before.get(rule.id) is not rule]

    # ------------------------------------------------------------ profiles

    def profiles(self) -> ProfilesView:
        """Return the profiles there are, and the present one."""
        return ProfilesView(current=self._files.current, names=self._names)

    async def switch(self, name: str) -> None:
        """Run another profile from the next event on; raises ProfileRefusedError, SaveError.

        Runs of the rules before end where they stand, and what they have devices do ends with
        them. What rules did that were over already comes to its own end.
        """
        async with self._one:
            known = await asyncio.to_thread(self._files.known, name)
            if known == self._files.current:
                return
            await self._saver.flush()
            with uncollected():
                read = partial(self._files.switch, known)
                document = await asyncio.to_thread(self._made_ready, read)
                self.on_leaving()
                self.profile = known
                self.engine.stop_runs(Reason.OTHER_SET, self._now())
                self._take(document)
        self._tell_set_aside()

    async def add_profile(self, name: str, content: dict[str, Any] | None) -> None:
        """Add a profile; raises ProfileRefusedError, RulesError, SaveError."""
        document = self._document
        if content is not None:
            document = await asyncio.to_thread(lambda: from_content(upgraded(content)))
        async with self._one:
            _ = await asyncio.to_thread(self._files.add, name, document)
            self._names = await asyncio.to_thread(self._files.names)

    async def rename_profile(self, name: str, to: str) -> tuple[str, str]:
        """Give a profile another name and return both; raises as `add_profile`, and OSError."""
        async with self._one:
            await self._saver.flush()
            both = self._files.known(name), await asyncio.to_thread(self._files.rename, name, to)
            self.profile = self._files.current
            self._names = await asyncio.to_thread(self._files.names)
        return both

    async def drop_profile(self, name: str) -> str:
        """Remove a profile and return its name; raises ProfileRefusedError, OSError."""
        async with self._one:
            known = await asyncio.to_thread(self._files.known, name)
            await asyncio.to_thread(self._files.drop, name)
            self._names = await asyncio.to_thread(self._files.names)
        return known

    # ------------------------------------------------------------ what it shows

    async def content(self, profile: str = "") -> RulesResult:
        """Return a whole document; raises ProfileRefusedError."""
        async with self._one:
            document, revision, name = self._document, self.revision, self._files.current
            if profile:
                name = await asyncio.to_thread(self._files.known, profile)
                if name != self._files.current:
                    document = await asyncio.to_thread(self._files.read, name)
        content = await asyncio.to_thread(content_of, document)
        aside = tuple(_aside_view(one) for one in document.set_aside)
        return RulesResult(revision=revision, profile=name, content=content, set_aside=aside)

    def gate(self, *, stopped: bool) -> EngineGate:
        """Return what holds for all rules now."""
        return EngineGate(running=self.running, stopped=stopped)

    def note(self, outcome: Outcome) -> None:
        """Count whom an event fitted and who ran; neither tests nor a combo that goes on count."""
        counts = outcome.event.source is Source.LIVE and not outcome.continued
        for trace in outcome.traces:
            if outcome.continued or _meant(trace):
                # Also when nothing is counted: a run that goes on may have ended.
                self._counted.add(trace.rule_id)
                self._considered[trace.rule_id] += counts
                self._ran[trace.rule_id] += counts and trace.ran

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule, if there is one."""
        return self._by_id.get(rule_id)

    def name_of(self, rule_id: str) -> str:
        """Return a rule's name; its id if it has none or is gone."""
        rule = self._by_id.get(rule_id)
        return (rule.name if rule else "") or rule_id

    def gift_ids(self) -> frozenset[int]:
        """Return the ids of all gifts that a rule names."""
        if self._gift_ids is None:
            rules = self._by_id.values()
            self._gift_ids = frozenset(key for rule in rules for key in rule.when.gift_ids())
        return self._gift_ids

    def uses(self, device_id: str, role: str, kinds: frozenset[str]) -> int:
        """Count the rules that are on and would drive this device."""
        asked = (device_id, role, kinds)
        if asked not in self._uses:
            # Asked for every picture of a device, 30 times a second: counted once.
            names = {device_id, role, *kinds} - {""}
            self._uses[asked] = sum(
                1
                for key, rule in self._by_id.items()
                if rule.on and rule.group not in self._off_groups and names & self._devices[key]
            )
        return self._uses[asked]

    def views(self) -> tuple[RuleView, ...]:
        """Return all rules in brief; those whose counts are the same are the same objects."""
        self.take_counted()
        return tuple(self._views[rule_id] for rule_id in self._by_id)

    def take_counted(self) -> tuple[RuleView, ...]:
        """Return the rules whose counts changed since the last call."""
        counted, self._counted = self._counted, set()
        switched = dict(self.engine.switched)
        if switched != self._switched:
            both = {*switched.items()} ^ {*self._switched.items()}
            counted |= {rule_id for rule_id, _ in both}
            self._switched = switched
        changed = [self._view(rule) for key in counted if (rule := self._by_id.get(key))]
        self._views.update((view.id, view) for view in changed)
        return tuple(changed)

    def _view(self, rule: Rule) -> RuleView:
        return RuleView(
            id=rule.id,
            name=rule.name,
            on=rule.on,
            gift=", ".join(rule.when.gift_names()),
            ran=self._ran[rule.id],
            considered=self._considered[rule.id],
            group=rule.group,
            running=self.engine.running.get(rule.id, 0),
            switched_by_rule=self.engine.switched.get(rule.id),
        )


def checked_rule(content: dict[str, Any]) -> Rule:
    """Return a rule from its content; raises RulesError with the first thing that is wrong."""
    edit = from_wire({"edit": "put_rule", "rule": {**content, "group": ""}, "position": None})
    if not isinstance(edit, PutRule):
        raise TypeError(type(edit).__name__)
    return edit.rule


def refusal_of(error: RulesError) -> dict[str, str]:
    """Return what a refusal tells of rules that do not fit."""
    problem = error.problem
    told = {"place": problem.place(), "problem": problem.sentence(), "code": problem.code}
    return {name: str(value) for name, value in problem.values} | told


def _aside_view(aside: SetAside) -> SetAsideView:
    problem = aside.problems[0]
    return SetAsideView(
        position=aside.position,
        kind=aside.kind,
        name=aside.name,
        problem=problem.sentence(),
        code=problem.code,
        place=problem.place(),
        values={name: str(value) for name, value in problem.values},
    )


def _meant(trace: Trace) -> bool:
    return trace.ran or trace.steps[-1].reason not in _NOT_MEANT
