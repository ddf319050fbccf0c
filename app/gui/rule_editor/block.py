"""The fields of one object at one place: of a part, of a branch, of the limits.

Rule: made from the schema; fields stand in the order in which the part's sentence is read.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from app.gui.rule_editor.buttons import WordedButton
from app.gui.rule_editor.making import make_field
from app.gui.rule_editor.specs import Spot, Words
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, holder, row
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Place, Raw
    from app.gui.rule_editor.field import Field
    from app.gui.rule_editor.session import Session
    from app.gui.rule_editor.specs import FieldSpec

# Words break where the line ends; a longer piece would not fit into the narrowest card.
_CHUNK = 24
_PAIR = 300
# What stands right in a card, and not in a row of a list, has more room.
_PAIR_OF_CARD = 340
Layout = tuple[Words | Spot, ...]


class Problems(QWidget):
    """What is wrong with one field, with the fix and the way back."""

    def __init__(self, session: Session, place: Place, spec: FieldSpec) -> None:
        super().__init__()
        self._session, self._place, self._spec = session, place, spec
        self._fit: float | int | None = None
        self.words = Label(kind="small", tone="danger", wrap=True)
        self.use = WordedButton(kind="link")
        self.back = Button(N_("Back to what it was"), "link")
        self.use.clicked.connect(self._on_use)
        self.back.clicked.connect(self._on_back)
        lines = row(self.words, self.use, self.back, gap=4)
        lines.setStretch(0, 1)
        self.setLayout(lines)
        self.hide()

    def show_problems(self, sentences: Sequence[str]) -> None:
        """Show why the draft is not applied, or nothing."""
        if sentences:
            title = tr(self._spec.title)
            why = "; ".join(dict.fromkeys(sentences))
            text = tr("Draft not applied. {field}: {why}.", field=title, why=why)
            self.words.show_text(text)
            self._fit = self._session.fit_at(self._place)
            self.use.setVisible(self._fit is not None)
            if self._fit is not None:
                self.use.show_words(tr("Use {value}", value=f"{self._fit:g}"))
        self.setVisible(bool(sentences))

    def _on_use(self) -> None:
        title = tr(self._spec.title)
        self._session.set_values(self._place[:-1], {str(self._place[-1]): self._fit}, title)

    def _on_back(self) -> None:
        self._session.forget(self._place)


class Block(QWidget):
    """A flow of words and fields, and below it what is wrong with drafts."""

    def __init__(
        self, session: Session, around: Around, place: Place, lead: QWidget | None = None
    ) -> None:
        """`lead` stands before everything else, whatever the fields are."""
        super().__init__()
        self.session, self.around, self.place = session, around, place
        self._lead = lead
        self.fields: dict[str, Field] = {}
        self._problems: dict[str, Problems] = {}
        self._words: list[QWidget] = []
        self._layout: tuple[object, ...] | None = None
        self.flow = Flow(gap=8)
        self.holder = holder(self.flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.holder.setSizePolicy(policy)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(6)
        self.lines.addWidget(self.holder)
        self.setLayout(self.lines)

    def arrange(self, layout: Layout) -> None:
        """Put words and fields in this order; fields that were there stay as they are."""
        if layout == self._layout:
            return
        self._layout = layout
        focus = QApplication.focusWidget()
        while self.flow.count():
            self.flow.takeAt(0)
        old, self._words = self._words, []
        names = {item.spec.name: item.spec for item in layout if isinstance(item, Spot)}
        self._drop_fields(names)
        if self._lead is not None:
            self.flow.addWidget(self._lead)
        for item in layout:
            if isinstance(item, Spot):
                self._add_field(item)
            elif names or self._lead is not None:
                self._add_words(item.text)
            else:
                self._add_whole(item.text)
        for word in old:
            word.hide()
            word.deleteLater()
        self.holder.setVisible(self.flow.count() > 0)
        if focus is not None and self.isAncestorOf(focus):
            # Taking a field into another row took the focus from it.
            focus.setFocus()

    def _drop_fields(self, wanted: dict[str, FieldSpec]) -> None:
        # Another kind of part may have a field of the same name with other words and bounds.
        kept = {name for name, field in self.fields.items() if field.spec == wanted.get(name)}
        for name in set(self.fields) - kept:
            for gone in (self.fields.pop(name), self._problems.pop(name)):
                gone.hide()
                gone.deleteLater()

    def _add_field(self, item: Spot) -> None:
        spec = item.spec
        field = self.fields.get(spec.name)
        if field is None:
            field = make_field(spec, self.around)
            field.finished.connect(self._on_finished)
            self.fields[spec.name] = field
            problems = Problems(self.session, (*self.place, spec.name), spec)
            self._problems[spec.name] = problems
            self.lines.addWidget(problems)
        if not item.labelled or field.says_title:
            self.flow.addWidget(field)
        else:
            self._add_pair(Label(spec.title, "body", "text2"), field)
        field.show()

    def _add_pair(self, label: Label, field: Field) -> None:
        """Keep a title with its field where both fit into one line of the narrowest card."""
        most = theme.px(_PAIR if len(self.place) > 1 else _PAIR_OF_CARD)
        if label.sizeHint().width() + field.sizeHint().width() > most:
            self._put_words(label)
            self.flow.addWidget(field)
            return
        pair = holder(row(label, field, gap=8))
        self._put_words(pair)

    def _add_words(self, text: str) -> None:
        for piece in textwrap.wrap(text, _CHUNK):
            label = Label(kind="body", tone="text2")
            label.show_text(piece)
            self._put_words(label)

    def _put_words(self, words: QWidget) -> None:
        self._words.append(words)
        self.flow.addWidget(words)
        # A layout shows what is new a turn later, and leaves no room for it until then.
        words.show()

    def _add_whole(self, text: str) -> None:
        """A sentence without any field wraps like a sentence."""
        label = Label(kind="body", tone="text2", wrap=True)
        label.show_text(text)
        self._words.append(label)
        self.lines.addWidget(label)

    def show_values(self, raw: Raw) -> None:
        """Show what stands here; a field with a draft keeps showing its draft."""
        shown = dict(raw)
        for name, field in self.fields.items():
            where = (*self.place, name)
            if where in self.session.drafts:
                shown[name] = self.session.drafts[where]
            field.show_part(shown)

    def show_problems(self) -> None:
        """Show below the fields which drafts are not applied, and why."""
        for name, field in self.fields.items():
            where = (*self.place, name)
            sentences = self.session.problems_at(where)
            if not sentences and where in self.session.drafts:
                sentences = self.session.problems_at(self.place)
            field.show_problem("; ".join(sentences))
            self._problems[name].show_problems(sentences)

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        for field in self.fields.values():
            field.refresh()

    def focus_first(self) -> bool:
        """Focus the first field; False if there is none."""
        for item in self._layout or ():
            if isinstance(item, Spot):
                self.fields[item.spec.name].setFocus()
                return True
        return False

    def focus_field(self, name: str) -> bool:
        """Focus one field; False if it is not here."""
        field = self.fields.get(name)
        if field is not None:
            field.setFocus()
        return field is not None

    def focus_missing(self) -> bool:
        """Focus the first field in which something must be chosen; False if there is none."""
        for item in self._layout or ():
            if isinstance(item, Spot) and self.fields[item.spec.name].is_empty():
                self.fields[item.spec.name].setFocus()
                return True
        return self.focus_first()

    def _on_finished(self, values: Raw) -> None:
        field = self.sender()
        title = field.title() if hasattr(field, "title") else ""
        self.session.set_values(self.place, values, title)
