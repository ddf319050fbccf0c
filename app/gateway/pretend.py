"""Makes events of every kind for practice, tests and questions, as a desk describes them.

One rule: all of them are marked as pretend, with ids that no real event has.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.core.events import (
    Battle,
    BattleStage,
    ButtonPressed,
    Called,
    Chat,
    Follow,
    Gift,
    HotkeyPressed,
    Join,
    Like,
    MqttMessage,
    Reading,
    Share,
    Source,
    StreamEnded,
    StreamStarted,
    Subscribe,
    Tick,
    ViewerCount,
)
from app.core.world import LocalTime
from app.gateway.refusal import RefusedError
from app.live.simulate import Pretender, pretend_viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.events import LiveEvent, Viewer
    from app.core.giftlist import GiftList
    from app.gateway.rule_messages import PretendEvent, PretendViewer
    from app.link import Clock

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_STAGES: Final = frozenset(
    {
        BattleStage.STARTED,
        BattleStage.WON,
        BattleStage.LOST,
        BattleStage.DRAW,
        BattleStage.CANCELLED,
    }
)


class Rehearsal:
    """Makes pretend events. Ids are unique over restarts, since they begin with the start time."""

    def __init__(self, gifts: GiftList, clock: Clock) -> None:
        self._clock = clock
        self._pretender = Pretender(gifts, clock)
        self._numbers = itertools.count(clock.wall_ms() * 1000 + 1)
        self._makers: dict[str, Callable[[PretendEvent, dict[str, Any]], LiveEvent]] = {
            "like": _like,
            "follow": lambda _asked, base: Follow(**base),
            "share": lambda asked, base: Share(**base, joined=asked.count),
            "join": lambda _asked, base: Join(**base),
            "subscribe": lambda asked, base: Subscribe(**base, months=asked.count),
            "chat": lambda asked, base: Chat(**base, text=asked.text),
            "battle": _battle,
            "viewers": lambda asked, base: ViewerCount(**base, count=max(0, int(asked.value))),
            "stream_started": lambda _asked, base: StreamStarted(**base, room_id=0),
            "stream_ended": lambda _asked, base: StreamEnded(**base),
            "button": lambda asked, base: ButtonPressed(**base, name=asked.name),
            "hotkey": lambda asked, base: HotkeyPressed(**base, keys=asked.name),
            "called": lambda asked, base: Called(**base, name=asked.name, text=asked.text),
            "mqtt": lambda asked, base: MqttMessage(**base, topic=asked.name, text=asked.text),
            "reading": _reading,
            "tick": _tick,
        }

    def gifts(self, **asked: Any) -> tuple[Gift, ...]:  # noqa: ANN401 - as Pretender.gifts
        """Return a gift, or the steps and the end of a combo, as `Pretender.gifts` does."""
        return self._pretender.gifts(**asked)

    def events(self, asked: PretendEvent) -> tuple[LiveEvent, ...]:
        """Return the event, or the steps and the end of a combo; raises RefusedError."""
        viewer = _viewer(asked.who)
        if asked.kind == "gift":
            made = self._pretender.gifts(
                gift=asked.gift,
                gift_id=asked.gift_id,
                count=asked.count,
                coins=asked.coins,
                combo=asked.combo,
            )
            return tuple(replace(one, viewer=viewer) for one in made)
        base = {**self._base(asked.kind), "viewer": viewer}
        return (self._makers[asked.kind](asked, base),)

    def one(self, asked: PretendEvent) -> LiveEvent:
        """Return one event to ask rules about; of a combo its end, which adds the whole."""
        event = self.events(asked)[-1]
        if isinstance(event, Gift) and not event.count:
            return replace(event, count=event.total)
        return event

    def again(self, event: LiveEvent) -> LiveEvent:
        """Return a past event as a pretend one that happens now; a combo's end adds the whole."""
        base = self._base("again")
        if isinstance(event, Gift):
            count = event.total if event.final and not event.count else event.count
            return replace(
                event, **base, backlog=False, count=count, streak="", final=True, late=False
            )
        return replace(event, **base, backlog=False)

    def pressed(self, name: str) -> ButtonPressed:
        """Return a press of a button: a real one, by the streamer."""
        return ButtonPressed(**{**self._base("button"), "source": Source.LIVE}, name=name)

    def keyed(self, keys: str) -> HotkeyPressed:
        """Return a press of keys: a real one, by the streamer."""
        return HotkeyPressed(**{**self._base("hotkey"), "source": Source.LIVE}, keys=keys)

    def _base(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"pretend/{kind}/{next(self._numbers)}",
            "at_ms": self._clock.wall_ms(),
            "source": Source.PRETEND,
        }


def _viewer(who: PretendViewer) -> Viewer:
    viewer = pretend_viewer(who.handle)
    return replace(
        viewer,
        nickname=who.nickname or viewer.nickname,
        is_follower=who.follower,
        is_moderator=who.moderator,
        is_subscriber=who.subscriber,
        gifter_level=who.gifter_level,
        fan_level=who.fan_level,
    )


def _like(asked: PretendEvent, base: dict[str, Any]) -> Like:
    return Like(**base, count=asked.count, total=max(asked.count, int(asked.value)))


def _battle(asked: PretendEvent, base: dict[str, Any]) -> Battle:
    if asked.text not in _STAGES:
        raise RefusedError("bad_event", problem="battle")
    own, other = (1, 0) if asked.text == BattleStage.WON else (0, 1)
    return Battle(
        **base, battle_id=0, stage=BattleStage(asked.text), own_score=own, other_score=other
    )


def _reading(asked: PretendEvent, base: dict[str, Any]) -> Reading:
    return Reading(
        **base,
        device_id=asked.device_id,
        name=asked.name,
        value=asked.value,
        before=asked.before,
    )


def _tick(asked: PretendEvent, base: dict[str, Any]) -> Tick:
    clock = _CLOCK.fullmatch(asked.text.strip() or "00:00")
    weekday = int(asked.value)
    if clock is None or not 0 <= weekday <= 6:  # noqa: PLR2004 - the days of a week
        raise RefusedError("bad_event", problem="tick")
    minute = int(clock.group(1)) * 60 + int(clock.group(2))
    return Tick(**base, local=LocalTime(weekday, minute), second=asked.count, live=True)
