"""The pretend event a rule is tried with: what happens, how many, and who it comes from.

Rule: it shows what the kind of event has and no more; every change is told at once as one event.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gateway.messages import PretendEvent, PretendViewer
from app.gui.rule_editor.around import EVENT_WORDS
from app.gui.rule_editor.field import Line
from app.gui.rule_editor.gift_field import GiftsField, typed_gift
from app.gui.rule_editor.plain_fields import parsed
from app.gui.rule_editor.specs import FieldSpec
from app.gui.text import number, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, holder, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import ComboBox, NumberBox
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json

_MOST: Final = 1_000_000
_MOST_LEVEL: Final = 1000
_NAME_CHARS: Final = 60
# Events that come from somebody.
_FROM_VIEWERS: Final = frozenset({"gift", "like", "follow", "share", "join", "subscribe", "chat"})
# What each kind of event has beside its sender, in the order of the line, and what it is called.
_SHOWN: Final[dict[str, dict[str, str]]] = {
    "gift": {"gift": N_("Gift"), "count": N_("How many"), "combo": N_("as one combo")},
    "like": {"count": N_("Likes just now"), "value": N_("Likes so far")},
    "share": {"count": N_("People who came by it")},
    "subscribe": {"count": N_("Months")},
    "chat": {"text": N_("Comment")},
    "battle": {"stage": N_("What happens")},
    "viewers": {"value": N_("Viewers now")},
    "button": {"name": N_("Button")},
    "hotkey": {"name": N_("Keys")},
    "called": {"name": N_("Name"), "text": N_("Text")},
    "mqtt": {"name": N_("Topic"), "text": N_("Message")},
    "reading": {"name": N_("Value"), "before": N_("Before"), "value": N_("Now")},
    "tick": {"text": N_("Time"), "day": N_("Day"), "count": N_("Seconds since the LIVE began")},
}
_NAMES: Final = {name: words for kind in _SHOWN.values() for name, words in kind.items()}
_STAGES: Final[dict[str, str]] = {
    "started": N_("it begins"),
    "won": N_("it is won"),
    "lost": N_("it is lost"),
    "draw": N_("it is a draw"),
    "cancelled": N_("it is called off"),
}
_DAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_WHO: Final[dict[str, str]] = {
    "follower": N_("Follower"),
    "moderator": N_("Moderator"),
    "subscriber": N_("Subscriber"),
}


class OneGiftField(GiftsField):
    """One gift, from the same list that triggers choose theirs from."""

    several = False

    def take(self, key: Json) -> None:
        gift_id, name = key
        self.send([{"id": gift_id, "name": name}])

    def take_typed(self, text: str) -> None:
        self.send([typed_gift(self.around, text)])


class Tick(Button):
    """One word that is on or off, with a box that is ticked while it is on."""

    def __init__(self, source: str) -> None:
        super().__init__(source, "segment", "box")
        self._word = source
        self.setCheckable(True)
        self.toggled.connect(self._show)

    def _show(self, on: bool) -> None:
        self.show_source(self._word, "box_check" if on else "box")


class Ticks(Card):
    """What the sender is: any of a few words, each on or off."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(row(gap=2, pad=2), "segments")
        self.buttons: dict[str, Button] = {}
        for key, source in _WHO.items():
            button = Tick(source)
            button.setObjectName(f"sender_{key}")
            button.toggled.connect(self.changed)
            self.buttons[key] = button
            layout = self.layout()
            if layout is not None:
                layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class EventForm(QWidget):
    """Shows one pretend event and lets it be changed; `changed` carries the new one."""

    changed = Signal(object)

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around = around
        self.event_now = PretendEvent()
        self.without: frozenset[str] = frozenset()
        self._showing = False
        self._build_what()
        self._build_who()
        self.what = holder(Flow(*self.pairs.values(), gap=8))
        self.who = holder(Flow(*self._sender, gap=8))
        for part in (self.what, self.who):
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            part.setSizePolicy(policy)
        self.kind = Label(kind="strong")
        self.setLayout(column(self.kind, self.what, self.who, gap=6))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_event(self.event_now)

    def _build_what(self) -> None:
        spec = FieldSpec("gifts", "gifts", N_("Gift"), N_("The gift that is pretended."))
        self.gift = OneGiftField(spec, self.around)
        self.count = NumberBox(N_("How many"), 1, _MOST, 1)
        self.count.setFixedWidth(theme.px(104))
        self.combo = Switch(N_("as one combo"))
        self.stage, self.day = ComboBox(N_("What happens")), ComboBox(N_("Day"))
        self.text, self.name = Line(least=14), Line(least=10)
        self.value, self.before = Line(least=5), Line(least=5)
        self.text.setMaxLength(2000)
        self.name.setMaxLength(200)
        fields: dict[str, QWidget] = {
            "gift": self.gift,
            "name": self.name,
            "text": self.text,
            "stage": self.stage,
            "day": self.day,
            "before": self.before,
            "value": self.value,
            "count": self.count,
            "combo": self.combo,
        }
        self._labels = {name: Label(kind="body", tone="text2") for name in fields}
        self.pairs: dict[str, QWidget] = {}
        for name, field in fields.items():
            field.setObjectName(f"event_{name}")
            both = (field, self._labels[name]) if name == "combo" else (self._labels[name], field)
            self.pairs[name] = holder(row(*both, gap=6))
        self.fields = fields
        self.gift.finished.connect(self._on_gift)
        self.count.valueChanged.connect(self._on_changed)
        self.combo.toggled.connect(self._on_changed)
        for combo in (self.stage, self.day):
            combo.activated.connect(self._on_changed)
        for line in (self.text, self.name, self.value, self.before):
            line.done.connect(self._on_changed)

    def _build_who(self) -> None:
        self.sender_name = Line(least=8)
        self.sender_name.setObjectName("sender_name")
        self.sender_name.setMaxLength(_NAME_CHARS)
        self.ticks = Ticks()
        self.level = NumberBox(N_("Fan level"), 0, _MOST_LEVEL, 0)
        self.level.setObjectName("sender_level")
        self.level.setFixedWidth(theme.px(84))
        words = Label(N_("From"), "body", "text2")
        level = holder(row(Label(N_("Fan level"), "body", "text2"), self.level, gap=6))
        self._sender = (holder(row(words, self.sender_name, gap=6)), self.ticks, level)
        self.sender_name.done.connect(self._on_changed)
        self.ticks.changed.connect(self._on_changed)
        self.level.valueChanged.connect(self._on_changed)

    # ------------------------------------------------------------ show

    def show_event(self, event: PretendEvent) -> None:
        """Show another event, but for the fields in `without`; tells nothing."""
        self._showing = True
        self.event_now = event
        shown = {k: v for k, v in _SHOWN.get(event.kind, {}).items() if k not in self.without}
        self.kind.show_text(tr(EVENT_WORDS.get(event.kind, "")))
        self.kind.setVisible("gift" not in shown)
        for name, pair in self.pairs.items():
            pair.setVisible(name in shown)
            words = tr(shown.get(name, _NAMES[name]))
            self._labels[name].show_text(words)
            self.fields[name].setAccessibleName(words)
        self.what.setVisible(bool(shown))
        self._show_values(event)
        self.who.setVisible(event.kind in _FROM_VIEWERS)
        self._show_sender(event.who)
        self._showing = False

    def _show_values(self, event: PretendEvent) -> None:
        gifts = [{"id": event.gift_id, "name": event.gift}]
        self.gift.show_part({"key": "gift", "gifts": gifts if event.gift or event.gift_id else []})
        self.count.setValue(event.count)
        self.combo.show_state(on=event.combo)
        _fill(self.stage, [tr(words) for words in _STAGES.values()])
        self.stage.setCurrentIndex(max(0, [*_STAGES].index(event.text or "started"))
                                   if event.text in _STAGES else 0)  # fmt: skip
        _fill(self.day, [tr(day) for day in _DAYS])
        if event.kind == "tick":
            self.day.setCurrentIndex(min(max(0, int(event.value)), len(_DAYS) - 1))
        self.text.show_text(event.text)
        self.name.show_text(event.name)
        self.value.show_text(number(event.value, 3))
        self.before.show_text("" if event.before is None else number(event.before, 3))

    def _show_sender(self, who: PretendViewer) -> None:
        self.sender_name.setAccessibleName(tr("Name of the sender"))
        self.sender_name.show_text(who.nickname or who.handle)
        for key, button in self.ticks.buttons.items():
            button.setChecked(bool(getattr(who, key)))
        self.level.setValue(who.fan_level)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "kind"):
            self.show_event(self.event_now)
        super().changeEvent(event)

    # ------------------------------------------------------------ what was changed

    def leave_field(self) -> None:
        """Finish the field that is being typed in, as leaving it would."""
        focus = self.focusWidget()
        if isinstance(focus, Line):
            focus.finish()
        for box in (self.count, self.level):
            box.interpretText()

    def _on_gift(self, values: dict[str, Any]) -> None:
        chosen = values["gifts"][0]
        kind = self.around.gift(int(chosen["id"]), str(chosen["name"]))
        coins = min(kind.coins, _MOST)
        self._tell(gift=kind.name, gift_id=kind.id, coins=coins)

    def _on_changed(self) -> None:
        if self._showing:
            return
        event = self.event_now
        changes: dict[str, Any] = {"count": self.count.value(), "combo": self.combo.isChecked()}
        shown = _SHOWN.get(event.kind, {})
        if "text" in shown:
            changes["text"] = self.text.text()
        if "stage" in shown:
            changes["text"] = [*_STAGES][self.stage.currentIndex()]
        if "name" in shown:
            changes["name"] = self.name.text()
        if "value" in shown:
            changes["value"] = _number(self.value.text(), event.value)
        if "before" in shown:
            changes["before"] = _number(self.before.text(), None)
        if "day" in shown:
            changes["value"] = float(self.day.currentIndex())
        if event.kind in _FROM_VIEWERS:
            changes["who"] = self._sender_now(event.who)
        self._tell(**changes)

    def _sender_now(self, who: PretendViewer) -> PretendViewer:
        name = self.sender_name.text().strip()
        changes: dict[str, Any] = {key: b.isChecked() for key, b in self.ticks.buttons.items()}
        changes["fan_level"] = self.level.value()
        if name and name != (who.nickname or who.handle):
            # Lists of names know viewers by their handle.
            changes |= {"nickname": name, "handle": name.removeprefix("@")}
        return who.model_copy(update=changes)

    def _tell(self, **changes: object) -> None:
        event = self.event_now.model_copy(update=changes)
        if event != self.event_now:
            self.show_event(event)
            self.changed.emit(event)


def _fill(combo: ComboBox, texts: list[str]) -> None:
    if [combo.itemText(place) for place in range(combo.count())] != texts:
        combo.clear()
        combo.addItems(texts)


def _number(text: str, otherwise: float | None) -> Any:  # noqa: ANN401 - a number or what there was
    found = parsed(text)
    return otherwise if found is None or not math.isfinite(found) else found
