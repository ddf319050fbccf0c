"""Ready-made rules for an empty list. Rule: they start off, like every new rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.rules import Rule
from app.core.sentences import rule_text
from app.gui.rules.profiles import ProfileButton
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row, scroll
from app.gui.words import gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Speaker
    from app.gui.rules.desk import RuleDesk

_PROFILE: Final = 260
# key: name, picture, tint, and what a rule file would hold
_READY: Final[dict[str, tuple[str, str, str, dict[str, Any]]]] = {
    "roses": (
        N_("Spin for roses"),
        "rose",
        "when",
        {
            "when": {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]},
            "do": [{"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}],
            "limits": {"ceiling": 20, "cooldown_s": 2.0},
            "react": "total",
        },
    ),
    "followers": (
        N_("Flash for followers"),
        "follow",
        "iff",
        {
            "when": {"key": "follow"},
            "do": [{"key": "flash", "device": "light", "times": "2"}],
            "limits": {"cooldown_s": 5.0},
        },
    ),
    "big": (
        N_("Party for big gifts"),
        "crown",
        "limit",
        {
            "when": {"key": "gift_any", "least": 500},
            "do": [
                {"key": "flash", "device": "light", "times": "5"},
                {"key": "rotate", "device": "motor", "rounds": "5", "rpm": "60"},
            ],
            "limits": {"cooldown_s": 10.0},
        },
    ),
}


def starters() -> dict[str, Rule]:
    """Return the ready-made rules by key, named in the language in force."""
    return {
        key: Rule.model_validate({"id": key, "name": tr(name), **what})
        for key, (name, _, _, what) in _READY.items()
    }


def blank() -> Rule:
    """Return a new rule in which a gift and a step are still to be chosen."""
    return Rule.model_validate({"id": "new", "name": tr("New rule"), "when": {"key": "gift"}})


def for_gift(gift_id: int, name: str) -> Rule:
    """Return a new rule for a gift, in which a step is still to be chosen."""
    when = {"key": "gift", "gifts": [{"id": gift_id, "name": name}]}
    title = tr("Rule for {gift}", gift=gift_name(name, gift_id))
    return Rule.model_validate({"id": "new", "name": title, "when": when})


class EmptyRules(QWidget):
    """What the page shows without a rule. `adopted` carries the key of a ready-made rule."""

    adopted = Signal(str)
    new_asked = Signal()
    packs_asked = Signal()

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._bridge = desk.bridge
        self.buttons: dict[str, Button] = {}
        self._sentences: dict[str, Label] = {}
        self._width = theme.px(620)
        title = Label(N_("No rules yet"), "title")
        text = Label(
            N_(
                "A rule says what happens on your desk when something happens in your LIVE. "
                "Take one of these, or begin with an empty one. They start off."
            ),
            "small",
            wrap=True,
        )
        cards = column(gap=10)
        for key, (name, icon, role, _) in _READY.items():
            cards.addWidget(self._card(key, name, icon, role))
        self.new = Button(N_("Begin with an empty rule"), "link", "plus")
        self.new.clicked.connect(self.new_asked)
        self.packs = Button(N_("Starter packs and import…"), "link", "folder")
        self.packs.clicked.connect(self.packs_asked)
        links = row(None, self.new, self.packs, None, gap=8)
        # Who is in an empty profile wants back to one with rules.
        self.profile = ProfileButton(desk)
        self.profile.setFixedWidth(theme.px(_PROFILE))
        self.profile.told.connect(desk.told)
        desk.bridge.profiles_changed.connect(self._show_profile)
        inner = holder(column(row(self.profile, None), title, text, 8, cards, links, gap=8))
        self._inner = inner
        middle = row(None, inner, None, pad=(24, 24, 24, 24))
        area = scroll(holder(column(None, middle, None)))
        self.setLayout(column(area))
        self._show_profile()

    def _show_profile(self) -> None:
        self.profile.show_profiles()
        self.profile.setVisible(len(self._bridge.state.profiles.names) > 1)

    def _card(self, key: str, name: str, icon: str, role: str) -> Card:
        sentence = Label(kind="small", wrap=True)
        button = Button(N_("Use this"), "", "plus")
        button.setProperty("starter", key)
        button.clicked.connect(self._on_clicked)
        self.buttons[key] = button
        self._sentences[key] = sentence
        words = column(Label(name, "strong"), sentence, gap=0)
        inside = row(Tile(icon, role), words, button, gap=12, pad=(14, 10, 14, 12))
        inside.setStretch(1, 1)
        return Card(inside)

    def fit(self, width: int) -> None:
        """Adapt to the width of the window."""
        self._width = min(theme.px(620), width - 160)
        self._inner.setFixedWidth(self._width)
        self._fit_sentences()

    def _fit_sentences(self) -> None:
        """Give each sentence its height: a wrapped label asks for more than it needs."""
        for key, label in self._sentences.items():
            room = self._width - self.buttons[key].sizeHint().width() - 40 - 2 * 12 - 2 * 15
            label.setFixedSize(room, max(1, label.heightForWidth(room)))

    def show_words(self, speaker: Speaker) -> None:
        """Word the rules in the language in force."""
        for key, rule in starters().items():
            self._sentences[key].show_text(rule_text(rule, speaker, full=True))
            self.buttons[key].setAccessibleName(tr("Use this: {name}", name=rule.name))
        self._fit_sentences()

    def _on_clicked(self) -> None:
        self.adopted.emit(str(self.sender().property("starter")))
