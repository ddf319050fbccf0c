"""Takes a pack over: practice devices first, then one undoable edit, then its variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.pack_guard import PackError
from app.core.pack_import import plan_import
from app.gateway.messages import AddDevice, SetVariable
from app.gui import words
from app.gui.packs.choosing import needs_words
from app.gui.packs.wishes import around, machine_for
from app.gui.text import language_code, tr, trn

if TYPE_CHECKING:
    from app.core.pack_import import ImportPlan
    from app.core.packs import Pack
    from app.gateway.messages import Reply
    from app.gui.packs.opening import Opened
    from app.gui.packs.wishes import Wishes
    from app.gui.rules.desk import RuleDesk


class Taking(QObject):
    """One pack at a time. `taken` carries what was done, `failed` the sentence why it was not."""

    taken = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: RuleDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pack: Pack | None = None
        self._wishes: Wishes | None = None
        self._wanted: list[str] = []
        self._added: dict[str, str] = {}

    @property
    def busy(self) -> bool:
        """Whether a pack is being taken over."""
        return self._pack is not None

    def take(self, opened: Opened, wishes: Wishes) -> None:
        """Take a pack over as the user wished it."""
        if self.busy:
            return
        self._pack, self._wishes = wishes.pack(opened.pack), wishes
        used = {need.role for need in self._pack.needs}
        self._wanted = [role for role in wishes.practised() if role in used]
        self._added = {}
        self._next()

    def _next(self) -> None:
        """Add the next practice device, or all is there and the rules can come."""
        if self._pack is None:
            return
        if not self._wanted:
            self._finish()
            return
        need = self._pack.need(self._wanted[0])
        machine = machine_for(need) if need is not None else None
        if need is None or machine is None:
            self._fail(tr("There is no practice device for that."))
            return
        name = needs_words(need)[:60]
        request = AddDevice(driver="simulated", name=name, settings={"machine": machine[0]})
        self._desk.bridge.ask(request, self._on_added)

    def _on_added(self, reply: Reply) -> None:
        if not reply.ok or not reply.device_id:
            self._fail(words.failure(reply.code, reply.values))
            return
        self._added[self._wanted.pop(0)] = reply.device_id
        self._next()

    def _fail(self, why: str) -> None:
        self._pack = None
        self.failed.emit(why)

    def _finish(self) -> None:
        pack, wishes, self._pack = self._pack, self._wishes, None
        if pack is None or wishes is None:
            return
        near = around(self._desk.bridge.state, wishes, self._added)
        try:
            plan = plan_import(self._desk.document, pack, wishes.choices(self._added), near)
        except PackError as error:
            self.failed.emit(error.sentence(language_code()))
            return
        name = pack.name.said(language_code())
        text = tr("Pack {name} added", name=name)
        if not self._desk.push(text, plan.edit):
            self.failed.emit("")
            return
        self._set_variables(plan)
        self._desk.selected.emit(plan.rules[0].id)
        count = trn("%Ln rule(s)", len(plan.rules))
        if any(rule.on for rule in plan.rules):
            self.taken.emit(tr("{name}: {count} added.", name=name, count=count))
        else:
            words_off = tr("{name}: {count} added, still off.", name=name, count=count)
            self.taken.emit(words_off)

    def _set_variables(self, plan: ImportPlan) -> None:
        own = {one.name for one in self._desk.bridge.state.variables}
        for one in plan.variables:
            if one.name not in own:
                self._desk.bridge.ask(
                    SetVariable(name=one.name, value=one.value, lasting=one.lasting)
                )
