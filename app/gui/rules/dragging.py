"""Dragging rules and groups with the mouse. Rule: no event loop of its own; Esc leaves all.

Qt's own drag blocks in a loop that starves the channel to the core; rules never leave the list, so
the view moves them itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.gui.rules.delegate import GAP
from app.gui.text import tr, trn
from app.gui.theme import theme
from app.gui.tokens import RADIUS
from app.gui.widgets.panels import announce

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from app.gui.rules.model import Row
    from app.gui.rules.view import RuleListView

STARTS_AT_PX: Final = 6
_EDGE_PX: Final = 36
_TICK_MS: Final = 30
_STEP_PX: Final = 14


@dataclass(frozen=True, slots=True)
class Target:
    """Where a drop would go: into `group` above the rule `before`, or to its end.

    `y` is where the line is drawn; on a heading the whole row is marked instead. For a group that
    is dragged, `before` is the group below it.
    """

    group: str
    before: str
    y: int
    heading: bool = False


class Dragging(QObject):
    """What the mouse drags over a list of rules, and where it would be dropped."""

    def __init__(self, view: RuleListView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: QPoint | None = None
        self._spot = QPoint()
        self.rule_ids: list[str] = []
        self.group_id = ""
        self.target: Target | None = None
        self._scroll = QTimer(self)
        self._scroll.setInterval(_TICK_MS)
        self._scroll.timeout.connect(self._on_scroll)

    @property
    def active(self) -> bool:
        """Whether something is being dragged."""
        return bool(self.rule_ids or self.group_id)

    def press(self, spot: QPoint) -> None:
        """Take note of where the mouse went down."""
        row = self._view.rules.row(self._view.indexAt(spot))
        self._pressed = spot if row is not None and row.kind in ("rule", "group") else None

    def move(self, spot: QPoint) -> bool:
        """Follow the mouse; True once it drags."""
        if self._pressed is None:
            return False
        if not self.active:
            if (spot - self._pressed).manhattanLength() < STARTS_AT_PX:
                return True
            self._begin(self._pressed)
        self._spot = spot
        self.target = self._target(spot)
        self._scroll.start()
        self._view.viewport().update()
        return True

    def release(self, spot: QPoint) -> bool:
        """Drop where the mouse is; True if something was dragged."""
        self._pressed = None
        if not self.active:
            return False
        target, ids, group = self._target(spot), self.rule_ids, self.group_id
        self.cancel()
        desk = self._view.rules.desk
        if target is None:
            return True
        if group:
            if desk.groups.put_before(group, target.before):
                self._view.choose([group], kind="group")
                announce(self._view, desk.stack.undoText())
        elif desk.move(ids, target.before, target.group):
            self._view.choose(ids)
            announce(self._view, desk.stack.undoText())
        return True

    def cancel(self) -> bool:
        """Drop nothing; True if something was dragged."""
        was = self.active
        self._pressed = None
        self.rule_ids, self.group_id, self.target = [], "", None
        self._scroll.stop()
        self._view.viewport().unsetCursor()
        self._view.viewport().update()
        return was

    def _begin(self, spot: QPoint) -> None:
        row = self._view.rules.row(self._view.indexAt(spot))
        if row is None:
            return
        chosen = self._view.chosen_rules()
        if row.kind == "group":
            self.group_id = row.id
        else:
            self.rule_ids = chosen if row.id in chosen else [row.id]
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _on_scroll(self) -> None:
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        if self._spot.y() < _EDGE_PX:
            bar.setValue(bar.value() - _STEP_PX)
        elif self._spot.y() > height - _EDGE_PX:
            bar.setValue(bar.value() + _STEP_PX)
        else:
            return
        self.target = self._target(self._spot)
        self._view.viewport().update()

    # ------------------------------------------------------------ where to

    def _target(self, spot: QPoint) -> Target | None:
        view = self._view
        rows = view.rules.rows()
        if self.group_id:
            return self._between_groups(rows, spot)
        index = view.indexAt(QPoint(view.viewport().width() // 2, spot.y()))
        place = index.row() if index.isValid() else len(rows)
        if not index.isValid() and spot.y() < 0:
            place = 0
        if place >= len(rows) or rows[place].kind.startswith("aside"):
            return self._at_end(rows)
        row, rect = rows[place], view.visualRect(view.rules.index(place))
        if row.kind == "group":
            return self._on_heading(rows, place, rect, spot)
        rule = view.rules.rule(row)
        if rule is None:
            return None
        if spot.y() < rect.center().y():
            return Target(rule.group, rule.id, rect.top())
        below = rows[place + 1] if place + 1 < len(rows) else None
        following = view.rules.rule(below)
        before = following.id if following is not None and following.group == rule.group else ""
        return Target(rule.group, before, rect.bottom() + 1)

    def _on_heading(self, rows: list[Row], place: int, rect: QRect, spot: QPoint) -> Target:
        if place == 0 and spot.y() < rect.top() + rect.height() // 3:
            return Target("", "", rect.top())
        row = rows[place]
        first = self._view.rules.rule(rows[place + 1] if place + 1 < len(rows) else None)
        before = first.id if row.open and first is not None and first.group == row.id else ""
        return Target(row.id, before, rect.top(), heading=True)

    def _between_groups(self, rows: list[Row], spot: QPoint) -> Target:
        """Return the gap between groups that is nearest."""
        view = self._view
        gaps = [
            Target("", row.id, view.visualRect(view.rules.index(place)).top())
            for place, row in enumerate(rows)
            if row.kind == "group"
        ]
        gaps.append(Target("", "", self._at_end(rows).y))
        return min(gaps, key=lambda gap: abs(gap.y - spot.y()))

    def _at_end(self, rows: list[Row]) -> Target:
        view = self._view
        last = next((n for n in reversed(range(len(rows))) if "aside" not in rows[n].kind), None)
        if last is None:
            return Target("", "", 0)
        rule = view.rules.rule(rows[last])
        group = rule.group if rule is not None else rows[last].id
        return Target(group, "", view.visualRect(view.rules.index(last)).bottom() + 1)

    # ------------------------------------------------------------ painting

    def paint(self) -> None:
        """Paint the line where a drop would go, and what is dragged beside the mouse."""
        if not self.active:
            return
        painter = QPainter(self._view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._view.viewport().width()
        if self.target is not None:
            painter.setPen(QPen(theme.colour("accent_text"), 2))
            if self.target.heading:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                high = self._view.look.heights()[1] - GAP
                box = QRectF(1, self.target.y + 1, width - 2, high - 2)
                painter.drawRoundedRect(box, RADIUS["md"], RADIUS["md"])
            else:
                y = max(3, self.target.y - GAP // 2)
                painter.drawLine(QPointF(8, y), QPointF(width - 4, y))
                painter.setBrush(theme.colour("surface"))
                painter.drawEllipse(QPointF(5, y), 3, 3)
        self._paint_load(painter, width)

    def _paint_load(self, painter: QPainter, width: int) -> None:
        desk = self._view.rules.desk
        dragged = desk.group(self.group_id)
        text = trn("%Ln rule(s)", len(self.rule_ids))
        if dragged is not None:
            text = desk.groups.name(dragged)
        elif len(self.rule_ids) == 1 and (rule := desk.rule(self.rule_ids[0])) is not None:
            text = desk.name(rule)
        if self.target is not None and self.target.heading:
            group = desk.group(self.target.group)
            into = desk.groups.name(group) if group else ""
            text = tr("{what} into {group}", what=text, group=into)
        font = theme.font("small_strong")
        painter.setFont(font)
        wide = min(QFontMetrics(font).horizontalAdvance(text) + 24, width - 24)
        box = QRectF(min(self._spot.x() + 14, width - wide - 4), self._spot.y() + 10, wide, 30)
        painter.setPen(QPen(theme.colour("accent_text"), 1))
        painter.setBrush(theme.colour("selected"))
        painter.drawRoundedRect(box, RADIUS["md"], RADIUS["md"])
        painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(wide) - 20)
        painter.drawText(box.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)
