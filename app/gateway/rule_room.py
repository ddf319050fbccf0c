"""What may be asked about rules and about what they count, and how each is done.

One rule: what only asks changes nothing; what runs is marked, unless it pays for a real gift.
"""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.core.rules import RulesError
from app.core.variables import VariableError
from app.gateway import messages as m
from app.gateway.refusal import RefusedError
from app.gateway.rule_views import GiftsResult, GiftView
from app.gateway.rulebook import StaleError, refusal_of
from app.gateway.rulefiles import ProfileRefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.core.giftlist import GiftKind
    from app.gateway.board import Board
    from app.gateway.house import House
    from app.gateway.pretend import Rehearsal

Handlers = dict[type[m.Request], "Callable[[Any], Awaitable[m.Reply]]"]
ALL: Final = "all"
T = TypeVar("T")


class RuleRoom:
    """Answers requests about the rule document, profiles, and what rules count."""

    def __init__(self, house: House, board: Board, rehearsal: Rehearsal) -> None:
        self._house = house
        self._board = board
        # What is owed is owed by the profile that ran when it was decided.
        house.rules.on_leaving = house.line.settle
        self._rehearsal = rehearsal

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.GetRules: self._get_rules,
            m.EditRules: self._edit_rules,
            m.SetProfile: self._set_profile,
            m.AddProfile: self._add_profile,
            m.RenameProfile: self._rename_profile,
            m.DropProfile: self._drop_profile,
            m.PressButton: self._press_button,
            m.SetVariable: self._set_variable,
            m.DropVariable: self._drop_variable,
            m.GetBoard: self._get_board,
            m.PutGoal: self._put_goal,
            m.DropGoal: self._drop_goal,
            m.DropOwed: self._drop_owed,
            m.DismissGift: self._dismiss_gift,
            m.GetGifts: self._get_gifts,
        }

    # ------------------------------------------------------------ the document

    async def _get_rules(self, request: m.GetRules) -> m.Reply:
        try:
            rules = await self._house.rules.content(request.profile)
        except ProfileRefusedError as error:
            raise RefusedError(error.code) from error
        return m.Reply(id=request.id, rules=rules)

    async def _edit_rules(self, request: m.EditRules) -> m.Reply:
        try:
            revision = await self._house.rules.edit(request.edit, request.revision)
        except StaleError as error:
            raise RefusedError("stale", revision=str(error.revision)) from error
        except RulesError as error:
            raise refused(error) from error
        self._rules_changed()
        return m.Reply(id=request.id, revision=revision)

    def _rules_changed(self) -> None:
        self._board.rules_edited()
        # Runs of rules that are gone have ended: what they say of it is told.
        self._house.line.look_ahead()

    async def _set_profile(self, request: m.SetProfile) -> m.Reply:
        await self._profiles(self._house.rules.switch(request.name))
        self._rules_changed()
        self._house.counters.owed.profile_changed()
        return m.Reply(id=request.id, revision=self._house.rules.revision)

    async def _add_profile(self, request: m.AddProfile) -> m.Reply:
        await self._profiles(self._house.rules.add_profile(request.name, request.content))
        return m.Reply(id=request.id)

    async def _rename_profile(self, request: m.RenameProfile) -> m.Reply:
        name, to = await self._profiles(self._house.rules.rename_profile(request.name, request.to))
        self._house.counters.owed.renamed(name, to)
        return m.Reply(id=request.id)

    async def _drop_profile(self, request: m.DropProfile) -> m.Reply:
        name = await self._profiles(self._house.rules.drop_profile(request.name))
        # What it owed can be paid by the same rule of another profile, or no more.
        self._house.counters.owed.renamed(name, "")
        return m.Reply(id=request.id)

    async def _profiles(self, doing: Awaitable[T]) -> T:
        try:
            told = await doing
        except ProfileRefusedError as error:
            raise RefusedError(error.code) from error
        except RulesError as error:
            raise refused(error) from error
        except OSError as error:
            raise RefusedError("not_saved") from error
        self._board.profiles_changed = True
        return told

    async def _press_button(self, request: m.PressButton) -> m.Reply:
        pressed = self._rehearsal.pressed(request.name)
        self._house.line.on_event(pressed, self._house.clock.monotonic())
        return m.Reply(id=request.id, event_id=pressed.id)

    # ------------------------------------------------------------ what rules count

    async def _set_variable(self, request: m.SetVariable) -> m.Reply:
        variables = self._house.counters.variables.variables
        try:
            variables.set(request.name, request.value, lasting=request.lasting)
        except VariableError as error:
            raise RefusedError("bad_variable", problem=error.fault.value) from error
        return m.Reply(id=request.id)

    async def _drop_variable(self, request: m.DropVariable) -> m.Reply:
        variables = self._house.counters.variables.variables
        if variables.find(request.name) is None:
            raise RefusedError("not_found")
        variables.drop(request.name)
        return m.Reply(id=request.id)

    async def _get_board(self, request: m.GetBoard) -> m.Reply:
        self._house.line.settle()
        try:
            board = await self._house.counters.viewers.board(request.kind, request.limit)
        except sqlite3.Error as error:
            raise RefusedError("no_history") from error
        return m.Reply(id=request.id, board=board)

    async def _put_goal(self, request: m.PutGoal) -> m.Reply:
        if not self._house.counters.goals.put(request):
            raise RefusedError("too_many")
        return m.Reply(id=request.id)

    async def _drop_goal(self, request: m.DropGoal) -> m.Reply:
        if not self._house.counters.goals.drop(request.goal_id):
            raise RefusedError("not_found")
        return m.Reply(id=request.id)

    async def _drop_owed(self, request: m.DropOwed) -> m.Reply:
        owed = self._house.counters.owed
        wanted = owed.ids() if request.owed_id == ALL else (request.owed_id,)
        if not all(owed.drop(one) for one in wanted):
            raise RefusedError("not_found")
        return m.Reply(id=request.id)

    async def _dismiss_gift(self, request: m.DismissGift) -> m.Reply:
        self._house.counters.new_gifts.dismiss(request.gift_id)
        return m.Reply(id=request.id)

    async def _get_gifts(self, request: m.GetGifts) -> m.Reply:
        gifts = self._house.gifts
        # A new core counts from zero again.
        mark = f"{self._house.started_ms}.{gifts.revision}"
        views = () if request.mark == mark else await asyncio.to_thread(_views, gifts.learnt())
        return m.Reply(id=request.id, gifts=GiftsResult(gifts=views, mark=mark))


def refused(error: RulesError) -> RefusedError:
    """Return the refusal of rules, or of an edit, that do not fit."""
    values = refusal_of(error)
    code = "bad_edit" if values.pop("code") == "edit_unknown" else "bad_rule"
    return RefusedError(code, **values)


def _views(kinds: tuple[GiftKind, ...]) -> tuple[GiftView, ...]:
    return tuple(
        GiftView(
            gift_id=one.id,
            name=one.name,
            coins=one.coins,
            combo=one.combo,
            also=one.also,
            local=dict(one.local),
        )
        for one in kinds
    )
