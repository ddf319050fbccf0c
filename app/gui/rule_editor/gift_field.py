"""The gifts of a trigger. Rule: picked by number, shown by name in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.gui.rule_editor.around import tier_of
from app.gui.rule_editor.entries import Entry, without_empty_heads
from app.gui.rule_editor.pick_fields import PickField
from app.gui.text import tr, trn
from app.gui.widgets.controls import Segments
from app.gui.words import gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.giftlist import GiftKind
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json
    from app.gui.rule_editor.search_popup import SearchPopup
    from app.gui.rule_editor.specs import FieldSpec

_ICONS: Final = {"": "gift", "small": "gift", "medium": "gift", "big": "star", "huge": "crown"}
_ALL: Final = "all"
# In the order of the buttons; the words are prices, which need no translation but "All".
_TIER_WORDS: Final = (
    (_ALL, N_("All")),
    ("small", "1–9"),
    ("medium", "10–99"),
    ("big", "100–499"),
    ("huge", "500+"),
)


class GiftsField(PickField):
    """Any number of gifts, each by its number and name; one change when the list closes."""

    several = True
    nothing = N_("Choose a gift")

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        around.desk.gifts.changed.connect(self._on_news)

    def words(self, value: Json) -> str:
        gifts = [one for one in value if isinstance(one, dict)]
        speaker = self.around.speaker()
        if len(gifts) == 1:
            kind = self.around.gift(int(gifts[0].get("id", 0)), str(gifts[0].get("name", "")))
            name = gift_name(kind.name, kind.id)
            if not kind.coins:
                return name
            return tr("{gift} · {price}", gift=name, price=trn("%Ln coin(s)", kind.coins))
        names = [gift_name(str(one.get("name", "")), int(one.get("id", 0))) for one in gifts]
        return speaker.listed(names, "more_gift")

    def entries(self) -> list[Entry]:
        chosen = self._chosen()
        tier = self._tier()
        ticked = {gift_id for gift_id, _ in chosen if gift_id}
        others = [gift for gift in self.around.gifts() if gift.id not in ticked]
        lines = [Entry(None, tr("CHOSEN"))]
        for key in chosen:
            gift = self.around.gift(*key)
            lines.append(_entry(key, gift, ticked=True))
        new = {one.gift_id for one in self.around.desk.bridge.state.new_gifts}
        fitting = [gift for gift in others if _of(gift, tier)]
        lines.append(Entry(None, tr("SEEN ON YOUR STREAM")))
        lines += [_entry((one.id, one.name), one) for one in fitting if one.id in new]
        lines.append(Entry(None, tr("ALL GIFTS")))
        lines += [_entry((one.id, one.name), one) for one in fitting if one.id not in new]
        return without_empty_heads(lines)

    def open_list(self) -> None:
        self.around.desk.gifts.refresh()
        super().open_list()

    def prepare(self, popup: SearchPopup) -> None:
        self.tiers = Segments(_TIER_WORDS, N_("Price of one"))
        self.tiers.chosen.connect(self._on_tier)
        popup.top.addWidget(self.tiers)
        popup.nothing.show_source(N_("No such gift. Press Enter to use the name as it is."))

    def take(self, key: Json) -> None:
        order = [*self._chosen(), *key]
        wanted = [one for one in dict.fromkeys(order) if one in set(key)]
        self.send([{"id": gift_id, "name": name} for gift_id, name in wanted])

    def take_typed(self, text: str) -> None:
        gifts = [{"id": gift_id, "name": name} for gift_id, name in self._chosen()]
        self.send([*gifts, typed_gift(self.around, text)])

    def _chosen(self) -> dict[tuple[int, str], None]:
        value = self.raw.get(self.spec.name) or []
        keys = [(int(one.get("id", 0)), str(one.get("name", ""))) for one in value]
        return dict.fromkeys(keys)

    def _tier(self) -> str:
        if self.popup is None:
            return _ALL
        return next(key for key, button in self.tiers.buttons.items() if button.isChecked())

    def _on_news(self) -> None:
        """Show gifts that became known while the list is open."""
        if self.popup is not None and self.popup.isVisible():
            self._on_tier("")

    def _on_tier(self, _key: str) -> None:
        """Show another tier; what was ticked in the meantime stays ticked."""
        if self.popup is None:
            return
        ticked = self.popup.model.ticked
        self.popup.refill(self.entries(), ticked)


def typed_gift(around: Around, text: str) -> Json:
    """Return the gift that a written name means in any language; a new one goes by its name."""
    kind = around.gift(0, text[:100])
    return {"id": kind.id, "name": kind.name}


def _entry(key: tuple[int, str], gift: GiftKind, *, ticked: bool = False) -> Entry:
    tier, role = tier_of(gift.coins)
    price = trn("%Ln coin(s)", gift.coins) if gift.coins else tr("price not known")
    found_by = f"{gift.id} {gift.coins}"
    names = (gift.name, *gift.others)
    name = gift_name(gift.name, gift.id)
    return Entry(key, name, price, _ICONS[tier], role, found_by, names, ticked)


def _of(gift: GiftKind, tier: str) -> bool:
    return tier in {_ALL, tier_of(gift.coins)[0]}
