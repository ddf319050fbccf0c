"""What fields may ask about the world: devices, gifts, rules, variables. Rule: they only ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.expressions import NAMES
from app.core.giftlist import GiftKind
from app.core.speech import ROLES
from app.core.texts import TEXT_NAMES
from app.gateway.messages import PretendEvent
from app.gui.inbox.names import shipped
from app.gui.text import language_code, tr
from app.gui.words import gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.core.rules import Rule, RuleDocument
    from app.core.speech import Speaker
    from app.gateway.views import DeviceView
    from app.gui.rule_editor.draft import Json
    from app.gui.rules.desk import RuleDesk

# From how many coins on a gift is of which tier, and its colour.
TIERS: Final = (
    (500, "huge", "limit"),
    (100, "big", "do"),
    (10, "medium", "iff"),
    (1, "small", "when"),
)
_MEANINGS: Final = {
    "variable": N_("a variable of yours"),
}
# Lists of parts are looked through for variables this deep; rules hold no more.
_DEPTH: Final = 20


class Around(QObject):
    """Devices, gifts, rules and variables as they are now; `changed` tells when they are not."""

    changed = Signal()

    def __init__(self, desk: RuleDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        # What formulas are tried out with, and who it comes from.
        self.example = PretendEvent()
        self._looked_at: RuleDocument | None = None
        self._named: set[str] = set()

    def speaker(self) -> Speaker:
        """Return who words rules in the language in force."""
        return self.desk.speaker()

    def devices(self) -> list[DeviceView]:
        """Return the configured devices, by name."""
        found = self.desk.bridge.state.devices.values()
        return sorted(found, key=lambda device: device.name.casefold())

    def rules(self) -> tuple[Rule, ...]:
        """Return all rules in their order."""
        return self.desk.document.rules.rules

    def gifts(self) -> list[GiftKind]:
        """Return every gift we know or saw, cheapest first."""
        return list(self.desk.gifts.all())

    def gift(self, gift_id: int, name: str) -> GiftKind:
        """Return a gift by its number, else by any of its names; one nobody knows costs 0."""
        return self.desk.gifts.find(gift_id, name) or GiftKind(gift_id, name, 0)

    def variables(self) -> dict[str, float | str]:
        """Return the variables there are, and those that rules name, with their values."""
        document = self.desk.document
        if document is not self._looked_at:
            self._looked_at = document
            raws = (rule.model_dump(mode="json") for rule in document.rules.rules)
            self._named = {name for raw in raws for name in variables_in(raw)}
        found: dict[str, float | str] = dict.fromkeys(self._named, 0)
        state = self.desk.bridge.state
        for view in getattr(state, "variables", None) or ():
            found[view.name] = view.value
        return dict(sorted(found.items()))

    def numbers(self) -> dict[str, float]:
        """Return what formulas may ask, for the pretend event."""
        event = self.example
        gift = event.kind == "gift"
        coins = event.coins if gift else 0
        amount = event.count if gift or event.kind == "like" else 1
        values: dict[str, float] = dict.fromkeys(NAMES, 0.0)
        values |= {name: v for name, v in self.variables().items() if isinstance(v, int | float)}
        values |= {
            "coins": coins,
            "count": amount,
            "amount": amount,
            "value": coins * amount,
            "total": event.value if event.kind == "like" else amount,
            "likes": event.count if event.kind == "like" else 0,
            "months": event.count if event.kind == "subscribe" else 0,
            "follower": int(event.who.follower),
            "moderator": int(event.who.moderator),
            "subscriber": int(event.who.subscriber),
            "gifter_level": event.who.gifter_level,
            "fan_level": event.who.fan_level,
        }
        return values

    def texts(self) -> dict[str, str]:
        """Return what texts may show, for the pretend event."""
        event = self.example
        gift = event.kind == "gift"
        values = {name: str(value) for name, value in self.variables().items()}
        values |= {
            "user": event.who.nickname or tr("Linh"),
            "handle": event.who.handle,
            "gift": gift_name(event.gift) if gift else "",
            "count": str(event.count),
            "coins": str(event.coins if gift else 0),
            "value": str(event.coins * event.count if gift else 0),
            "text": event.text or tr("hello"),
        }
        return values

    def example_words(self) -> str:
        """Say what the pretend event is: "Rose × 10"."""
        return self.words_of(self.example)

    def words_of(self, event: PretendEvent) -> str:
        """Say what an event is: "Rose × 10"."""
        if event.kind == "gift":
            return tr("{gift} × {count}", gift=gift_name(event.gift), count=event.count)
        return tr(EVENT_WORDS.get(event.kind, N_("This event")))

    def formula_names(self) -> dict[str, str]:
        """Return the names a formula may use, each with its meaning."""
        names = {name: tr(meaning) for name, meaning in NAMES.items()}
        for name, value in self.variables().items():
            if isinstance(value, int | float):
                names.setdefault(name, tr(_MEANINGS["variable"]))
        return names

    def text_names(self) -> dict[str, str]:
        """Return the names a text may show, each with its meaning."""
        names = {name: tr(meaning) for name, meaning in TEXT_NAMES.items()}
        for name in self.variables():
            names.setdefault(name, tr(_MEANINGS["variable"]))
        return names


# What a pretend event is called where it stands for an example.
EVENT_WORDS: Final[dict[str, str]] = {
    "like": N_("Likes"),
    "follow": N_("A new follower"),
    "share": N_("A share"),
    "join": N_("Someone joins"),
    "subscribe": N_("A subscription"),
    "chat": N_("A comment"),
    "battle": N_("A battle"),
    "viewers": N_("Viewers"),
    "stream_started": N_("The stream begins"),
    "stream_ended": N_("The stream ends"),
    "button": N_("A button"),
    "hotkey": N_("A hotkey"),
    "called": N_("A call"),
    "mqtt": N_("An MQTT message"),
    "reading": N_("A reading"),
    "tick": N_("The clock"),
}


def role_names() -> dict[str, str]:
    """Return what devices may be called by kind: "motor" and its words."""
    vi = language_code() == "vi"
    return {role: both[1] if vi else both[0] for role, both in ROLES.items()}


def tier_of(coins: int) -> tuple[str, str]:
    """Return a gift's tier and the colour of its tile."""
    return next(((tier, role) for least, tier, role in TIERS if coins >= least), ("", "none"))


def shipped_gifts() -> tuple[GiftKind, ...]:
    """Return the gifts that came with the program; none if the file cannot be read."""
    return shipped()


def variables_in(raw: object, depth: int = _DEPTH) -> Iterator[str]:
    """Return the names of variables that steps and conditions of a raw rule name."""
    if depth <= 0:
        return
    if isinstance(raw, list):
        for item in raw:
            yield from variables_in(item, depth - 1)
    elif isinstance(raw, dict):
        yield from _named(raw)
        for value in raw.values():
            yield from variables_in(value, depth - 1)


def _named(raw: Mapping[str, Json]) -> Iterator[str]:
    if "variable" in str(raw.get("key", "")):
        name = raw.get("name") or raw.get("variable")
        if isinstance(name, str) and name:
            yield name
