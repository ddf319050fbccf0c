"""New gifts above the rules: a line that unfolds into cards. Rule: a card has one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.gateway.messages import DismissGift
from app.gui.inbox.use import AddMenu
from app.gui.rule_editor.around import tier_of
from app.gui.text import tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row, scroll
from app.gui.words import gift_icon, gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gateway.views import NewGiftView
    from app.gui.rules.desk import RuleDesk

# So many cards are seen at once; the others are scrolled to.
_SEEN: Final = 2.4
_CARD: Final = 60


class Inbox(Card):
    """The gifts seen for the first time. `rule_asked` carries id and name of one.

    Whoever puts it in its place calls `show_gifts`: shown before, it would be a window.
    """

    rule_asked = Signal(int, str)
    # Whether there is anything to show.
    shown = Signal(bool)

    def __init__(self, desk: RuleDesk) -> None:
        self._desk = desk
        self.words = Label(kind="strong")
        self.fold = Button(N_("Show"), "link", "down")
        self.fold.clicked.connect(self.toggle)
        self.dismiss_all = Button(N_("Dismiss all"), "link")
        self.dismiss_all.clicked.connect(self._on_dismiss_all)
        self.cards: dict[int, GiftCard] = {}
        self._box = column(gap=6, pad=(0, 0, 8, 0))
        self.area = scroll(holder(self._box))
        self.area.hide()
        head = row(Tile("gift", "accent", 28, 16), self.words, None, self.dismiss_all, self.fold)
        super().__init__(column(head, self.area, gap=6, pad=(12, 4, 4, 4)), "inset")
        self.setObjectName("inbox")
        self._shown: tuple[object, ...] = ()
        desk.bridge.new_gifts_changed.connect(self.show_gifts)
        desk.bridge.link_changed.connect(self.show_gifts)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the cards show."""
        return not self.area.isHidden()

    def toggle(self) -> None:
        """Show the cards, or only how many there are."""
        self.unfold(is_open=not self.is_open)

    def unfold(self, *, is_open: bool) -> None:
        """Show the cards or fold them away."""
        self.area.setVisible(is_open)
        self.fold.show_source(N_("Hide") if is_open else N_("Show"), "up" if is_open else "down")
        self.show_gifts()

    def retranslate(self) -> None:
        """Word everything in the language in force."""
        self._shown = ()
        self.show_gifts()

    def show_gifts(self) -> None:
        """Show what there is; the line is gone when nothing is new."""
        state = self._desk.bridge.state
        gifts = state.new_gifts if state.connected else ()
        self.setHidden(not gifts)
        self.shown.emit(bool(gifts))
        self.words.show_text(trn("%Ln new gift(s)", len(gifts)))
        self.fold.setAccessibleName(f"{self.fold.text()}: {self.words.words()}")
        self.dismiss_all.setVisible(self.is_open and len(gifts) > 1)
        wanted = tuple(gifts) if self.is_open else ()
        if wanted != self._shown:
            self._shown = wanted
            self._rebuild(gifts if self.is_open else ())

    def _rebuild(self, gifts: tuple[NewGiftView, ...]) -> None:
        had = next((one for one, card in self.cards.items() if card.has_keyboard()), None)
        places = list(self.cards)
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = {gift.gift_id: GiftCard(gift, self._desk) for gift in gifts}
        for card in self.cards.values():
            card.rule_asked.connect(self.rule_asked)
            card.dismissed.connect(self._on_dismissed)
            self._box.addWidget(card)
        self._box.addStretch(1)
        self.area.setFixedHeight(theme.px(_CARD * min(max(1, len(gifts)), _SEEN)))
        if had is not None:
            self._keep_keyboard(had, places)

    def _keep_keyboard(self, had: int, places: list[int]) -> None:
        """Leave the keyboard at the same gift, or at the one that took its place."""
        after = places[places.index(had) :] + places[: places.index(had)][::-1]
        card = next((self.cards[one] for one in after if one in self.cards), None)
        (card.make if card is not None else self.fold).setFocus()

    def _on_dismissed(self, gift_id: int) -> None:
        self._desk.bridge.ask(DismissGift(gift_id=gift_id))

    def _on_dismiss_all(self) -> None:
        self._on_dismissed(0)


class GiftCard(Card):
    """One new gift, and what can be done with it."""

    rule_asked = Signal(int, str)
    dismissed = Signal(int)

    def __init__(self, gift: NewGiftView, desk: RuleDesk) -> None:
        self.gift = gift
        self._desk = desk
        name = gift_name(gift.name, gift.gift_id)
        title, about = Label(kind="strong"), Label(kind="caption")
        title.show_text(name)
        about.show_text(about_words(gift))
        self.make = Button(N_("Make a rule"), "", "plus")
        self.add = Button(N_("Add to a rule…"), "ghost", "rules")
        self.away = Button(N_("Dismiss"), "icon", "cross")
        for button, words in ((self.make, tr("Make a rule for {gift}", gift=name)),
                              (self.add, tr("Add {gift} to a rule", gift=name)),
                              (self.away, tr("Dismiss {gift}", gift=name))):  # fmt: skip
            button.setAccessibleName(words)
        self.make.clicked.connect(self._on_make)
        self.add.clicked.connect(self._on_add)
        self.away.clicked.connect(self._on_away)
        tile = Tile(gift_icon(gift.name, gift.coins), tier_of(gift.coins)[1], 36, 20)
        line = row(tile, column(title, about, gap=0), self.make, self.add, self.away, gap=8,
                   pad=(10, 6, 6, 6))  # fmt: skip
        line.setStretch(1, 1)
        super().__init__(line)

    def has_keyboard(self) -> bool:
        """Say whether one of its buttons has the focus."""
        return any(one.hasFocus() for one in (self.make, self.add, self.away))

    def _on_make(self) -> None:
        self.rule_asked.emit(self.gift.gift_id, self.gift.name)

    def _on_add(self) -> None:
        menu = AddMenu(self, self._desk, self.gift.gift_id, self.gift.name)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _on_away(self) -> None:
        self.dismissed.emit(self.gift.gift_id)


def about_words(gift: NewGiftView) -> str:
    """Say number, price, whether it combines, and who sent it first."""
    parts = [tr("No. {id}", id=gift.gift_id)]
    parts.append(trn("%Ln coin(s)", gift.coins) if gift.coins else tr("price not known"))
    if gift.combo is not None:
        parts.append(tr("combines") if gift.combo else tr("does not combine"))
    if gift.who:
        parts.append(tr("first from @{who}", who=gift.who))
    if gift.times > 1:
        parts.append(trn("came %Ln time(s)", gift.times))
    return " · ".join(parts)


def new_gift_lines(gifts: Sequence[NewGiftView]) -> list[tuple[str, str, str, str]]:
    """Return what "Needs you" says of new gifts: sentence, verb, page, and what it is about."""
    if not gifts:
        return []
    if len(gifts) > 1:
        return [(trn("%Ln new gift(s)", len(gifts)), tr("Look"), "rules", "inbox")]
    gift = gifts[0]
    price = trn("%Ln coin(s)", gift.coins) if gift.coins else tr("price not known")
    name = gift_name(gift.name, gift.gift_id)
    about = f"gift:{gift.gift_id}:{gift.name}"
    return [
        (tr("{gift} is new: {price}", gift=name, price=price), tr("Make a rule"), "rules", about)
    ]
