"""A believable evening of counting, for screenshots: variables, goals, owed gifts, buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.gateway.messages import Reply
from app.gateway.setting_forms import forms
from app.gateway.views import (
    BoardResult,
    BoardRow,
    ControlView,
    GoalView,
    OwedView,
    UsesResult,
    VariableView,
)
from app.gui.theme import theme
from app.store.values import Values
from tests.app.gui import sample

if TYPE_CHECKING:
    from app.gateway.views import Snapshot
    from app.gui.window import Window

PARTS: Final = ("variables", "goals", "board", "owed", "buttons")
_OWED: Final = (
    ("mai_99", "Rose", 5, "Spin for roses", "stopped", 25),
    ("linh.nguyen", "Galaxy", 1, "Party for big gifts", "no_device", 95),
    ("somebody_with_a_long_name", "Finger Heart", 12, "Flash", "rules_paused", 2),
)


def _owed() -> tuple[OwedView, ...]:
    now = sample.NOW_MS
    return tuple(
        OwedView(
            id=str(number),
            event_id=str(number),
            at_ms=now,
            who=who,
            gift=gift,
            gift_id=number,
            count=count,
            coins=1,
            rule_id="r1",
            rule_name=rule,
            reason=reason,
            until_ms=now + minutes * 60_000,
        )
        for number, (who, gift, count, rule, reason, minutes) in enumerate(_OWED)
    )


def _controls() -> tuple[ControlView, ...]:
    return (
        ControlView(kind="button", name="Party", rules=("r1",), live=True),
        ControlView(kind="button", name="Confetti cannon", rules=("r2",), live=True),
        ControlView(kind="button", name="Lights out", rules=("r3",), live=False),
        ControlView(kind="hotkey", name="Ctrl+Alt+G", rules=("r1",), live=True),
        ControlView(kind="hotkey", name="Ctrl+K", rules=("r2",), live=True),
    )


def snapshot() -> Snapshot:
    now = sample.NOW_MS
    settings: dict[str, Any] = Values().model_dump(mode="json")
    # Pictures are taken in the look and language that were chosen for them.
    settings = {key: settings[key] for key in settings if key not in ("theme", "language")}
    settings |= {"theme": theme.choice, "obs_port": 4455, "obs_password": "set", "door_port": 8123}
    return sample.snapshot(
        settings=settings,
        variables=(
            VariableView(name="spins", value=42.0),
            VariableView(name="best_score", value=1280.5, lasting=True),
            VariableView(name="last_winner", value="linh.nguyen", lasting=True),
            VariableView(name="lượt_quay", value=7.0),
        ),
        goals=(
            GoalView(id="a", name="Dance at 1,000 coins", counts="coins", target=1000, now=640),
            GoalView(
                id="b",
                name="Party",
                counts="followers",
                target=20,
                now=23,
                reached_ms=now - 600_000,
            ),
            GoalView(id="c", name="50", counts="variable", variable="spins", target=50, now=42),
        ),
        owed=_owed(),
        controls=_controls(),
    )


def show(window: Window, part: str) -> None:
    """Open a part of the Counts page, with a row chosen and a leaderboard."""
    window.go("counts", part)
    page: Any = window.pages["counts"]
    names = ("Linh Nguyễn", "Mai", "Lan")
    rows = tuple(
        BoardRow(
            rank=place + 1,
            viewer_id=str(place),
            who=f"viewer_{place}",
            nickname=names[place % len(names)],
            coins=9000 // (place + 1),
            gifts=300 - place,
        )
        for place in range(60)
    )
    page.board._on_board(Reply(id=1, board=BoardResult(kind="stream", viewers=214, rows=rows)))
    uses = UsesResult(variables={"spins": ("r1", "r2")})
    page.variables._on_uses(Reply(id=1, uses=uses))
    if part == "variables":
        page.variables.table.choose(1)
        page.variables.table.setFocus()
    elif part == "owed":
        page.owed.table.choose(0)
        refused = Reply(id=1, ok=False, code="cannot_run", values={"reason": "no_device"})
        page.owed._on_paid(refused)


def tried(page: Any) -> None:
    """Show what came of trying OBS and MQTT, and some secrets."""
    page.outside.take_forms(Reply(id=1, forms=forms("outside")))
    uses = UsesResult(secrets={"shop": ("r1",), "bot": ("r2", "r3")}, kept=("shop", "old"))
    page.secrets._on_uses(Reply(id=1, uses=uses))
    page.outside.show_fate("obs", Reply(id=1, names=("Main", "Party", "Pause")))
    page.outside.show_fate("mqtt", Reply(id=1, ok=False, code="offline"))
