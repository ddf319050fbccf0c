"""Keeps the core's rules equal to the desk's. Rule: an edit is sent, waits, or is told; never lost.

Edits go out one batch at a time, each on the revision the one before it came to. While the core
is away they wait; when it is back they go on top of what it has, if they still fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.core.edits import Several, to_wire
from app.core.rules import RuleDocument, RulesError
from app.gateway.messages import EditRules, GetRules
from app.gui import words
from app.gui.rules.reading import Reader
from app.gui.text import language_code, tr

if TYPE_CHECKING:
    from app.core.edits import Edit
    from app.gateway.messages import Reply
    from app.gui.bridge import Bridge


@dataclass(frozen=True, slots=True)
class Unsent:
    """An edit that the core has not confirmed, and its words."""

    edit: Edit
    text: str


class Sync(QObject):
    """Fetches the rules and sends edits. `document` is what the core is known to hold."""

    # What to show from now on, and why if it is not what the desk had: elsewhere, profile, refused.
    fetched = Signal(object, str)
    told = Signal(str)
    # How many edits wait to be confirmed.
    pending_changed = Signal(int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = RuleDocument()
        self.revision = -1
        self.profile = ""
        self._bridge = bridge
        self._in_flight: list[Unsent] = []
        self._waiting: list[Unsent] = []
        self._fetching = False
        self._sending = False
        self._announced = -1
        self._last_read = -1
        self._told_away = False
        self._was_connected = False
        self._reader = Reader(self)
        self._reader.done.connect(self._on_read)
        self._reader.failed.connect(self._on_unreadable)
        bridge.link_changed.connect(self._on_link)
        bridge.revision_changed.connect(self._on_revision)

    @property
    def known(self) -> bool:
        """Whether the core's rules were read at least once."""
        return self.revision >= 0

    @property
    def pending(self) -> int:
        """How many edits are not confirmed yet."""
        return len(self._in_flight) + len(self._waiting)

    def start(self) -> None:
        """Fetch the rules if there is a core already; called once all are listening."""
        self._on_link()

    def send(self, edit: Edit, text: str) -> None:
        """Have the core do an edit that the mirror has done already."""
        self._waiting.append(Unsent(edit, text))
        if not self._bridge.state.connected and not self._told_away:
            self._told_away = True
            self.told.emit(
                tr("The engine is away. Your changes are kept and sent when it is back.")
            )
        self._pump()
        self.pending_changed.emit(self.pending)

    def fetch(self) -> None:
        """Ask for the rules anew; what is not confirmed is put on top of them."""
        if self._fetching or self._sending or not self._bridge.state.connected:
            return
        self._fetching = True
        self._bridge.ask(GetRules(), self._on_rules)

    # ------------------------------------------------------------ what the core says

    def _on_link(self) -> None:
        connected = self._bridge.state.connected
        if connected and not self._was_connected:
            self._told_away = False
            self._sending = self._fetching = False
            self.fetch()
        self._was_connected = connected

    def _on_revision(self) -> None:
        self._announced = self._bridge.state.rules_revision
        if self._announced != self.revision and not self._sending:
            self.fetch()

    def _on_rules(self, reply: Reply) -> None:
        if reply.rules is not None:
            self._reader.read(reply.rules.content, (reply.rules.revision, reply.rules.profile))
            return
        self._fetching = False
        # A core that left is told of by the banner, and asked again when it is back.
        if reply.code != "not_connected":
            self.told.emit(words.failure(reply.code, reply.values))

    def _on_unreadable(self, error: RulesError) -> None:
        self._fetching = False
        self.told.emit(tr("The rules could not be read: {why}", why=said(error)))

    def _on_read(self, document: RuleDocument, about: tuple[int, str]) -> None:
        self._fetching = False
        first, other_profile = not self.known, about[1] != self.profile
        foreign = self._reconcile(document, forget=other_profile and not first)
        self.document = document
        self.revision, self.profile = about
        self._bridge.state.opened.setdefault(self.profile, document)
        shown = document
        for one in self._waiting:
            shown = one.edit.apply(shown)
        why = "profile" if other_profile else "elsewhere"
        self.fetched.emit(shown, why if foreign and not first else "")
        newer = self._bridge.state.rules_revision > self.revision
        if newer and self.revision != self._last_read:
            self._last_read = self.revision
            self.fetch()
            return
        self._last_read = self.revision
        self._pump()
        self.pending_changed.emit(self.pending)

    # ------------------------------------------------------------ what was not confirmed

    def _reconcile(self, found: RuleDocument, *, forget: bool) -> bool:
        """Leave in `_waiting` what is still to be done to `found`; True if others changed it."""
        in_flight, self._in_flight = self._in_flight, []
        if in_flight and found == _after(self.document, in_flight):
            return False
        self._waiting = [*in_flight, *self._waiting]
        if found == self.document:
            return False
        if forget:
            self._drop(self._waiting)
            self._waiting = []
        else:
            self._waiting = self._fitting(found)
        return True

    def _fitting(self, found: RuleDocument) -> list[Unsent]:
        """Return the edits that touch nothing which others changed; the others are told."""
        theirs = touched(self.document, found)
        kept: list[Unsent] = []
        for one in self._waiting:
            try:
                then = one.edit.apply(found)
            except RulesError:
                self._drop([one])
                continue
            if touched(found, then) & theirs:
                self._drop([one])
                continue
            found = then
            kept.append(one)
        return kept

    def _drop(self, lost: list[Unsent]) -> None:
        for one in lost:
            self.told.emit(tr("The rules were changed elsewhere. Not done: {what}", what=one.text))

    def _pump(self) -> None:
        ready = self._bridge.state.connected and self.known
        # What is in flight without an answer is settled by the next fetch, never overtaken.
        if self._in_flight or self._fetching or not ready or not self._waiting:
            return
        self._in_flight, self._waiting = self._waiting, []
        edits = tuple(one.edit for one in self._in_flight)
        edit = edits[0] if len(edits) == 1 else Several(edits)
        self._sending = True
        self._bridge.ask(EditRules(revision=self.revision, edit=to_wire(edit)), self._on_reply)

    def _on_reply(self, reply: Reply) -> None:
        self._sending = False
        if reply.ok and reply.revision is not None:
            self._confirm(reply.revision)
        elif reply.code == "not_connected":
            # Whether the core took it shows when it is back.
            return
        elif reply.code == "not_saved":
            self.told.emit(words.failure(reply.code, reply.values))
            self.fetch()
        elif reply.code == "stale":
            self.fetch()
        else:
            self._refused(reply)
        self.pending_changed.emit(self.pending)

    def _confirm(self, revision: int) -> None:
        self.document = _after(self.document, self._in_flight)
        self._in_flight = []
        self.revision = revision
        if self._announced > revision:
            self.fetch()
        else:
            self._pump()

    def _refused(self, reply: Reply) -> None:
        lost = [*self._in_flight, *self._waiting]
        self._in_flight, self._waiting = [], []
        why = words.failure(reply.code, reply.values)
        self.told.emit(tr("Not done: {what}. {why}", what=lost[0].text, why=why))
        self.fetched.emit(self.document, "refused")
        self.fetch()


def _after(document: RuleDocument, done: list[Unsent]) -> RuleDocument:
    for one in done:
        document = one.edit.apply(document)
    return document


def touched(before: RuleDocument, after: RuleDocument) -> set[str]:
    """Return the ids of rules and groups that are not the same in both, or are in one only."""
    found: set[str] = set()
    for was, now in (
        (before.rules.rules, after.rules.rules),
        (before.rules.groups, after.rules.groups),
    ):
        old: dict[str, Any] = {one.id: one for one in was}
        new: dict[str, Any] = {one.id: one for one in now}
        found |= set(old.keys() ^ new.keys())
        found |= {
            key
            for key in old.keys() & new.keys()
            if old[key] is not new[key] and old[key] != new[key]
        }
    return found


def moved(before: RuleDocument, after: RuleDocument) -> bool:
    """Say whether rules or groups stand in another order."""
    was, now = before.rules, after.rules
    return [r.id for r in was.rules] != [r.id for r in now.rules] or [g.id for g in was.groups] != [
        g.id for g in now.groups
    ]


def said(error: RulesError) -> str:
    """Return what is wrong in the language in force."""
    return error.problem.sentence(language_code())
